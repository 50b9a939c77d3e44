"""How an app stands follows from its steps."""

import pytest

from provisioner.models.run import AppRecord, RunState, StepRecord, StepState

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
