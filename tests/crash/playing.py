"""Plays a story in a fresh sandbox, with or without trouble, and tells how it ended."""

import tempfile
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path

from provisioner.clock import ManualClock
from provisioner.commands.applying import Applied
from provisioner.desired.sealing import public_of, seal
from provisioner.engine.lease import Busy
from provisioner.sandbox.server import Sandbox
from provisioner.transport import USUAL, Patience
from provisioner.wiring import Wiring
from tests.crash.boundary import Boundary, Labels, Ledger
from tests.crash.comparison import Ending, ending
from tests.crash.mortal import Crash, MortalWiring, Process
from tests.crash.stories import Act, Runs, Story
from tests.scenario.network import Network

OpenSandbox = Callable[..., AbstractContextManager[Sandbox]]

LEASE = timedelta(minutes=16)


@dataclass
class MortalNetwork(Network):
    """Each `apply` is a process that may die; requests are counted over all of them."""

    ledger: Ledger = field(default_factory=Ledger)
    labels: Labels = field(default_factory=Labels)
    fate: Boundary | None = None
    patience: Patience = USUAL
    knows_of_deaths: bool = True
    process: Process = field(default_factory=lambda: Process("none"))

    def wiring(self, deadline: datetime | None = None) -> Wiring:
        self.seed += 1
        self.process = Process(f"process-{self.seed}", self.ledger, self.labels, self.fate)
        return MortalWiring(
            self.environ,
            self.clock,
            self.process,
            seed=self.seed,
            patience=self.patience,
            knows_of_deaths=self.knows_of_deaths,
        )

    def sealed(self, hub: str, app: str, name: str, value: str) -> str:
        return _sealed(self.environ["PROVISIONER_SEALING_KEY"], hub, app, name, value)

    def ends(self, hubs: tuple[str, ...]) -> Ending:
        journal = Wiring(self.environ, self.clock).journal
        return ending(self.world(), {hub: journal.read(hub).journal for hub in hubs})


@dataclass(frozen=True)
class Played:
    """How a story went. `resumed` is false when its process never died."""

    ending: Ending
    resumed: bool
    complaints: tuple[str, ...]
    ledger: Ledger


def play(
    story: Story,
    open_sandbox: OpenSandbox,
    fate: Boundary | None = None,
    knows_of_deaths: bool = True,
) -> Played:
    """The story to its end. A process that dies is followed by one that goes on."""
    clock = ManualClock()
    with open_sandbox(clock=clock) as sandbox, tempfile.TemporaryDirectory() as folder:
        network = MortalNetwork(sandbox, clock, Path(folder) / "hubs")
        story.given(network)
        network.ledger, network.fate = Ledger(), fate
        network.knows_of_deaths = knows_of_deaths
        runs: Runs = {}
        resumed = False
        complaints: list[str] = []
        for act in story.acts:
            act.people(network, runs)
            applied, died = _applied(network, act)
            resumed = resumed or died
            complaints += [f"{item.hub}: {item.error.message}" for item in applied if item.error]
            runs = {item.hub: item.run for item in applied if item.run is not None}
        return Played(network.ends(story.hubs), resumed, tuple(complaints), network.ledger)


def _applied(network: MortalNetwork, act: Act) -> tuple[list[Applied], bool]:
    """Apply once and, where the process died, once more."""
    try:
        applied = network.try_apply(*act.hubs)
    except Crash:
        applied = []
    if not network.process.died.is_set():
        return applied, False
    network.fate = None
    return _resumed(network, act), True


def _resumed(network: MortalNetwork, act: Act) -> list[Applied]:
    applied = network.try_apply(*act.hubs)
    if not network.knows_of_deaths and any(isinstance(item.error, Busy) for item in applied):
        network.clock.advance(LEASE.total_seconds())
        applied = network.try_apply(*act.hubs)
    return applied


@cache
def _sealed(key: str, hub: str, app: str, name: str, value: str) -> str:
    """Sealing draws a random number; here the same file must be written in every world."""
    return seal(public_of(key), hub, app, name, value)
