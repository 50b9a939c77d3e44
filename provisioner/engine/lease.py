"""One worker a hub: the journal names who is at work and until when that may be believed."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from provisioner.errors import ProvisionerError
from provisioner.models.journal import HubJournal, Lease

DURATION = timedelta(minutes=15)


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
        if lease is None or lease.holder == self.name or self.gone(lease.holder):
            return
        if lease.expires_at > now:
            raise Busy(
                f"another run is at work on this hub, until {lease.expires_at:%H:%M} UTC at most",
                "Wait for it; if it has died, re-run this job after that time.",
            )
