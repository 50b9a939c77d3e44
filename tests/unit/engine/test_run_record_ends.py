"""How a run's record ends: by its steps, by a stop, by a trouble, by a person; what wakes it."""

from datetime import timedelta

import pytest

from provisioner.engine.run_record import cancelled, failed_app, finish_run, interrupt_run
from provisioner.errors import FatalError
from provisioner.models.plan import Actor
from provisioner.models.run import AppRecord, RunState, StepState
from tests.unit.engine.given import NOW, app_record, run_of, step_record

HOUR = timedelta(hours=1)


def app_in(state: StepState, id: str = "docs", wake_in: timedelta | None = None) -> AppRecord:
    wake_at = None if wake_in is None else NOW + wake_in
    return app_record(id, step_record(state, wake_at=wake_at))


@pytest.mark.parametrize(
    ("states", "after"),
    [
        ((StepState.DONE, StepState.SKIPPED), RunState.COMPLETED),
        ((StepState.DONE, StepState.WAITING, StepState.PENDING), RunState.WAITING),
        ((StepState.DONE, StepState.PENDING), RunState.WAITING),
        ((StepState.WAITING, StepState.RUNNING), RunState.FAILED),
        ((StepState.WAITING, StepState.FAILED), RunState.FAILED),
        ((StepState.FAILED, StepState.RUNNING, StepState.CANCELLED), RunState.CANCELLED),
        ((), RunState.COMPLETED),
    ],
)
def test_a_run_ends_as_its_apps_do(states: tuple[StepState, ...], after: RunState) -> None:
    apps = [app_in(state, f"app-{number}") for number, state in enumerate(states)]

    assert finish_run(run_of(*apps), NOW).state is after


def test_only_what_is_complete_has_ended_and_nothing_wakes_it() -> None:
    done = finish_run(run_of(app_in(StepState.DONE, wake_in=HOUR)), NOW)
    waits = finish_run(run_of(app_in(StepState.WAITING, wake_in=HOUR), ended_at=NOW), NOW)

    assert (done.ended_at, done.wake_at) == (NOW, None)
    assert (waits.ended_at, waits.wake_at) == (None, NOW + HOUR)


def test_only_the_step_at_which_an_app_stands_wakes_it() -> None:
    """An older journal may hold a wake time of a later step that has passed."""
    stands = step_record(StepState.FAILED)
    stale = step_record(StepState.WAITING, wake_at=NOW - HOUR)

    assert finish_run(run_of(app_record("docs", stands, stale)), NOW).wake_at is None


def test_the_app_that_wakes_first_wakes_the_run() -> None:
    one = app_in(StepState.WAITING, wake_in=2 * HOUR)
    other = app_record(
        "bot", step_record(StepState.PENDING), step_record(StepState.FAILED, wake_at=NOW + HOUR)
    )

    seen = finish_run(run_of(one, other, app_in(StepState.DONE, "wiki")), NOW)

    assert (seen.state, seen.wake_at) == (RunState.FAILED, NOW + HOUR)


def test_an_app_still_to_come_makes_a_run_that_waits_due_at_once_and_no_other() -> None:
    to_come = app_in(StepState.PENDING, "bot")

    assert finish_run(run_of(app_in(StepState.WAITING), to_come), NOW).wake_at == NOW
    assert finish_run(run_of(app_in(StepState.WAITING)), NOW).wake_at is None
    assert finish_run(run_of(app_in(StepState.FAILED), to_come), NOW).wake_at is None


def test_a_step_that_hangs_while_the_job_is_stopped_is_looked_at_in_a_quarter_of_an_hour() -> None:
    done, pending = step_record(), step_record(StepState.PENDING)
    run = interrupt_run(
        run_of(app_record("docs", done, step_record(StepState.RUNNING), pending)), NOW
    )

    before, hung, after = run.apps[0].steps
    assert (before, after) == (done, pending)
    assert (hung.state, hung.who) == (StepState.CANCELLED, Actor.MAINTAINER)
    assert hung.wake_at == NOW + timedelta(minutes=15)
    assert "whether the change was made is not known" in hung.detail
    assert "it looks first" in hung.hint


def test_what_breaks_beside_its_steps_fails_the_first_that_is_not_finished() -> None:
    done, pending = step_record(), step_record(StepState.PENDING)
    waits = step_record(StepState.WAITING, wake_at=NOW)

    app = failed_app(
        app_record("docs", done, waits, pending), FatalError("It broke.", "Fix it.", "facilitator")
    )

    before, failed, after = app.steps
    assert (before, after) == (done, pending)
    assert (failed.state, failed.detail, failed.hint) == (StepState.FAILED, "It broke.", "Fix it.")
    assert (failed.who, failed.wake_at) == (Actor.FACILITATOR, None)


def test_an_app_whose_steps_are_all_finished_does_not_fail() -> None:
    app = app_record("docs", step_record())

    assert failed_app(app, FatalError("It broke.")) == app


def test_what_a_person_cancels_is_woken_by_nothing() -> None:
    kept = (step_record(), step_record(StepState.SKIPPED), step_record(StepState.PENDING))
    waits = step_record(StepState.WAITING, wake_at=NOW, who=Actor.FACILITATOR, hint="Set it.")
    run = run_of(app_record("docs", *kept, waits), state=RunState.WAITING, wake_at=NOW)

    ended = cancelled(run)

    assert (ended.state, ended.wake_at) == (RunState.CANCELLED, None)
    assert ended.apps[0].steps[:3] == kept
    step = ended.apps[0].steps[3]
    assert (step.state, step.wake_at, step.who) == (StepState.CANCELLED, None, Actor.NOBODY)
    assert step.hint == "Run the hub again to go on."
