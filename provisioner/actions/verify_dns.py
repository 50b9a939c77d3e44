"""Says which DNS entries a person must set, and waits until the host is content with them."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from provisioner.actions.base import Readers, Writers
from provisioner.actions.support.dns_entries import DomainObservation, entries_of, observe
from provisioner.actions.support.host_problems import concerning, in_words
from provisioner.actions.support.project_domains import attached_domains
from provisioner.engine.step import Assessed, Claims, Progress, moving
from provisioner.errors import NotYet
from provisioner.models.app import DesiredApp
from provisioner.models.dns import DnsEntry, DnsState
from provisioner.models.plan import Actor, Verdict
from provisioner.models.remote import AttachedDomain

OBSERVE_AGAIN = timedelta(minutes=10)
_TO_DO = frozenset({DnsState.MISSING, DnsState.WRONG, DnsState.REMOVE})


class VerifyDns:
    """Changes nothing but to ask the host to look at an ownership entry that is in place."""

    name = "verify-dns"
    timeout = timedelta(minutes=2)
    optional = False

    def assess(
        self, app: DesiredApp, readers: Readers, claims: Claims, handle: str | None
    ) -> Assessed[tuple[str, ...]]:
        if not app.domains:
            return Assessed(
                Verdict.KEEP, "The app has no domain of its own.", needless=True, dns=()
            )
        attached = {item.name: item for item in attached_domains(readers, app, app.project)}
        if readers.host(app).kind.abilities.dns_before_domains:
            attached = {name: _to_come(name) for name in app.domains} | attached
        if any(domain not in attached for domain in app.domains):
            detail = "The DNS entries are known once the domains are connected."
            return Assessed(
                Verdict.KEEP, detail, progress=Progress.WAITING, wake_after=OBSERVE_AGAIN
            )
        observations = observe(app, [attached[domain] for domain in app.domains], readers)
        return replace(
            _judged(observations, readers.host(app).kind.name), dns=entries_of(observations)
        )

    def perform(self, app: DesiredApp, writers: Writers, found: tuple[str, ...]) -> str | None:
        host = writers.host(app)
        with in_words(host, concerning(app)):
            unproved = [
                domain for domain in found if not host.verify_domain(app.team, app.project, domain)
            ]
        if unproved:
            raise NotYet(
                f"{host.kind.name} does not see the proof of ownership of {', '.join(unproved)} "
                "yet.",
                "Nothing is needed if the TXT entry stands as shown: it can take an hour.",
                Actor.NOBODY,
                OBSERVE_AGAIN.total_seconds(),
            )
        return None


def _to_come(name: str) -> AttachedDomain:
    """A domain as it will be on the project: nobody has to prove it to such a host."""
    return AttachedDomain(name=name, zone=name, verified=True)


def _judged(observations: Sequence[DomainObservation], host: str) -> Assessed[tuple[str, ...]]:
    provable = tuple(seen.domain.name for seen in observations if seen.provable)
    if provable:
        detail = f"Ask {host} to look at the proof of ownership of {', '.join(provable)}."
        return Assessed(Verdict.UPDATE, detail, found=provable)
    unsettled = [seen for seen in observations if not (seen.settled and seen.domain.verified)]
    if not unsettled:
        return Assessed(Verdict.KEEP, _in_place(observations, host))
    if any(entry.state in _TO_DO for entry in _entries(unsettled)):
        return _to_be_set()
    return moving(_not_seen(unsettled, host))


def _in_place(observations: Sequence[DomainObservation], host: str) -> str:
    better = [seen for seen in observations if seen.advice and seen.advice.may_improve]
    wanted = [entry for seen in better for entry in seen.entries if entry.type in ("A", "CNAME")]
    newer = [f"`{entry.value}` for {entry.name}" for entry in wanted]
    advice = f" {host} has newer values, to set when it suits: {', '.join(newer)}." if newer else ""
    return f"Every DNS entry is in place.{advice}"


def _to_be_set() -> Assessed[tuple[str, ...]]:
    return Assessed(
        Verdict.KEEP,
        "The DNS entries are not in place yet.",
        "Set them where the domain is managed. It can take an hour until they are seen; the "
        "provisioner looks again by itself.",
        Actor.FACILITATOR,
        Progress.WAITING,
        OBSERVE_AGAIN,
    )


def _not_seen(observations: Sequence[DomainObservation], host: str) -> str:
    """Nobody has to do anything, and why it is not settled all the same."""
    silent = [seen.domain.name for seen in observations if seen.advice is None]
    if silent:
        return f"{host} could not ask the name servers of {', '.join(silent)} just now."
    unknown = {e.name for e in _entries(observations) if e.state is DnsState.UNKNOWN}
    if unknown:
        return f"Public DNS gave no answer about {', '.join(sorted(unknown))} just now."
    return f"The entries are in place; {host} has not seen them yet."


def _entries(observations: Sequence[DomainObservation]) -> tuple[DnsEntry, ...]:
    return tuple(entry for seen in observations for entry in seen.entries)
