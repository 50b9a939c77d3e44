"""One worker a hub: the journal names who is at work and until when that may be believed."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from provisioner.errors import ProvisionerError
from provisioner.models.journal import HubJournal, Lease

DURATION = timedelta(minutes=15)
SKEW = timedelta(minutes=2)
"""By so much the clocks of two workers may differ."""


def is_held(lease: Lease | None, now: datetime) -> bool:
    """Whether somebody may be at work. No worker takes a lease that ends later than `DURATION`
    from its own now, so that one which does is no worker's and is not believed.
    """
    return lease is not None and now < lease.expires_at <= now + DURATION + SKEW


def is_fresh(lease: Lease | None, now: datetime) -> bool:
    """Whether a lease of our own keeps every other worker out, whatever its clock says."""
    return lease is not None and now < lease.expires_at - SKEW


class Busy(ProvisionerError):
    """Another run is at work on the hub."""


@dataclass(frozen=True)
class Worker:
    """This process's name, and what it can tell of others: whether one has surely ended."""

    name: str
    gone: Callable[[str], bool]

    def lease(self, now: datetime) -> Lease:
        return Lease(holder=self.name, expires_at=now + DURATION)

    def respect(self, journal: HubJournal | None, now: datetime) -> None:
        """Raise `Busy` while somebody else is at work."""
        lease = journal.lease if journal else None
        if lease is None or not is_held(lease, now):
            return
        if lease.holder != self.name and not self.gone(lease.holder):
            raise Busy(
                f"another run is at work on this hub, until {lease.expires_at:%H:%M} UTC at most",
                "Wait for it; if it has died, re-run this job after that time.",
            )
