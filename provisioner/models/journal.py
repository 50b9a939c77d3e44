"""One hub's journal file. Frozen, no I/O.

Version 1 kept the lease inside the run; version 2 did not know whose hub it is. Whoever
changes the form raises `VERSION` and adds a migration to `engine/journal.py`.
"""

from typing import Final, Literal

from provisioner.models.hub import Frozen
from provisioner.models.run import Moment, Run, RunState

VERSION: Final = 3
MOST_PAST_RUNS = 50


class Lease(Frozen):
    """Who is working on the hub, and until when that may be believed."""

    holder: str
    expires_at: Moment


class Person(Frozen):
    """Somebody who may change a hub's file. `id` is GitHub's number of the account: it survives
    a change of the login, and nobody gets it who registers a login that was given up. `None`
    where GitHub knows no account of that login.
    """

    login: str
    id: int | None = None


class PastRun(Frozen):
    """What is kept of a run that a newer one followed."""

    id: str
    state: RunState
    digest: str
    commit: str | None = None
    pull_request: int | None = None
    started_at: Moment
    ended_at: Moment | None = None
    actions_run_url: str | None = None


class HubJournal(Frozen):
    """The newest run in full, and the ones before it in short, the newest first."""

    version: Literal[3] = VERSION
    hub: str
    run: Run
    history: tuple[PastRun, ...] = ()
    lease: Lease | None = None
    maintainers: tuple[Person, ...] = ()
    """Those of the hub file that was applied last; they stay when the file is removed."""
    network_maintainers: tuple[Person, ...] = ()
    """The network's at that time: they may change any hub's file."""
    seals_since: Moment | None = None
    """Sealed values made before this time are not opened: the name had another owner then."""

    def followed_by(self, run: Run, lease: Lease | None = None) -> "HubJournal":
        """The journal with `run` as its newest; the same run is replaced, another archived.

        A run that had not reached its desired state is archived as superseded.
        """
        if run.id == self.run.id:
            return self.model_copy(update={"run": run, "lease": lease})
        past = PastRun.model_validate(self.run.model_dump(include=set(PastRun.model_fields)))
        if past.state is not RunState.COMPLETED:
            past = past.model_copy(update={"state": RunState.SUPERSEDED})
        history = (past, *self.history)[:MOST_PAST_RUNS]
        return self.model_copy(update={"run": run, "history": history, "lease": lease})
