"""The run as it stands: who hears of it, and how often it is time to write."""

import threading
from datetime import timedelta

import pytest

from provisioner.clock import ManualClock
from provisioner.engine.recorder import Pacer, Recorder
from provisioner.models.run import AppRecord, Run, RunState
from tests.unit.engine.given import app_record, run_of


def turns(pacer: Pacer, clock: ManualClock, seconds: int) -> list[int]:
    """In which of so many seconds, asked each second, it is time."""
    found = []
    for second in range(seconds):
        if pacer.due():
            found.append(second)
        clock.advance(1)
    return found


def test_it_is_time_at_once_and_then_after_intervals_that_grow_up_to_the_longest() -> None:
    clock = ManualClock()
    pacer = Pacer(clock, timedelta(seconds=30), factor=4.0, most=timedelta(minutes=8))

    assert turns(pacer, clock, 1_600) == [0, 30, 150, 630, 1_110, 1_590]


def test_intervals_stay_as_they_are_unless_they_are_to_grow() -> None:
    clock = ManualClock()
    pacer = Pacer(clock, timedelta(seconds=5), most=timedelta(minutes=1))

    assert turns(pacer, clock, 16) == [0, 5, 10, 15]


def test_without_a_longest_interval_none_is_longer_than_the_first() -> None:
    clock = ManualClock()
    pacer = Pacer(clock, timedelta(seconds=5), factor=4.0)

    assert turns(pacer, clock, 16) == [0, 5, 10, 15]


def test_after_a_write_for_another_reason_the_interval_begins_anew() -> None:
    clock = ManualClock()
    pacer = Pacer(clock, timedelta(seconds=30), factor=4.0, most=timedelta(minutes=8))
    pacer.restart()

    assert turns(pacer, clock, 60) == [30]


def test_a_change_is_kept_and_every_listener_hears_of_it() -> None:
    one, other = list[Run](), list[Run]()
    recorder = Recorder(run_of(), (one.append, other.append))

    recorder.change(lambda run: run.model_copy(update={"state": RunState.WAITING}))

    assert recorder.run.state is RunState.WAITING
    assert one == other == [recorder.run]


def test_only_the_app_that_is_meant_is_changed() -> None:
    recorder = Recorder(run_of(app_record("bot"), app_record("docs"), app_record("wiki")))

    recorder.change_app("docs", lambda app: app.model_copy(update={"title": "New"}))

    assert [app.title for app in recorder.run.apps] == ["Bot", "New", "Wiki"]
    assert recorder.app("docs").title == "New"


def test_listeners_may_be_told_although_nothing_has_changed() -> None:
    heard: list[Run] = []
    recorder = Recorder(run_of(), (heard.append,))

    recorder.tell()

    assert heard == [recorder.run]


def test_a_listener_that_breaks_keeps_nobody_from_being_told_the_next_time() -> None:
    heard: list[Run] = []

    def breaks_once(run: Run) -> None:
        heard.append(run)
        if len(heard) == 1:
            raise RuntimeError

    recorder = Recorder(run_of(), (breaks_once,))
    with pytest.raises(RuntimeError):
        recorder.tell()

    recorder.tell()

    assert len(heard) == 2


def test_a_listener_that_hangs_is_not_called_twice_at_once_and_holds_nobody_up_for_long() -> None:
    heard, begun, free = list[Run](), threading.Event(), threading.Event()

    def hangs(run: Run) -> None:
        heard.append(run)
        begun.set()
        assert free.wait(20)

    recorder = Recorder(run_of(), (hangs,))
    telling = threading.Thread(target=recorder.tell)
    telling.start()
    assert begun.wait(20)

    recorder.change(lambda run: run.model_copy(update={"state": RunState.WAITING}))

    assert recorder.run.state is RunState.WAITING
    assert len(heard) == 1
    free.set()
    telling.join()


def test_changes_of_many_threads_at_once_are_all_kept() -> None:
    recorder = Recorder(run_of(*(app_record(f"app-{number}") for number in range(8))))

    def title(app: AppRecord) -> AppRecord:
        return app.model_copy(update={"title": f"{app.title}!"})

    threads = [
        threading.Thread(target=recorder.change_app, args=(f"app-{number}", title))
        for number in range(8)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert all(app.title.endswith("!") for app in recorder.run.apps)
