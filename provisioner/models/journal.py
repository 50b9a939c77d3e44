"""One hub's journal file. Frozen, no I/O.

Version 1 kept the lease inside the run; version 2 did not know whose hub it is; version 3 forgot
what was retired; version 4 did not name a project's host. Whoever changes the form raises
`VERSION` and adds a migration to `engine/journal_file.py`.
"""

from collections.abc import Collection
from typing import Final, Literal

from provisioner.models.hub import Frozen
from provisioner.models.plan import Resource
from provisioner.models.run import Moment, Run, RunState

VERSION: Final = 5
MOST_PAST_RUNS = 50
MOST_RETIRED = 50


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


class Retired(Frozen):
    """What we made for an app that was taken offline: it is ours still if the app comes back."""

    id: str
    resources: tuple[Resource, ...] = ()

    def without(self, held: Collection[tuple[str, str]]) -> "Retired":
        """What another app of the hub has taken over since is no longer this one's."""
        kept = tuple(item for item in self.resources if (item.kind, item.name) not in held)
        return Retired(id=self.id, resources=kept)


class HubJournal(Frozen):
    """The newest run in full, and the ones before it in short, the newest first."""

    version: Literal[5] = VERSION
    hub: str
    run: Run
    history: tuple[PastRun, ...] = ()
    retired: tuple[Retired, ...] = ()
    """Apps that the newest run no longer lists, the latest first."""
    lease: Lease | None = None
    maintainers: tuple[Person, ...] = ()
    """Those of the hub file that was applied last; they stay when the file is removed."""
    network_maintainers: tuple[Person, ...] = ()
    """The network's at that time: they may change any hub's file."""
    seals_since: Moment | None = None
    """Sealed values made before this time are not opened: the name had another owner then."""

    def followed_by(self, run: Run, lease: Lease | None = None) -> "HubJournal":
        """The journal with `run` as its newest; the same run is replaced, another archived.

        A run that had not reached its desired state is archived as superseded. What an app had
        made that `run` no longer lists stays known as retired.
        """
        update = {"run": run, "lease": lease, "retired": self._retired_by(run)}
        if run.id == self.run.id:
            return self.model_copy(update=update)
        past = PastRun.model_validate(self.run.model_dump(include=set(PastRun.model_fields)))
        if past.state is not RunState.COMPLETED:
            past = past.model_copy(update={"state": RunState.SUPERSEDED})
        history = (past, *self.history)[:MOST_PAST_RUNS]
        return self.model_copy(update={**update, "history": history})

    def _retired_by(self, run: Run) -> tuple[Retired, ...]:
        """The former and the present, without what an app of `run` has (again)."""
        gone = tuple(Retired(id=app.id, resources=app.resources) for app in self.run.apps)
        known = {item.id: item for item in (*reversed(self.retired), *gone)}
        listed = {app.id for app in run.apps}
        held = {(item.kind, item.name) for app in run.apps for item in app.resources}
        left = (known[id].without(held) for id in reversed(known) if id not in listed)
        return tuple(item for item in left if item.resources)[:MOST_RETIRED]
