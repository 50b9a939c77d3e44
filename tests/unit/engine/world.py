"""A tiny world for the engine: named things that steps make, and a journal in memory."""

import random
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import timedelta

from provisioner.clock import ManualClock
from provisioner.engine.hub_runner import Engine, HubRunner
from provisioner.engine.journal import Journal
from provisioner.engine.lease import Worker
from provisioner.engine.limits import Redact
from provisioner.engine.people import AccountId
from provisioner.engine.recorder import Listener
from provisioner.engine.retry import Retrier, RetryPolicy
from provisioner.engine.run_record import Origin
from provisioner.engine.step import Assessment, Claims, Progress, Step
from provisioner.engine.tasks import AppTask, HubTask
from provisioner.errors import Effect, RemoteError
from provisioner.models.plan import Actor, Resource, Verdict
from provisioner.models.run import Run


class MemoryStore:
    """A `FileStore` that keeps every version, so that commits can be counted."""

    def __init__(self) -> None:
        self.commits: list[tuple[str, bytes]] = []
        self.before_write: Callable[[], None] = lambda: None

    def read(self, path: str) -> tuple[bytes, str] | None:
        for number, (name, content) in reversed(list(enumerate(self.commits))):
            if name == path:
                return content, str(number)
        return None

    def names(self, folder: str) -> list[str]:
        return sorted({path.removeprefix(f"{folder}/") for path, _ in self.commits})

    def write(self, path: str, content: bytes, version: str | None, message: str) -> str | None:
        self.before_write()
        found = self.read(path)
        if (found[1] if found else None) != version:
            return None
        self.commits.append((path, content))
        return str(len(self.commits) - 1)


@dataclass
class Thing:
    """A step's resource. `script` holds what happens at each perform, before it is made."""

    name: str
    made: int = 0
    looks: int = 0
    script: list[Exception | None] = field(default_factory=list)
    seen_as: Callable[["Thing"], Assessment] | None = None
    perform: Callable[[Assessment], str | None] | None = None
    optional: bool = False

    def step(self) -> Step:
        return Step(self.name, self._assess, self._perform, timedelta(minutes=2), self.optional)

    def _assess(self, claims: Claims, handle: str | None) -> Assessment:
        self.looks += 1
        if self.seen_as is not None:
            return self.seen_as(self)
        resource = Resource(kind="thing", name=self.name)
        verdict = Verdict.KEEP if self.made else Verdict.CREATE
        return Assessment(verdict, f"Make {self.name}.", resources=(resource,))

    def _perform(self, look: Assessment) -> str | None:
        if self.perform is not None:
            return self.perform(look)
        trouble = self.script.pop(0) if self.script else None
        if trouble is not None:
            raise trouble
        self.made += 1
        return None


@dataclass
class World:
    """One hub, its apps and everything the engine needs."""

    clock: ManualClock = field(default_factory=ManualClock)
    store: MemoryStore = field(default_factory=MemoryStore)
    heard: list[Run] = field(default_factory=list)
    alive: set[str] = field(default_factory=set)
    rng: random.Random = field(default_factory=lambda: random.Random(2))
    account_id: AccountId = lambda _login: None
    maintainers: tuple[str, ...] | None = ("amina-k",)
    listeners: tuple[Listener, ...] = ()
    redact: Redact = str
    origin: Origin = field(default_factory=lambda: Origin("c0ffee", 7))
    asked: list[Origin] = field(default_factory=list)
    superseded: list[tuple[Run, Run]] = field(default_factory=list)
    facts: Callable[[Run], Run] = lambda run: run
    remembers: bool = False
    """Whether a plan may rest on what was seen for an earlier one of the same run."""

    def run(self, apps: dict[str, list[Thing]], digest: str = "d1", worker: str = "me") -> Run:
        retrier = Retrier(RetryPolicy(), self.clock, self.rng)
        journal = Journal(self.store, retrier)
        engine = Engine(
            journal,
            self.clock,
            retrier,
            self.rng,
            Worker(worker, lambda holder: holder not in self.alive),
            redact=self.redact,
            account_id=self.account_id,
        )
        tasks = tuple(
            AppTask(
                app,
                "docs-site",
                app.title(),
                tuple(thing.step() for thing in things),
                planning=tuple(_remembered(thing.step()) for thing in things if self.remembers),
            )
            for app, things in apps.items()
        )
        task = HubTask("nairobi", "Nairobi", digest, tasks, maintainers=self.maintainers)
        runner = HubRunner(
            engine,
            journal.read("nairobi"),
            task,
            self._where_from,
            (self.heard.append, *self.listeners),
            lambda old, new: self.superseded.append((old, new)),
            self.facts,
        )
        return runner.run()

    def _where_from(self) -> Origin:
        self.asked.append(self.origin)
        return self.origin

    @property
    def written(self) -> bytes:
        """The hub's journal as it was written last."""
        return self.store.commits[-1][1]


def _remembered(step: Step) -> Step:
    seen: list[Assessment] = []

    def look(claims: Claims, handle: str | None) -> Assessment:
        if not seen:
            seen.append(step.assess(claims, handle))
        return seen[0]

    return replace(step, assess=look)


def lost_answer(effect: Effect = Effect.UNKNOWN) -> RemoteError:
    return RemoteError("the connection broke", service="Host", effect=effect)


def waits_for_dns(thing: Thing) -> Assessment:
    return Assessment(
        Verdict.KEEP,
        "not yet",
        who=Actor.FACILITATOR,
        progress=Progress.WAITING,
        wake_after=timedelta(minutes=10),
    )
