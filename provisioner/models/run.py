"""A run and its steps, as the journal keeps them. Frozen, no I/O."""

from datetime import UTC, datetime
from enum import StrEnum
from typing import Annotated

from pydantic import AfterValidator, AwareDatetime, Field

from provisioner.models.dns import DnsEntry
from provisioner.models.hub import Frozen
from provisioner.models.plan import Actor, Resource

_EARLIEST = datetime(2000, 1, 1, tzinfo=UTC)
_LATEST = datetime(2200, 1, 1, tzinfo=UTC)


def _believable(when: datetime) -> datetime:
    if not _EARLIEST <= when < _LATEST:
        raise ValueError("not a time of this program's life")
    return when


Moment = Annotated[AwareDatetime, AfterValidator(_believable)]
"""A time that can be compared, added to and shown in any zone."""


class StepState(StrEnum):
    PENDING = "pending"
    RUNNING = "running"
    WAITING = "waiting"
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"
    SKIPPED = "skipped"


class RunState(StrEnum):
    QUEUED = "queued"
    RUNNING = "running"
    WAITING = "waiting"
    COMPLETED = "completed"
    FAILED = "failed"
    CANCELLED = "cancelled"
    SUPERSEDED = "superseded"


FINISHED_STEPS = frozenset({StepState.DONE, StepState.SKIPPED})


class StepRecord(Frozen):
    """One step: `attempts` counts from 1; 0 means that it was never tried."""

    action: str
    state: StepState = StepState.PENDING
    attempts: Annotated[int, Field(ge=0)] = 0
    started_at: Moment | None = None
    ended_at: Moment | None = None
    detail: str = ""
    hint: str = ""
    who: Actor = Actor.NOBODY
    wake_at: Moment | None = None
    log_tail: tuple[str, ...] = ()
    """The last lines of a failed build: foreign text, redacted but not yet escaped."""
    made: str = ""
    """The host's id of what the step made last, where no name tells it apart. Proves nothing."""


class AppRecord(Frozen):
    """One app of a run. `url` is where it answers, known from its deployment on."""

    id: str
    app: str
    title: str = ""
    url: str | None = None
    dns: tuple[DnsEntry, ...] = ()
    steps: tuple[StepRecord, ...] = ()
    resources: tuple[Resource, ...] = ()
    """Every resource the app may touch, written before the first of them is touched."""
    retiring: bool = False

    @property
    def stands_at(self) -> StepRecord | None:
        """The step at which the app came to a stand; one before it may be still to come."""
        still = (*FINISHED_STEPS, StepState.PENDING)
        return next((step for step in self.steps if step.state not in still), None)

    @property
    def first_unfinished(self) -> StepRecord | None:
        """The step that comes next."""
        return next((step for step in self.steps if step.state not in FINISHED_STEPS), None)

    @property
    def state(self) -> RunState:
        """The app's state follows from its steps."""
        states = {step.state for step in self.steps}
        if states <= FINISHED_STEPS:
            return RunState.COMPLETED
        for step_state, run_state in _DECIDING_STATES:
            if step_state in states:
                return run_state
        return RunState.RUNNING if states & FINISHED_STEPS else RunState.QUEUED


_DECIDING_STATES = (
    (StepState.RUNNING, RunState.RUNNING),
    (StepState.FAILED, RunState.FAILED),
    (StepState.CANCELLED, RunState.CANCELLED),
    (StepState.WAITING, RunState.WAITING),
)


class Run(Frozen):
    """Bringing one hub to its desired state; it survives the process that began it."""

    id: str
    hub: str
    title: str
    state: RunState
    digest: str
    blob: str = ""
    """The id that git gives to the hub file as it was read; empty where there is none."""
    commit: str | None = None
    pull_request: int | None = None
    untold: Annotated[int, Field(ge=0)] = 0
    """How often in a row people could not be told how the run stands."""
    comment: Annotated[int, Field(ge=1)] | None = None
    """GitHub's number of our comment on the pull request: a hint where to look for it."""
    started_at: Moment
    ended_at: Moment | None = None
    wake_at: Moment | None = None
    actions_run_url: str | None = None
    retiring: bool = False
    apps: tuple[AppRecord, ...] = ()
    notes: tuple[str, ...] = ()
    """Said to people beside the steps, such as what a removal has kept."""
