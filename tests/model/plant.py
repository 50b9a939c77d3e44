"""The provisioner in its place: the schedule's ticks, and processes that may die or hang."""

import json
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from provisioner.commands.applying import Applied
from provisioner.commands.options import desired_of
from provisioner.commands.planning import Candidate
from provisioner.engine.due import why_due
from provisioner.errors import ProvisionerError
from provisioner.models.journal import HubJournal
from provisioner.wiring import Wiring
from tests.crash.boundary import Labels, Ledger
from tests.crash.mortal import Crash
from tests.model.lives import Fate, Life, ModelWiring, Staleness
from tests.scenario.network import UNATTENDED, Network

STATE = "provisioner-state"
EVERY = timedelta(minutes=30)
EPOCH = datetime(2000, 1, 1, tzinfo=UTC)


@dataclass
class Plant(Network):
    """`ending` befalls the next job; `dead` are workers that are known to have ended."""

    ending: Fate | None = None
    dead: set[str] = field(default_factory=set)
    deaths_are_known: bool = True
    stale: Staleness = field(default_factory=Staleness)
    labels: Labels = field(default_factory=Labels)
    ticks: int = 0
    jobs: dict[str, int] = field(default_factory=dict)
    troubles: list[str] = field(default_factory=list)
    digests: dict[str, str] = field(default_factory=dict)
    strays: list[str] = field(default_factory=list)
    _working: bool = False
    _hub: str = ""

    def wiring(self, deadline: datetime | None = None) -> Wiring:
        self.seed += 1
        ending = self.ending if self._working else None
        name, hub = f"process-{self.seed}", self._hub
        life = Life(
            name,
            Ledger(),
            self.labels,
            ending=ending,
            holds=lambda: self._holder(hub) == name,
            strays=self.strays,
        )
        gone = self.dead.__contains__ if self.deaths_are_known else (lambda _holder: False)
        return ModelWiring(self.environ, self.clock, life, self.seed, gone, self.stale)

    def sealed(self, hub: str, app: str, name: str, value: str) -> str:
        raise NotImplementedError("`files` seals once for all worlds")

    def tick(self) -> list[Applied]:
        """One run of the schedule: each hub that is due has a job, one after the other."""
        self.ticks += 1
        self.troubles = []
        try:
            found = self.due()
        except ProvisionerError as error:
            self.troubles.append(f"plan: {error.message}")
            return []
        return [applied for item in found for applied in self._job(item)]

    def _job(self, item: Candidate) -> list[Applied]:
        """A change counts as let in; anything else nobody asked for."""
        person = self.environ
        self.environ = person if item.changed else {**person, **UNATTENDED}
        try:
            return self.job(item.hub)
        finally:
            self.environ = person

    def others_work(self, everything: bool) -> None:
        """Beside a job that hangs: the schedule's next run, or a second job for the same hub."""
        kept = self._working, self.ending, self.environ, self._hub
        self._working = False
        self.tick() if everything else self.job(self._hub)
        self._working, self.ending, self.environ, self._hub = kept

    def job(self, hub: str, app: str | None = None) -> list[Applied]:
        """One process for one hub, or one app of it, with whatever befalls it."""
        self._hub = hub
        self.jobs[hub] = self.jobs.get(hub, 0) + 1
        name = f"process-{self.seed + 1}"
        self._working = True
        try:
            return self._noted(self.try_apply(hub, app=app))
        except Crash:
            self.dead.add(name)
            return []
        except ProvisionerError as error:
            self.troubles.append(f"{hub}: {error.message}")
            return []
        finally:
            self._working, self.ending = False, None

    def _noted(self, applied: list[Applied]) -> list[Applied]:
        self.troubles += [f"{one.hub}: {one.error.message}" for one in applied if one.error]
        return applied

    def documents(self) -> dict[str, dict[str, Any]]:
        """The journals as they lie on the state branch, without a request."""
        git = self.sandbox.github.network_repository().git
        head = git.head(STATE)
        if head is None:
            return {}
        entries = git.entries(git.tree_of(head), recursive=True)
        names = [one.path for one in entries if one.path.startswith("hubs/")]
        return {name[5:-5]: json.loads(git.file(head, name) or b"{}") for name in names}

    def _holder(self, hub: str) -> str:
        lease = self.documents().get(hub, {}).get("lease") or {}
        return str(lease.get("holder", ""))

    def claims(self, hub: str) -> set[tuple[str, str]]:
        """What the hub's journal has as its own, by kind and name."""
        apps = self.documents().get(hub, {}).get("run", {}).get("apps", [])
        return {(item["kind"], item["name"]) for app in apps for item in app["resources"]}

    def journals(self) -> dict[str, HubJournal]:
        return {
            hub: HubJournal.model_validate_json(json.dumps(document))
            for hub, document in self.documents().items()
        }

    def next_due(self, until: datetime) -> datetime | None:
        """The next run of the schedule that will find something; `None` where none will."""
        journals, moment = self.journals(), self.clock.now()
        while (moment := following(moment)) <= until:
            for hub in {*journals, *self.digests}:
                if why_due(self.digests.get(hub), journals.get(hub), moment):
                    return moment
        return None

    def read_files(self) -> None:
        """Note what the files ask for, to know when they are due."""
        desired = desired_of(self.directory, self.environ)
        if desired.broken:
            raise AssertionError(f"a file of the model is broken: {desired.broken}")
        self.digests = {hub: one.digest for hub, one in desired.hubs.items()}


def following(moment: datetime) -> datetime:
    """The first run of the schedule after a time."""
    return moment + EVERY - (moment - EPOCH) % EVERY
