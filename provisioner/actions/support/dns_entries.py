"""Every DNS entry that a project's domains need, as public DNS has it now. Looks only.

The host has the last word: where it is content with a domain, its entries are
in place, however they were set (an alias record, a proxy, other values).
"""

from collections.abc import Sequence
from dataclasses import dataclass

from provisioner.actions.base import Readers
from provisioner.actions.support.host_problems import concerning, in_words
from provisioner.dns.compared import comparable, state_of
from provisioner.hosting.problems import HostProblem, Problem
from provisioner.models.app import DesiredApp
from provisioner.models.dns import DnsEntry, DnsState
from provisioner.models.remote import AttachedDomain, DomainAdvice


@dataclass(frozen=True)
class DomainObservation:
    """One domain. `advice` is missing where the host could not look just now."""

    domain: AttachedDomain
    advice: DomainAdvice | None
    entries: tuple[DnsEntry, ...]

    @property
    def settled(self) -> bool:
        """Whether the host is content with its DNS, and nothing stands in the way."""
        hindered = any(entry.state is DnsState.REMOVE for entry in self.entries)
        return self.advice is not None and not self.advice.misconfigured and not hindered

    @property
    def provable(self) -> bool:
        """Whether it is worth asking the host to look at the proof of ownership.

        One challenge in place is enough; where the host names none, it may tell by itself.
        """
        challenges = self.domain.challenges
        keys = {(item.type, item.name, item.value) for item in challenges}
        standing = any(
            (entry.type, entry.name, entry.value) in keys and entry.state is DnsState.OK
            for entry in self.entries
        )
        return not self.domain.verified and (standing or not challenges)


def observe(
    app: DesiredApp, domains: Sequence[AttachedDomain], readers: Readers
) -> list[DomainObservation]:
    """Each domain as the host and public DNS have it now."""
    return [_observe(app, domain, readers) for domain in domains]


def entries_of(observations: Sequence[DomainObservation]) -> tuple[DnsEntry, ...] | None:
    """All entries; `None` where the host could say none at all, so that the known ones stay."""
    if observations and all(seen.advice is None for seen in observations):
        return None
    return tuple(entry for seen in observations for entry in seen.entries)


def _observe(app: DesiredApp, domain: AttachedDomain, readers: Readers) -> DomainObservation:
    advice = _advice(app, domain, readers)
    challenges = () if domain.verified else domain.challenges
    if advice is None:
        return DomainObservation(domain, None, tuple(readers.dns.seen(item) for item in challenges))
    conflicts = tuple(readers.dns.seen(entry) for entry in advice.conflicts)
    hindering = tuple(entry for entry in conflicts if entry.state is DnsState.REMOVE)
    wanted = [_beside(readers.dns.seen(entry), hindering) for entry in advice.wanted]
    if not advice.misconfigured:
        wanted = [entry.model_copy(update={"state": DnsState.OK}) for entry in wanted]
    proofs = (readers.dns.seen(entry) for entry in challenges)
    return DomainObservation(domain, advice, (*proofs, *wanted, *hindering))


def _beside(entry: DnsEntry, hindering: Sequence[DnsEntry]) -> DnsEntry:
    """A right value beside one that is to be removed anyway is not wrong itself."""
    if entry.state is not DnsState.WRONG:
        return entry
    leaving = {
        comparable(item.value)
        for item in hindering
        if (item.type, item.name) == (entry.type, entry.name)
    }
    staying = tuple(answer for answer in entry.answers if comparable(answer) not in leaving)
    return entry.model_copy(update={"state": state_of(entry, staying)})


def _advice(app: DesiredApp, domain: AttachedDomain, readers: Readers) -> DomainAdvice | None:
    host = readers.host(app)
    try:
        return host.domain_advice(app.team, app.project, domain)
    except HostProblem as error:
        if error.problem is Problem.NAME_SERVERS_SILENT:
            return None
        if error.problem is not Problem.NO_DOMAIN_NAME:
            raise
        with in_words(host, concerning(app, domain.name)):
            raise
