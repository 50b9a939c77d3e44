"""One app's steps in order: which looks they rest on, where they stop, and how that is written."""

import random
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import pytest

from provisioner.clock import ManualClock
from provisioner.engine.attempt import LISTS_ARE_BEHIND
from provisioner.engine.planner import AppAssessment
from provisioner.engine.recorder import Recorder
from provisioner.engine.retry import Retrier, RetryPolicy
from provisioner.engine.runner import AppRunner
from provisioner.engine.step import Assessment, Claims, Step
from provisioner.engine.step_log import StepLog
from provisioner.errors import Effect, FatalError, Interrupted, RemoteError
from provisioner.models.plan import Verdict
from provisioner.models.run import StepRecord, StepState
from tests.unit.engine.given import (
    BLOCKED,
    CREATE,
    NOW,
    THERE,
    WAITS,
    app_record,
    run_of,
    step_record,
)

UNSEEN = Assessment(WAITS.verdict, "It is away.", progress=WAITS.progress, seen=False)
AWAY = RemoteError("away", service="Host", effect=Effect.NONE, status=503)


class Stopped(ManualClock):
    """The process was asked to stop."""

    def sleep(self, seconds: float) -> None:
        raise Interrupted


@dataclass
class App:
    """An app with a step for each look of its plan; a step that is changed is there then."""

    planned: tuple[Assessment, ...]
    records: tuple[StepRecord, ...] = ()
    clock: ManualClock = field(default_factory=lambda: ManualClock(NOW))
    deadline: datetime | None = None
    broke_off: bool = False
    trouble: list[Exception] = field(default_factory=list)
    looked: list[int] = field(default_factory=list)
    changed: list[int] = field(default_factory=list)

    def __post_init__(self) -> None:
        missing = len(self.planned) - len(self.records)
        records = (*self.records, *[step_record(StepState.PENDING)] * missing)
        self.recorder = Recorder(run_of(app_record("docs", *records)))
        self.log = StepLog(self.recorder, "docs", self.clock)

    def _step(self, index: int) -> Step:
        def assess(_claims: Claims, _handle: str | None) -> Assessment:
            self.looked.append(index)
            return THERE if index in self.changed else self.planned[index]

        def perform(_look: Assessment) -> None:
            if self.trouble:
                raise self.trouble.pop(0)
            self.changed.append(index)

        return Step(f"step-{index}", assess, perform, timedelta(minutes=2))

    def runner(self, hold: Callable[[], None] | None) -> AppRunner:
        retrier = Retrier(RetryPolicy(), self.clock, random.Random(1))
        return AppRunner(self.clock, retrier, self.log, self.deadline, hold, self.broke_off)

    def run(self, hold: Callable[[], None] | None = lambda: None) -> tuple[StepState, ...]:
        """The states that its steps are left in."""
        self.runner(hold).run(self.plan, frozenset())
        return self.states

    @property
    def plan(self) -> AppAssessment:
        steps = tuple(self._step(index) for index in range(len(self.planned)))
        return AppAssessment(steps, self.planned)

    @property
    def steps(self) -> tuple[StepRecord, ...]:
        return self.recorder.app("docs").steps

    @property
    def states(self) -> tuple[StepState, ...]:
        return tuple(step.state for step in self.steps)


def test_steps_are_done_in_order_and_the_plans_looks_serve_until_something_was_changed() -> None:
    app = App((THERE, CREATE, THERE))

    assert app.run() == (StepState.DONE,) * 3
    assert app.changed == [1]
    assert app.looked == [1, 2], "after the change everything is looked at anew"
    assert [step.attempts for step in app.steps] == [1, 1, 1]


def test_it_goes_no_further_than_a_step_that_waits() -> None:
    app = App((THERE, WAITS, CREATE))

    assert app.run() == (StepState.DONE, StepState.WAITING, StepState.PENDING)
    assert app.changed == []


def test_nothing_is_touched_when_the_plan_says_that_it_cannot_be_finished() -> None:
    app = App((CREATE, BLOCKED, BLOCKED))

    assert app.run() == (StepState.PENDING, StepState.FAILED, StepState.PENDING)
    assert app.changed == []
    assert (app.steps[1].attempts, app.steps[1].wake_at) == (1, NOW + timedelta(hours=1))


def test_what_was_not_looked_at_is_left_to_a_later_run() -> None:
    app = App((THERE, UNSEEN, CREATE))

    assert app.run() == (StepState.DONE, StepState.WAITING, StepState.PENDING)
    assert (app.changed, app.looked) == ([], [])
    assert (app.steps[1].attempts, app.steps[1].detail) == (1, "It is away.")


