"""After trouble nobody but the schedule acts: half hour by half hour, whatever is due is applied.

Half hours in which nobody is due are skipped, by the wake times and leases in the journals.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from provisioner.clock import ManualClock
from provisioner.commands.applying import Applied
from provisioner.models.journal import HubJournal
from provisioner.models.run import RunState
from provisioner.wiring import Wiring
from tests.crash.comparison import Ending
from tests.crash.playing import Stage

TICK = timedelta(minutes=30)
MOST_TICKS = 4
"""So often may the schedule have something to do."""
MOST_TIME = timedelta(days=2)
UNDER_WAY = (RunState.RUNNING, RunState.QUEUED)
NEVER = "no tick of the schedule heals it"


@dataclass(frozen=True)
class Verdict:
    """`errors` are what a run did or said wrong; the others are about the end."""

    errors: tuple[str, ...]
    duplicates: tuple[str, ...]
    differences: tuple[str, ...]

    @property
    def complaints(self) -> tuple[str, ...]:
        twice = (f"twice: {item}" for item in self.duplicates)
        never = (NEVER,) if self.differences else ()
        return (*self.errors, *twice, *never, *self.differences)


def heal(
    network: Stage, hubs: tuple[str, ...], clean: Ending, most: int = MOST_TICKS
) -> Iterator[Applied]:
    """Let the schedule run until all is as in the clean ending, or nothing wakes a hub any more;
    what it applied."""
    last = network.clock.now() + MOST_TIME
    for _ in range(most):
        if not network.ending(hubs).differences(clean):
            return
        applied = _next(network, hubs)
        if not applied or network.clock.now() > last:
            return
        yield from applied


def _next(network: Stage, hubs: tuple[str, ...]) -> list[Applied]:
    """What the next tick applies that finds anything due; nothing where none ever will."""
    to_half_hour(network.clock)
    applied = network.tick()
    when = None if applied else wakes_at(network, hubs)
    if when is None:
        return applied
    network.clock.advance((when - network.clock.now()).total_seconds())
    to_half_hour(network.clock)
    return network.tick()


def to_half_hour(clock: ManualClock) -> None:
    """Time passes until the next full half hour; a tick that has just been is over."""
    since = (clock.now() - datetime.min.replace(tzinfo=clock.now().tzinfo)) % TICK
    clock.advance((TICK - since).total_seconds())


def wakes_at(network: Stage, hubs: tuple[str, ...]) -> datetime | None:
    """When the first of the hubs is due by time alone."""
    journal = Wiring(network.environ, network.clock).journal
    found = [journal.read(hub).journal for hub in hubs]
    times = [when for one in found if one is not None for when in _times(one)]
    return min(times, default=None)


def _times(journal: HubJournal) -> Iterator[datetime]:
    if journal.run.wake_at is not None:
        yield journal.run.wake_at
    if journal.run.state in UNDER_WAY and journal.lease is not None:
        yield journal.lease.expires_at
