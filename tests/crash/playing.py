"""The stage of a story: a fresh sandbox, and a provisioner whose processes may die."""

import tempfile
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from pathlib import Path

from provisioner.clock import ManualClock
from provisioner.commands.applying import Applied
from provisioner.sandbox.faults import Faults
from provisioner.sandbox.requests import Logged
from provisioner.sandbox.server import Sandbox
from provisioner.sandbox.world import Latency
from provisioner.secrets.sealing import public_of, seal
from provisioner.transport import USUAL, Patience
from provisioner.wiring import Wiring
from tests import canary
from tests.crash.boundary import Boundary, Labels, Ledger
from tests.crash.comparison import Ending, ending
from tests.crash.mortal import MortalWiring, Process
from tests.crash.stories import Act, Runs, Story
from tests.scenario.network import Network

OpenSandbox = Callable[..., AbstractContextManager[Sandbox]]

SLOW = Latency(fork_readable=1, build_queued=1, build=2, alias=1)
"""So that a process can die while something is under way; nobody waits for it."""


@dataclass
class Stage(Network):
    """Each `apply` is a process that may die; requests are counted over all of them."""

    ledger: Ledger = field(default_factory=Ledger)
    labels: Labels = field(default_factory=Labels)
    fate: Boundary | None = None
    refusals: Faults = field(default_factory=Faults)
    patience: Patience = USUAL
    knows_of_deaths: bool = True
    process: Process = field(default_factory=lambda: Process("nobody"))
    runs: Runs = field(default_factory=dict)

    def wiring(self, deadline: datetime | None = None) -> Wiring:
        self.seed += 1
        self.process = Process(
            f"process-{self.seed}", self.ledger, self.labels, self.fate, self.refusals
        )
        return MortalWiring(
            self.environ,
            self.clock,
            self.process,
            seed=self.seed,
            patience=self.patience,
            knows_of_deaths=self.knows_of_deaths,
        )

    def sealed(self, hub: str, app: str, name: str, value: str) -> str:
        canary.plant(value)
        return _sealed(self.environ["PROVISIONER_SEALING_KEY"], hub, app, name, value)

    def people(self, act: Act) -> None:
        """What people do in an act, before the provisioner runs."""
        act.people(self, self.runs)

    def play(self, act: Act) -> list[Applied]:
        """People do their part of an act, then the provisioner runs."""
        self.people(act)
        return self.apply_once(act)

    def apply_once(self, act: Act) -> list[Applied]:
        applied = self.try_apply(*act.hubs)
        self.runs = {item.hub: item.run for item in applied if item.run is not None}
        return applied

    def read_up(self, hubs: tuple[str, ...]) -> None:
        """People know of the runs what stands in the journal, also where nobody could say it."""
        journal = Wiring(self.environ, self.clock).journal
        known = {hub: journal.read(hub).journal for hub in hubs}
        self.runs |= {hub: one.run for hub, one in known.items() if one is not None}

    def ending(self, hubs: tuple[str, ...]) -> Ending:
        """How things are now, told without generated ids and times."""
        journal = Wiring(self.environ, self.clock).journal
        return ending(self.world(), {hub: journal.read(hub).journal for hub in hubs})


@contextmanager
def stage(story: Story, open_sandbox: OpenSandbox, seed: int = 0) -> Iterator[Stage]:
    """The stage once all that is given is there; requests are counted from here."""
    clock = ManualClock()
    with (
        open_sandbox(clock=clock, latency=SLOW) as sandbox,
        tempfile.TemporaryDirectory() as folder,
    ):
        set_up = Stage(sandbox, clock, Path(folder) / "hubs", seed)
        story.given(set_up)
        set_up.ledger = Ledger()
        sandbox.control.clear_requests()
        yield set_up


@dataclass(frozen=True)
class Rehearsal:
    """A story without trouble: how things are after each act, and what was asked in each."""

    endings: tuple[Ending, ...]
    runs: tuple[Runs, ...]
    requests: tuple[tuple[Logged, ...], ...]
    boundaries: tuple[Boundary, ...]


_rehearsed: dict[str, Rehearsal] = {}


def rehearsal(story: Story, open_sandbox: OpenSandbox) -> Rehearsal:
    """Played once in each process of the tests."""
    if story.name not in _rehearsed:
        _rehearsed[story.name] = _rehearse(story, open_sandbox)
    return _rehearsed[story.name]


def _rehearse(story: Story, open_sandbox: OpenSandbox) -> Rehearsal:
    endings: list[Ending] = []
    runs: list[Runs] = []
    requests: list[tuple[Logged, ...]] = []
    with stage(story, open_sandbox) as network:
        for act in story.acts:
            applied = network.play(act)
            requests.append(tuple(network.requests()))
            assert [item.error for item in applied if item.error] == []
            runs.append(network.runs)
            endings.append(network.ending(story.hubs))
            network.sandbox.control.clear_requests()
        boundaries = tuple(network.ledger.boundaries())
    return Rehearsal(tuple(endings), tuple(runs), tuple(requests), boundaries)


@cache
def _sealed(key: str, hub: str, app: str, name: str, value: str) -> str:
    """Sealing draws a random number; here the same file must be written in every world."""
    return seal(public_of(key), hub, app, name, value, ManualClock().now())
