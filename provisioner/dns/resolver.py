"""What public DNS answers now. Looks only; never trusts the machine's own resolver."""

import time
from collections.abc import Callable
from typing import Protocol

import dns.exception
import dns.nameserver
import dns.resolver

from provisioner.dns.compared import state_of
from provisioner.models.dns import DnsEntry, DnsState
from provisioner.safetext import shorten

PUBLIC_SERVERS = (("1.1.1.1", 53), ("8.8.8.8", 53))
SECONDS = 5.0
"""For all servers and all questions about one entry together."""
MOST_ANSWERS = 20
MOST_ANSWER = 500
"""So many values of an entry are kept, each of so many characters; all of them are judged."""


class DnsReader(Protocol):
    """Looks only. Safe to repeat."""

    def seen(self, entry: DnsEntry) -> DnsEntry: ...


class PublicDns:
    """Asks the given servers, each an address and a port; `seconds` is the time for one entry.

    An answer is a DNS message: at most 64 KB, with at most sixteen aliases in a row.
    """

    def __init__(
        self,
        servers: tuple[tuple[str, int], ...] = PUBLIC_SERVERS,
        seconds: float = SECONDS,
        elapsed: Callable[[], float] = time.monotonic,
    ) -> None:
        self._resolver = dns.resolver.Resolver(configure=False)
        self._resolver.nameservers = [
            dns.nameserver.Do53Nameserver(address, port) for address, port in servers
        ]
        self._resolver.timeout = seconds / 2
        self._seconds = seconds
        self._elapsed = elapsed

    def seen(self, entry: DnsEntry) -> DnsEntry:
        """The entry with its state and the answers that public DNS gives for it.

        Where nobody answers the state is not known, which is not the same as wrong;
        what the host wants removed stays so until public DNS says that it is gone.
        """
        until = self._elapsed() + self._seconds
        answers = self._answers(entry.name, entry.type, until)
        if answers == () and entry.type == "CNAME":  # addresses may stand in its place
            answers = self._answers(entry.name, "A", until)
        if answers is None:
            unknown = entry.state if entry.state is DnsState.REMOVE else DnsState.UNKNOWN
            return entry.model_copy(update={"answers": (), "state": unknown})
        state = state_of(entry, answers)
        return entry.model_copy(update={"answers": _kept(entry, answers), "state": state})

    def addresses(self, name: str, seconds: float) -> tuple[str, ...] | None:
        """Where a visitor of `name` is led, IPv4 first; `None` when nobody answers in time."""
        until = self._elapsed() + min(seconds, self._seconds)
        answers = [self._answers(name, kind, until) for kind in ("A", "AAAA")]
        found = tuple(address for some in answers for address in some or ())
        return None if not found and None in answers else found

    def _answers(self, name: str, kind: str, until: float) -> tuple[str, ...] | None:
        """The values, sorted; none where there is no such entry; `None` when nobody answers."""
        left = until - self._elapsed()  # of no time that is left dnspython makes a timeout
        try:
            found = self._resolver.resolve(name, kind, raise_on_no_answer=False, lifetime=left)
        except dns.resolver.NXDOMAIN:
            return ()
        except (dns.exception.DNSException, OSError):
            return None
        return tuple(sorted(_text(record) for record in found.rrset or ()))


def _kept(entry: DnsEntry, answers: tuple[str, ...]) -> tuple[str, ...]:
    """The wanted value first, then what is like it; how many are left out stands at the end.

    What stands for those left out is no value, so nobody takes the rest for all there is.
    """
    head = entry.value[: MOST_ANSWER // 10]
    by_use = sorted(answers, key=lambda one: (one != entry.value, not one.startswith(head)))
    kept = tuple(shorten(one, MOST_ANSWER) for one in by_use[:MOST_ANSWERS])
    left_out = len(answers) - len(kept)
    return (*sorted(kept), f"… and {left_out} more") if left_out else tuple(sorted(kept))


def _text(record: object) -> str:
    strings = getattr(record, "strings", None)
    if strings is not None:  # TXT: one value may come in several strings
        return b"".join(strings).decode("utf-8", "replace")
    return str(record).removesuffix(".")
