"""One hub's journal file. Frozen, no I/O."""

from datetime import datetime
from typing import Literal

from provisioner.models.hub import Frozen
from provisioner.models.run import Run, RunState

MOST_PAST_RUNS = 50


class PastRun(Frozen):
    """What is kept of a run that a newer one followed."""

    id: str
    state: RunState
    digest: str
    commit: str | None = None
    pull_request: int | None = None
    started_at: datetime
    ended_at: datetime | None = None
    actions_run_url: str | None = None


class HubJournal(Frozen):
    """The newest run in full, and the ones before it in short, the newest first."""

    version: Literal[1] = 1
    hub: str
    run: Run
    history: tuple[PastRun, ...] = ()

    def followed_by(self, run: Run) -> "HubJournal":
        """The journal with `run` as its newest; the same run is replaced, another archived."""
        if run.id == self.run.id:
            return self.model_copy(update={"run": run})
        past = PastRun.model_validate(self.run.model_dump(include=set(PastRun.model_fields)))
        return HubJournal(hub=self.hub, run=run, history=(past, *self.history)[:MOST_PAST_RUNS])
