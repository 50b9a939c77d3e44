"""Hub files and journals in memory, for stories of commands that only look."""

import random
from collections.abc import Mapping

from provisioner.clock import ManualClock
from provisioner.commands.planning import Candidate, candidates
from provisioner.desired.resolve import Desired
from provisioner.engine.journal import Journal
from provisioner.engine.limits import written
from provisioner.engine.retry import RetryPolicy
from provisioner.models.journal import HubJournal, Person
from provisioner.models.network import Limits
from provisioner.models.run import Run, RunState
from provisioner.wiring import Wiring
from tests.unit.desired.given import desired, hub_with, network_with
from tests.unit.engine.world import MemoryStore

AMINA = Person(login="amina-k", id=1)


class Store(MemoryStore):
    """May refuse to give out a hub's journal."""

    def __init__(self) -> None:
        super().__init__()
        self.refusals: dict[str, Exception] = {}

    def read(self, path: str) -> tuple[bytes, str] | None:
        if trouble := self.refusals.get(path):
            raise trouble
        return super().read(path)


class World:
    """Hub files and journals, and nothing of the services."""

    def __init__(
        self, *files: str, limit: int = 3, environ: Mapping[str, str] | None = None
    ) -> None:
        self.catalog = network_with(limits=Limits(removals_at_once=limit))
        self.files = {f"{hub}.yaml": hub_with() for hub in files}
        self.clock = ManualClock()
        policy = RetryPolicy()
        self.wiring = Wiring(environ or {}, self.clock, random.Random(1), policy)
        self.store = Store()
        self.wiring.journal = Journal(self.store, self.wiring.retrier)

    @property
    def desired(self) -> Desired:
        return desired(self.files, self.catalog)

    def record(self, hub: str, state: RunState = RunState.COMPLETED, **more: object) -> HubJournal:
        """A journal that says that the hub's present file was applied."""
        present = self.desired.hubs.get(hub)
        fields: dict[str, object] = {
            "id": "20260303-135601-5f0c9e1",
            "hub": hub,
            "title": f"The hub {hub}",
            "state": state,
            "digest": present.digest if present else "d1",
            "started_at": self.clock.now(),
            "retiring": False,
            **more,
        }
        journal = HubJournal(hub=hub, run=Run.model_validate(fields), maintainers=(AMINA,))
        self.store.commits.append((f"hubs/{hub}.json", written(journal)))
        return journal

    def found(self, *names: str, only_due: bool = False) -> list[Candidate]:
        return candidates(self.wiring, self.desired, names, only_due=only_due)

    def reasons(self, *names: str) -> dict[str, str]:
        return {item.hub: item.reason for item in self.found(*names)}
