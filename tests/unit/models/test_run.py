"""How an app stands follows from its steps; times and numbers are such as can be."""

from datetime import UTC, datetime, timedelta

import pytest
from pydantic import BaseModel, ValidationError

from provisioner.models.run import AppRecord, Run, RunState, StepRecord, StepState

PENDING, RUNNING, WAITING, DONE, FAILED, CANCELLED, SKIPPED = (
    StepState.PENDING,
    StepState.RUNNING,
    StepState.WAITING,
    StepState.DONE,
    StepState.FAILED,
    StepState.CANCELLED,
    StepState.SKIPPED,
)


def app(*states: StepState) -> AppRecord:
    """Steps are called by their numbers."""
    steps = tuple(StepRecord(action=str(n), state=state) for n, state in enumerate(states, 1))
    return AppRecord(id="docs", app="docs-site", steps=steps)


@pytest.mark.parametrize(
    ("states", "state"),
    [
        ((), RunState.COMPLETED),
        ((DONE, SKIPPED), RunState.COMPLETED),
        ((PENDING, PENDING), RunState.QUEUED),
        ((DONE, PENDING), RunState.RUNNING),
        ((SKIPPED, PENDING), RunState.RUNNING),
        ((DONE, RUNNING, FAILED), RunState.RUNNING),
        ((FAILED, CANCELLED, WAITING), RunState.FAILED),
        ((CANCELLED, WAITING, PENDING), RunState.CANCELLED),
        ((DONE, WAITING, PENDING), RunState.WAITING),
        ((WAITING, PENDING), RunState.WAITING),
    ],
)
def test_an_app_is_as_far_as_its_steps(states: tuple[StepState, ...], state: RunState) -> None:
    assert app(*states).state is state


@pytest.mark.parametrize(
    ("states", "stands_at", "comes_next"),
    [
        ((), None, None),
        ((DONE, SKIPPED), None, None),
        ((DONE, PENDING, WAITING), "3", "2"),
        ((SKIPPED, FAILED, WAITING), "2", "2"),
        ((PENDING, PENDING), None, "1"),
        ((DONE, RUNNING), "2", "2"),
    ],
)
def test_where_an_app_stands_is_not_always_the_step_that_comes_next(
    states: tuple[StepState, ...], stands_at: str | None, comes_next: str | None
) -> None:
    record = app(*states)
    assert (record.stands_at.action if record.stands_at else None) == stands_at
    assert (record.first_unfinished.action if record.first_unfinished else None) == comes_next


START, END = datetime(2000, 1, 1, tzinfo=UTC), datetime(2200, 1, 1, tzinfo=UTC)
MOMENT = timedelta(microseconds=1)


@pytest.mark.parametrize("when", [START, END - MOMENT])
def test_a_time_is_of_this_programs_life(when: datetime) -> None:
    assert StepRecord(action="deploy", started_at=when).started_at == when


@pytest.mark.parametrize("when", [START - MOMENT, END])
def test_a_time_that_nobody_can_reckon_with_is_refused(when: datetime) -> None:
    with pytest.raises(ValidationError, match="this program's life"):
        StepRecord(action="deploy", started_at=when)


def test_what_is_not_said_of_a_run_has_not_happened() -> None:
    run = Run(id="1", hub="nairobi", title="N", state=RunState.QUEUED, digest="d", started_at=START)
    assert (run.untold, run.retiring, app().retiring) == (0, False, False)
    assert StepRecord(action="deploy").attempts == 0


@pytest.mark.parametrize(
    ("model", "field"), [(StepRecord, "attempts"), (Run, "untold"), (Run, "comment")]
)
def test_nothing_happens_less_than_never(model: type[BaseModel], field: str) -> None:
    with pytest.raises(ValidationError) as refused:
        model.model_validate({field: -1})
    assert (field,) in [error["loc"] for error in refused.value.errors()]
