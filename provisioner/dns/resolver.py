"""What public DNS answers now. Looks only; never trusts the machine's own resolver."""

from typing import Protocol

import dns.exception
import dns.nameserver
import dns.resolver

from provisioner.dns.compared import state_of
from provisioner.models.dns import DnsEntry, DnsState

PUBLIC_SERVERS = (("1.1.1.1", 53), ("8.8.8.8", 53))
SECONDS = 5.0
"""For all servers together."""


class DnsReader(Protocol):
    """Looks only. Safe to repeat."""

    def seen(self, entry: DnsEntry) -> DnsEntry: ...


class PublicDns:
    """Asks the given servers, each an address and a port; `seconds` is the time for one name."""

    def __init__(
        self,
        servers: tuple[tuple[str, int], ...] = PUBLIC_SERVERS,
        seconds: float = SECONDS,
    ) -> None:
        self._resolver = dns.resolver.Resolver(configure=False)
        self._resolver.nameservers = [
            dns.nameserver.Do53Nameserver(address, port) for address, port in servers
        ]
        self._resolver.lifetime = seconds
        self._resolver.timeout = seconds / 2

    def seen(self, entry: DnsEntry) -> DnsEntry:
        """The entry with its state and the answers that public DNS gives for it.

        Where nobody answers the state is not known, which is not the same as wrong;
        what the host wants removed stays so until public DNS says that it is gone.
        """
        answers = self._answers(entry.name, entry.type)
        if answers == () and entry.type == "CNAME":  # addresses may stand in its place
            answers = self._answers(entry.name, "A")
        if answers is None:
            unknown = entry.state if entry.state is DnsState.REMOVE else DnsState.UNKNOWN
            return entry.model_copy(update={"answers": (), "state": unknown})
        return entry.model_copy(update={"answers": answers, "state": state_of(entry, answers)})

    def _answers(self, name: str, kind: str) -> tuple[str, ...] | None:
        """The values, sorted; none where there is no such entry; `None` when nobody answers."""
        try:
            found = self._resolver.resolve(name, kind, raise_on_no_answer=False)
        except dns.resolver.NXDOMAIN:
            return ()
        except (dns.exception.DNSException, OSError):
            return None
        return tuple(sorted(_text(record) for record in found.rrset or ()))


def _text(record: object) -> str:
    strings = getattr(record, "strings", None)
    if strings is not None:  # TXT: one value may come in several strings
        return b"".join(strings).decode("utf-8", "replace")
    return str(record).removesuffix(".")