def test_what_is_there_and_was_finished_before_is_no_new_attempt() -> None:
    address = Assessment(Verdict.KEEP, url="https://docs.example.org")
    before = step_record(StepState.DONE, attempts=3)
    app = App((address, CREATE), (before,))

    assert app.run() == (StepState.DONE, StepState.DONE)
    assert app.steps[0] == before
    assert app.recorder.app("docs").url == "https://docs.example.org"


def test_what_was_finished_before_and_has_gone_is_made_again() -> None:
    app = App((CREATE,), (step_record(StepState.DONE, attempts=3),))

    assert app.run() == (StepState.DONE,)
    assert (app.changed, app.steps[0].attempts) == ([0], 1)


def test_without_leave_to_change_nothing_is_changed() -> None:
    app = App((CREATE,))

    assert app.run(hold=None) == (StepState.WAITING,)
    assert app.changed == []


def test_a_change_that_failed_is_looked_for_before_it_is_tried_again() -> None:
    app = App((CREATE,), trouble=[AWAY])

    assert app.run() == (StepState.DONE,)
    assert app.looked == [0, 0], "before the second try, and after it"
    assert app.steps[0].attempts == 2


def test_what_is_tried_again_says_why_meanwhile() -> None:
    app = App((CREATE,), trouble=[AWAY, FatalError("no")])
    told: list[str] = []
    app.recorder = Recorder(app.recorder.run, (lambda run: _note(run.apps[0].steps[0], told),))
    app.log = StepLog(app.recorder, "docs", app.clock)

    app.run()

    assert "Trying again: away" in told


def _note(step: StepRecord, told: list[str]) -> None:
    told.append(step.detail)


def test_a_trouble_that_stays_ends_the_step_by_the_tries_it_took() -> None:
    app = App((CREATE, CREATE), trouble=[AWAY] * RetryPolicy().attempts)

    assert app.run() == (StepState.WAITING, StepState.PENDING)
    assert app.steps[0].attempts == RetryPolicy().attempts
    assert app.steps[0].wake_at == app.clock.now() + timedelta(minutes=10)


@pytest.mark.parametrize(
    ("late", "state"), [(timedelta(seconds=-1), StepState.DONE), (timedelta(), StepState.WAITING)]
)
def test_when_the_jobs_time_is_over_a_later_run_goes_on(late: timedelta, state: StepState) -> None:
    app = App((CREATE,), deadline=NOW - late)

    assert app.run() == (state,)
    if state is StepState.WAITING:
        assert (app.changed, app.steps[0].attempts) == ([], 0)
        assert (app.steps[0].wake_at, app.steps[0].detail) == (
            NOW,
            "The job's time is over; a later run goes on here.",
        )


def test_a_stop_is_written_down_and_raised() -> None:
    app = App((THERE,), clock=Stopped(NOW))

    with pytest.raises(Interrupted):
        app.run()

    assert app.states == (StepState.CANCELLED,)
    assert app.steps[0].wake_at == NOW + timedelta(minutes=15)


UNKEYED = Assessment(Verdict.CREATE, "Build it.", unkeyed=True)


@pytest.mark.parametrize(
    ("attempts", "broke_off", "seconds"),
    [(0, False, 0), (1, False, LISTS_ARE_BEHIND), (0, True, LISTS_ARE_BEHIND)],
    ids=["the first try", "a further try", "after a process that broke off"],
)
def test_what_may_have_been_made_before_is_looked_for_twice(
    attempts: int, broke_off: bool, seconds: float
) -> None:
    before = step_record(StepState.FAILED, attempts=attempts)
    app = App((UNKEYED,), (before,), broke_off=broke_off)

    app.run()

    assert app.changed == [0]
    assert app.clock.now() - NOW == timedelta(seconds=seconds)


def test_nothing_is_doubted_where_nobody_says_that_a_process_broke_off() -> None:
    app = App((UNKEYED,))
    retrier = Retrier(RetryPolicy(), app.clock, random.Random(1))

    AppRunner(app.clock, retrier, app.log, hold=lambda: None).run(app.plan, frozenset())

    assert app.clock.now() == NOW


def test_an_app_that_comes_later_waits_at_its_first_step_and_wakes_nobody() -> None:
    app = App((THERE, CREATE), (step_record(),))

    app.runner(lambda: None).wait_for_others("Docs comes first.")

    assert app.states == (StepState.DONE, StepState.WAITING)
    step = app.steps[1]
    assert (step.detail, step.hint) == (
        "Docs comes first.",
        "Nothing is needed: it follows by itself.",
    )
    assert step.wake_at is None


def test_an_app_that_is_done_waits_for_nobody() -> None:
    app = App((THERE,), (step_record(),))

    app.runner(lambda: None).wait_for_others("Docs comes first.")

    assert app.steps == (step_record(),)
