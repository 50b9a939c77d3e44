"""A hub's life on a clock that jumps: half-hourly runs of the schedule, and what they cost.

Every run of the schedule reads the journals to see who is due. That is counted apart, and only
measured where somebody is due: for all other half hours the same journal is judged here by the
program's own rule, without a call, and the calls of the last look are added.
"""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cache, cached_property
from pathlib import Path

from provisioner.clock import ManualClock
from provisioner.commands.options import desired_of
from provisioner.commands.planning import Candidate, is_changed
from provisioner.engine.due import why_due
from provisioner.engine.journal_file import understood
from provisioner.github.state_branch import BRANCH
from provisioner.models.app import DesiredHub
from provisioner.models.journal import HubJournal
from provisioner.models.run import FINISHED_STEPS, Run
from provisioner.sandbox.requests import Logged
from provisioner.sandbox.server import Sandbox
from tests.scenario.network import Network

TICK = timedelta(minutes=30)
HUB = "nairobi"
JOURNAL = f"hubs/{HUB}.json"
MOST_RUNS = 600
"""Ten a day: who runs more often has shown it, and is not played to the end."""

Event = Callable[["Life"], None]


@dataclass
class Cost:
    """`runs` are those that applied the hub, `ticks` all of the schedule."""

    runs: int = 0
    ticks: int = 0
    looks: int = 0
    """Calls that only ask who is due, at every tick."""
    calls: Counter[str] = field(default_factory=Counter)
    """By service, without those."""
    commits: int = 0
    comments: int = 0
    edits: int = 0

    def add(self, one: Logged) -> None:
        self.calls["host" if one.api == "vercel" else one.api] += 1
        made = one.api == "github" and one.status in (200, 201)
        self.commits += made and one.method == "PUT" and "/contents/" in one.path
        self.comments += made and one.method == "POST" and one.path.endswith("/comments")
        self.edits += made and one.method == "PATCH" and "/issues/comments/" in one.path


@dataclass
class Life(Network):
    """`events` happen at the beginning of their day, counted from 0."""

    events: dict[int, Event] = field(default_factory=dict)
    cost: Cost = field(default_factory=Cost)
    each_look: int = 0

    def due(self) -> list[Candidate]:
        self.sandbox.control.clear_requests()
        found = super().due()
        self.each_look = len(self.requests())
        self.sandbox.control.clear_requests()
        return found

    def until(self, day: int) -> None:
        """Let the schedule run up to the beginning of a day, or until it has run far too often."""
        while self.age < timedelta(days=day) and not self.is_cut_off:
            self._what_happens_today()
            self.cost.ticks += 1
            if self._is_due():
                self._one_tick()
            self.cost.looks += self.each_look
            self._to_the_next_tick()

    @property
    def is_cut_off(self) -> bool:
        return self.cost.runs >= MOST_RUNS

    @property
    def age(self) -> timedelta:
        return self.clock.now() - BIRTH

    @property
    def file(self) -> bytes:
        """The journal as it lies on the state branch; asked of nobody."""
        git = self.sandbox.github.network_repository().git
        head = git.head(BRANCH)
        return (git.file(head, JOURNAL) if head else None) or b""

    @property
    def journal(self) -> HubJournal | None:
        return _understood(self.file)

    @property
    def state(self) -> str:
        """The run's state, and the steps at which it stands."""
        journal = self.journal
        stands = "nothing" if journal is None else _stands(journal.run)
        return f"{stands}; CUT OFF on day {self.age.days}" if self.is_cut_off else stands

    def _what_happens_today(self) -> None:
        for day in sorted(day for day in self.events if timedelta(days=day) <= self.age):
            self.events.pop(day)(self)

    @cached_property
    def _desired(self) -> DesiredHub:
        return desired_of(self.directory, self.environ).hubs[HUB]

    def _is_due(self) -> bool:
        hub, journal = self._desired, self.journal
        return bool(why_due(hub.digest, journal, self.clock.now())) or is_changed(hub, journal)

    def _one_tick(self) -> None:
        self.cost.runs += len(self.tick())
        for one in self.requests():
            self.cost.add(one)

    def _to_the_next_tick(self) -> None:
        """A run may have taken longer than it is to the next one."""
        self.clock.advance((TICK - self.age % TICK).total_seconds())


@cache
def _understood(file: bytes) -> HubJournal | None:
    return understood(file, HUB) if file else None


BIRTH: datetime = ManualClock().now()


def _stands(run: Run) -> str:
    at = {
        f"{step.action} {step.state}"
        for app in run.apps
        for step in [next((one for one in app.steps if one.state not in FINISHED_STEPS), None)]
        if step is not None
    }
    wakes = "" if run.wake_at is None else ", wakes"
    return f"{run.state}{wakes}" + "".join(f"; {one}" for one in sorted(at))


def born(sandbox: Sandbox, clock: ManualClock, folder: Path, events: dict[int, Event]) -> Life:
    """A hub with a site and a bot, just merged."""
    life = Life(sandbox, clock, folder, events=events)
    life.write_with_bot(HUB)
    life.merge(HUB)
    return life
