"""The whole world of one story: the services, the provisioner, the hub files, what people did."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from provisioner.commands.applying import Applied
from provisioner.sandbox.github.records import Repository
from provisioner.sandbox.server import Sandbox
from provisioner.sandbox.vercel.builds import progress
from provisioner.sandbox.vercel.domain_config import OLD_CNAME
from provisioner.sandbox.vercel.records import Deployment
from tests.model.files import BOT, HubFile, written
from tests.model.handwork import Hands
from tests.model.plant import Plant
from tests.model.turns import TurnClock
from tests.model.watch import Seat, Seats, Watch


@dataclass
class World:
    """`main` is what the default branch holds, `former` what it held before, the newest last.

    `damaged` are hubs of which somebody broke something that no file tells of, and `forgotten`
    the projects of which nobody can know any more that they were ours. `strangers` are what
    is somebody else's, `squatted` their projects that have a name of ours.
    """

    plant: Plant
    clock: TurnClock
    hands: Hands
    main: dict[str, HubFile] = field(default_factory=dict)
    former: dict[str, list[HubFile]] = field(default_factory=dict)
    pulls: dict[str, int] = field(default_factory=dict)
    damaged: set[str] = field(default_factory=set)
    touched: dict[str, int] = field(default_factory=dict)
    forgotten: set[tuple[str, str]] = field(default_factory=set)
    forgotten_domains: set[str] = field(default_factory=set)
    push_is_lost: bool = False
    builds_fail: bool = False
    branch_was_lost: bool = False
    restless: list[str] = field(default_factory=list)
    story: list[str] = field(default_factory=list)
    watch: Watch = field(init=False)
    strangers: object = None
    squatted: set[tuple[str, str]] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.watch = Watch(self.hands, self.seats)

    @property
    def sandbox(self) -> Sandbox:
        return self.plant.sandbox

    def say(self, text: str) -> None:
        self.story.append(f"{self.clock.now():%d %H:%M} {text}")

    def project(self, hub: str, app: str) -> Seat:
        """Where the newest file wants an app."""
        path = "/api/health" if self.main[hub].app(app).kind == BOT else "/"  # type: ignore[union-attr]
        return Seat(self.main[hub].team, f"{hub}--{app}", path)

    def copy(self, hub: str, app: str) -> str:
        return f"{self.main[hub].owner}/{hub}--{app}"

    def apps(self) -> list[tuple[str, str]]:
        return [(hub, name) for hub, file in self.main.items() for name, _ in file.apps]

    def seats(self) -> Seats:
        """Every name that should answer by the newest files, and who serves it then."""
        found: Seats = {}
        for hub, name in self.apps():
            seat = self.project(hub, name)
            if (seat.team, seat.project) in self.squatted:
                continue
            made = self.hands.project(seat.team, seat.project)
            app = self.main[hub].app(name)
            names = (*(app.domains if app else ()), *([made.production_host] if made else []))
            found |= dict.fromkeys(names, seat)
        return found

    def merge(self, hub: str, file: HubFile | None, what: str) -> None:
        """A pull request with the hub's file, merged; the push sets off a run if it arrives."""
        if hub in self.main and self.branch_was_lost:
            self.forget_projects(hub)
        if hub in self.main:
            self.former.setdefault(hub, []).append(self.main.pop(hub))
        if file is None:
            self.plant.remove(hub)
        else:
            self.main[hub] = file
            self.plant.write(hub, written(hub, file, self.plant.environ["PROVISIONER_SEALING_KEY"]))
        self.pulls[hub] = self.plant.merge(hub)
        self.plant.read_files()
        lost, self.push_is_lost = self.push_is_lost, False
        self.say(f"People merge {hub}: {what}{' (the push sets off no run)' if lost else ''}.")
        self.watch.look()
        if not lost:
            self.tick()

    def tick(self) -> int:
        """One run of the schedule; how many jobs it had."""
        return self.work(self.plant.tick)

    def work(self, jobs: Callable[[], list[Applied]]) -> int:
        """The provisioner at work; how many hubs had a job."""
        self.plant.troubles = []
        before, asked = dict(self.plant.jobs), len(self.plant.requests())
        dead = len(self.plant.dead)
        applied = jobs()
        faults = any(one.fault for one in self.plant.requests()[asked:])
        troubled = faults or bool(self.plant.troubles) or len(self.plant.dead) > dead
        ran = {hub: jobs for hub, jobs in self.plant.jobs.items() if jobs != before.get(hub)}
        if ran or self.plant.troubles:
            ended = [f"{one.hub} {one.run.state}" for one in applied if one.run]
            self.say(f"  jobs: {'; '.join((*ended, *self.plant.troubles)) or 'died'}")
        self.watch.after_tick(troubled or bool(self.plant.stale.seconds), set(ran))
        return len(ran)

    def harm(self, hub: str) -> None:
        """Somebody broke something of a hub; what was up may be down by that."""
        self.damaged.add(hub)
        self.touched[hub] = self.hands.store.stamp()
        self.watch.pardon()

    def forget(self) -> None:
        """The journals are gone: only the newest files tell from now on what is ours."""
        self.branch_was_lost = True
        wanted = {(seat.team, seat.project) for seat in self.seats().values()}
        kept = {(one.account.slug, one.name) for one in self.hands.projects()}
        self.forgotten |= kept - wanted
        attached = {domain for one in self.hands.projects() for domain in one.domains}
        self.forgotten_domains |= attached - self.seats().keys()

    def forget_projects(self, hub: str) -> None:
        """A file is followed by another one, before a journal begun anew told what it has."""
        known = self.plant.claims(hub)
        seats = [self.project(hub, name) for name, _ in self.main[hub].apps]
        self.forgotten |= {
            (seat.team, seat.project)
            for seat in seats
            if ("project", f"vercel:{seat.team}/{seat.project}") not in known
        }
        domains = self.main[hub].domains()
        self.forgotten_domains |= {name for name in domains if ("domain", name) not in known}

    def repository(self, full_name: str) -> Repository | None:
        return self.sandbox.github.repositories.find(full_name)

    def wrongly_linked(self, hub: str, app: str) -> bool:
        """Whether a project is not linked to the copy, which is there."""
        seat, copy = self.project(hub, app), self.repository(self.copy(hub, app))
        project = self.hands.project(seat.team, seat.project)
        if project is None or copy is None:
            return False
        return project.link is None or project.link.repository_id != copy.id

    def is_ready(self, build: Deployment) -> bool:
        return progress(build, self.clock.now()).state == "READY"

    def follow_dns(self, hub: str, general: bool = False) -> None:
        """Set and remove entries as the journal, and so the comment, says."""
        document = self.plant.documents().get(hub)
        apps = document["run"]["apps"] if document else []
        told: dict[bool, list[dict[str, str]]] = {True: [], False: []}
        for entry in (one for app in apps for one in app["dns"] if self._is_meant(hub, app, one)):
            value = OLD_CNAME if general and entry["type"] == "CNAME" else entry["value"]
            form = {"type": entry["type"], "name": entry["name"], "value": value}
            told[entry["state"] == "remove"].append(form)
        self.sandbox.control.remove_dns(told[True])
        self.sandbox.control.set_dns(told[False])

    def _is_meant(self, hub: str, app: dict[str, Any], entry: dict[str, str]) -> bool:
        """Nobody sets what is told of a domain that the app no longer has."""
        asked = self.main[hub].app(app["id"]) if hub in self.main else None
        proof = entry["name"].startswith("_")
        return asked is not None and (proof or entry["name"] in asked.domains)

    def advance(self, until: datetime) -> None:
        self.clock.advance((until - self.clock.now()).total_seconds())

    def later(self, time: timedelta) -> dict[str, int]:
        """Time passes; runs of the schedule that find nothing are left out. Each hub's jobs."""
        end, before = self.clock.now() + time, dict(self.plant.jobs)
        while due := self.plant.next_due(end):
            self.advance(due)
            self.tick()
        self.advance(end)
        return {hub: jobs - before.get(hub, 0) for hub, jobs in self.plant.jobs.items()}

    def quiet(self) -> None:
        """The services are well, and no process is doomed."""
        self.plant.sandbox.control.clear_faults()
        self.plant.sandbox.world.latency = type(self.plant.sandbox.world.latency)()
        self.plant.sandbox.vercel.behaviour.next_deployments = []
        self.plant.sandbox.vercel.behaviour.teams = {}
        self.plant.stale.seconds = 0.0
        self.plant.ending, self.plant.deaths_are_known = None, True
        self.push_is_lost = False
