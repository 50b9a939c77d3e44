"""Two workers at one hub, each with a clock of its own; one of them hangs, the other takes over."""

import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from fnmatch import fnmatch
from typing import TypeVar

from provisioner.clock import ManualClock
from provisioner.commands.applying import Applied, Order, apply_hubs
from provisioner.github.state_branch import BRANCH
from provisioner.sandbox.requests import Logged
from tests.crash.mortal import MortalWiring, Process
from tests.scenario.network import Network

HUB = "nairobi"
Result = TypeVar("Result")


@dataclass
class Sleeper(Process):
    """A process that falls asleep once, with all its threads: right after the first request whose
    label is like `until` has had its effect. What others do meanwhile is `dream`.
    """

    until: str = ""
    dream: Callable[[], None] = lambda: None
    _turn: threading.Condition = field(default_factory=threading.Condition)
    _busy: int = 0
    _asleep: bool = False

    def request(self, label: str, send: Callable[[], Result]) -> Result:
        with self._turn:
            self._turn.wait_for(lambda: not self._asleep)
            self._busy += 1
        try:
            return super().request(label, send)
        finally:
            with self._turn:
                self._busy -= 1
                self._turn.notify_all()
            self._sleep_if(label)

    def _sleep_if(self, label: str) -> None:
        with self._turn:
            mine = bool(self.until) and fnmatch(label, self.until)
            if mine:
                self.until, self._asleep = "", True
            self._turn.wait_for(lambda: not self._busy if mine else not self._asleep)
        if mine:
            self.dream()
            with self._turn:
                self._asleep = False
                self._turn.notify_all()


@dataclass(frozen=True)
class Left:
    """What there is of a hub: its journal, the comments, and how many requests were made so far."""

    journal: bytes
    comments: tuple[str, ...]
    requests: int


def left(network: Network) -> Left:
    git = network.sandbox.github.network_repository().git
    head = git.head(BRANCH)
    journal = git.file(head, f"hubs/{HUB}.json") if head else None
    bodies = tuple(str(item["body"]) for item in network.world()["github"]["comments"])
    return Left(journal or b"", bodies, len(network.requests()))


def works(network: Network, process: Process, clock: ManualClock) -> Applied:
    """One worker applies the hub. It cannot tell whether any other one has ended."""
    wiring = MortalWiring(network.environ, clock, process, seed=1, knows_of_deaths=False)
    (applied,) = apply_hubs(wiring, Order((HUB,), network.directory))
    return applied


@dataclass
class Pair:
    """`first` and `second` are their clocks."""

    network: Network
    first: ManualClock = field(default_factory=ManualClock)
    second: ManualClock = field(default_factory=ManualClock)
    others: Applied | None = None
    """What became of the second's work."""
    before: Left = field(default_factory=lambda: Left(b"", (), 0))
    """What the second left behind, as the first wakes."""

    def differ(self, by: timedelta) -> None:
        """The second's clock is ahead of the first's."""
        self.second = ManualClock(self.first.now() + by)

    def passes(self, time: timedelta) -> None:
        for clock in (self.first, self.second):
            clock.advance(time.total_seconds())

    def first_works(self, until: str = "", hangs: timedelta = timedelta()) -> Applied:
        """The first may hang after a change, for so long; then the second comes to the hub."""

        def meanwhile() -> None:
            self.passes(hangs)
            self.others = self.second_works()
            self.before = left(self.network)

        return works(self.network, Sleeper("first", until=until, dream=meanwhile), self.first)

    def second_works(self) -> Applied:
        return works(self.network, Process("second"), self.second)

    def written_since(self) -> list[Logged]:
        """What the first sent to change anything after it woke, and was not refused."""
        later = self.network.requests()[self.before.requests :]
        return [one for one in later if one.method != "GET" and one.status not in (409, 422)]
