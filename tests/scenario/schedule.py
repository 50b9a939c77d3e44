"""The schedule alone at work, for days and weeks on a clock that only we move."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from provisioner.models.run import Run, RunState
from tests.scenario.network import Network

TICK = timedelta(minutes=30)


@dataclass
class Days:
    """What some days of ticks came to: ticks that found something to do, and what they wrote."""

    runs: int = 0
    commits: int = 0
    edits: int = 0


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
    """Nobody does anything but the schedule, for so long or until something is so."""
    days = Days()
    for _ in range(time // TICK):
        network.clock.advance(TICK.total_seconds())
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
