"""The schedule alone at work, for days and weeks on a clock that only we move."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from provisioner.commands.options import desired_of
from provisioner.commands.planning import is_changed
from provisioner.engine.due import why_due
from provisioner.models.journal import HubJournal
from provisioner.models.run import Run, RunState
from provisioner.workflows.tasks import has_grown
from tests.scenario.journals import STATE
from tests.scenario.network import Network

TICK = timedelta(minutes=30)


@dataclass
class Days:
    """What some days of ticks came to: ticks that found something to do, and what they wrote."""

    runs: int = 0
    commits: int = 0
    edits: int = 0


class Calendar:
    """What is due, by the files and the journals as they lie there, without a request."""

    def __init__(self, network: Network) -> None:
        self._network = network
        self._desired = desired_of(network.directory, network.environ).hubs
        self._head: str | None = None
        self._journals: dict[str, HubJournal] = {}

    def has_something(self) -> bool:
        journals, now = self._newest(), self._network.clock.now()
        return any(
            is_changed(self._desired.get(hub), journals.get(hub))
            or why_due(self._digest(hub), journals.get(hub), now)
            for hub in {*self._desired, *journals}
        ) or any(has_grown(hub, journals[hub.id].run) for hub in self._desired.values())

    def _digest(self, hub: str) -> str | None:
        return self._desired[hub].digest if hub in self._desired else None

    def _newest(self) -> dict[str, HubJournal]:
        """Read anew only where something was written."""
        git = self._network.sandbox.github.network_repository().git
        head = git.head(STATE)
        if head is not None and head != self._head:
            names = [one.path for one in git.entries(git.tree_of(head), recursive=True)]
            texts = {name: git.file(head, name) for name in names if name.startswith("hubs/")}
            self._journals = {
                name[5:-5]: HubJournal.model_validate_json(text or b"")
                for name, text in texts.items()
            }
            self._head = head
        return self._journals


def newest(network: Network, hub: str = "nairobi") -> Run:
    """The hub's run as the journal has it."""
    journal = network.wiring().journal.read(hub).journal
    assert journal is not None
    return journal.run


def completed(network: Network) -> bool:
    return newest(network).state is RunState.COMPLETED


def passed(
    network: Network, time: timedelta, until: Callable[[Network], bool] = lambda _: False
) -> Days:
    """Nobody does anything but the schedule, for so long or until something is so.

    Runs that would find nothing are left out.
    """
    days, calendar = Days(), Calendar(network)
    for _ in range(time // TICK):
        network.clock.advance(TICK.total_seconds())
        if not calendar.has_something():
            continue
        asked = len(network.requests())
        if not network.tick():
            continue
        days.runs += 1
        days.commits += _written(network, asked, "PUT", "/contents/")
        days.edits += _written(network, asked, "PATCH", "/issues/comments/")
        if until(network):
            break
    return days


def _written(network: Network, since: int, method: str, part: str) -> int:
    log = network.requests()[since:]
    return sum(item.method == method and part in item.path for item in log)
