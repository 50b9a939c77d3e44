"""What public DNS answers now. Looks only; never trusts the machine's own resolver."""

from typing import Protocol

import dns.exception
import dns.nameserver
import dns.resolver

from provisioner.models.dns import DnsEntry, DnsState

PUBLIC_SERVERS = (("1.1.1.1", 53), ("8.8.8.8", 53))
SECONDS = 5.0


class DnsReader(Protocol):
    """Looks only. Safe to repeat."""

    def seen(self, entry: DnsEntry) -> DnsEntry: ...


class PublicDns:
    """Asks the given servers, each an address and a port."""

    def __init__(self, servers: tuple[tuple[str, int], ...] = PUBLIC_SERVERS) -> None:
        self._resolver = dns.resolver.Resolver(configure=False)
        self._resolver.nameservers = [
            dns.nameserver.Do53Nameserver(address, port) for address, port in servers
        ]
        self._resolver.lifetime = SECONDS

    def seen(self, entry: DnsEntry) -> DnsEntry:
        """The entry with its state and the answers that public DNS gives for it."""
        answers = self._answers(entry.name, entry.type)
        if not answers and answers is not None and entry.type == "CNAME":
            answers = self._answers(entry.name, "A")
        if answers is None:
            return entry.model_copy(update={"answers": ()})
        return entry.model_copy(update={"answers": answers, "state": _state(entry, answers)})

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


def _state(entry: DnsEntry, answers: tuple[str, ...]) -> DnsState:
    wanted = _comparable(entry.value)
    held = wanted in {_comparable(answer) for answer in answers}
    if entry.state is DnsState.REMOVE:
        return DnsState.REMOVE if held or not entry.value else DnsState.OK
    if held:
        return DnsState.OK
    return DnsState.WRONG if answers and entry.type != "TXT" else DnsState.MISSING


def _comparable(value: str) -> str:
    return value.strip().removesuffix(".").lower()
