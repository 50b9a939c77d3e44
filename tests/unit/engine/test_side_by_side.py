"""Calls side by side: their results in order, one's error, and a stop that waits for none."""

import threading

import pytest

from provisioner.clock import ManualClock
from provisioner.engine.side_by_side import side_by_side
from provisioner.errors import FatalError, Interrupted

LONG = 20.0
"""Seconds after which a story that hangs is over."""


class Stopping(ManualClock):
    """Asked to stop at once; who waits for `asked` goes on then."""

    def __init__(self) -> None:
        super().__init__()
        self.asked = threading.Event()

    def sleep(self, seconds: float) -> None:
        self.asked.set()
        raise Interrupted


def test_results_come_in_the_order_of_their_calls_whichever_ends_first() -> None:
    second_has_ended, clock = threading.Event(), ManualClock()
    began = clock.now()

    def slow() -> str:
        assert second_has_ended.wait(LONG)
        return "slow"

    def fast() -> str:
        second_has_ended.set()
        return "fast"

    assert side_by_side([slow, fast], clock) == ["slow", "fast"]
    assert clock.now() == began, "who waits for a call sleeps by no clock"


def test_nothing_to_call_gives_nothing() -> None:
    assert side_by_side([], ManualClock()) == []


def test_an_error_is_raised_when_all_the_others_have_ended() -> None:
    ended: list[str] = []

    def breaks() -> str:
        raise FatalError("It broke.")

    def goes_on() -> str:
        ended.append("the other")
        return "done"

    with pytest.raises(FatalError, match="It broke"):
        side_by_side([breaks, goes_on], ManualClock())

    assert ended == ["the other"]


def test_of_several_errors_the_first_calls_is_raised() -> None:
    def breaks(why: str) -> str:
        raise FatalError(why)

    calls = [lambda: "done", lambda: breaks("one"), lambda: breaks("another")]

    with pytest.raises(FatalError, match="one"):
        side_by_side(calls, ManualClock())


def test_a_call_that_was_stopped_stops_who_waits_for_it() -> None:
    def is_stopped() -> str:
        raise Interrupted

    with pytest.raises(Interrupted):
        side_by_side([is_stopped], ManualClock())


def test_a_call_that_hangs_does_not_hold_up_a_stop_nor_keep_the_process_alive() -> None:
    free, threads = threading.Event(), list[threading.Thread]()

    def hangs() -> str:
        threads.append(threading.current_thread())
        free.wait(LONG)
        return "too late"

    with pytest.raises(Interrupted):
        side_by_side([hangs], Stopping())

    assert threads[0].is_alive()
    assert threads[0].daemon
    free.set()


def test_a_call_that_ends_soon_after_a_stop_may_end() -> None:
    clock, ended = Stopping(), list[str]()

    def ends_soon() -> str:
        assert clock.asked.wait(LONG)
        ended.append("in good order")
        return "done"

    with pytest.raises(Interrupted):
        side_by_side([ends_soon], clock)

    assert ended == ["in good order"]
