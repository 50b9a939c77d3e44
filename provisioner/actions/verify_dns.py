"""Says which DNS entries a person must set, and waits until the host is content with them."""

from datetime import timedelta

from provisioner.actions.attach_domains import attached_domains
from provisioner.actions.base import Readers, Writers
from provisioner.engine.step import Assessment, Claims, Progress, moving
from provisioner.errors import NotYet
from provisioner.models.app import DesiredApp
from provisioner.models.dns import DnsEntry, DnsState
from provisioner.models.plan import Actor, Verdict
from provisioner.models.remote import AttachedDomain, DomainAdvice

LOOK_AGAIN = timedelta(minutes=10)
_ASK = "Ask Vercel to look at the proof of ownership"


class VerifyDns:
    """Changes nothing but to ask the host to look at an ownership entry that is in place."""

    name = "verify-dns"
    timeout = timedelta(minutes=2)
    optional = False

    def assess(
        self, app: DesiredApp, readers: Readers, claims: Claims, handle: str | None
    ) -> Assessment:
        if not app.domains:
            return Assessment(Verdict.KEEP, "The app has no domain of its own.", needless=True)
        attached = {
            item.name: item for item in attached_domains(readers.host, app.team, app.project)
        }
        if any(domain not in attached for domain in app.domains):
            detail = "The DNS entries are known once the domains are attached."
            return Assessment(
                Verdict.KEEP, detail, progress=Progress.WAITING, wake_after=LOOK_AGAIN
            )
        return self._judged(app, [attached[domain] for domain in app.domains], readers)

    def perform(self, app: DesiredApp, writers: Writers, look: Assessment) -> str | None:
        for domain in look.found if isinstance(look.found, tuple) else ():
            if not writers.host.verify_domain(app.team, app.project, domain):
                raise NotYet(
                    f"Vercel does not see the proof of ownership of {domain} yet.",
                    "Nothing is needed if the TXT entry stands as shown: it can take an hour.",
                    Actor.NOBODY,
                    LOOK_AGAIN.total_seconds(),
                )
        return None

    def _judged(
        self, app: DesiredApp, domains: list[AttachedDomain], readers: Readers
    ) -> Assessment:
        advice = [readers.host.domain_advice(app.team, app.project, item) for item in domains]
        entries = tuple(
            readers.dns.seen(entry)
            for domain, advised in zip(domains, advice, strict=True)
            for entry in _entries(domain, advised)
        )
        provable = tuple(item.name for item in domains if _is_provable(item, entries))
        if provable:
            detail = f"{_ASK} of {', '.join(provable)}."
            return Assessment(Verdict.UPDATE, detail, dns=entries, found=provable)
        pending = any(not item.verified for item in domains)
        return _verdict(entries, pending or any(item.misconfigured for item in advice))


def _entries(domain: AttachedDomain, advice: DomainAdvice) -> tuple[DnsEntry, ...]:
    challenges = () if domain.verified else domain.challenges
    return (*challenges, *advice.wanted, *advice.conflicts)


def _is_provable(domain: AttachedDomain, entries: tuple[DnsEntry, ...]) -> bool:
    """One challenge in place is enough."""
    keys = {(item.type, item.name, item.value) for item in domain.challenges}
    return not domain.verified and any(
        (entry.type, entry.name, entry.value) in keys and entry.state is DnsState.OK
        for entry in entries
    )


def _verdict(entries: tuple[DnsEntry, ...], wanting: bool) -> Assessment:
    if not wanting:
        return Assessment(Verdict.KEEP, "Every DNS entry is in place.", dns=entries)
    if all(entry.state is DnsState.OK for entry in entries):
        look = moving("The entries are in place; Vercel has not seen them yet.")
        return Assessment(look.verdict, look.detail, progress=look.progress, dns=entries)
    return Assessment(
        Verdict.KEEP,
        "The DNS entries are not in place yet.",
        "Set them where the domain is registered. It can take an hour until they are seen; the "
        "provisioner looks again by itself.",
        Actor.FACILITATOR,
        Progress.WAITING,
        LOOK_AGAIN,
        dns=entries,
    )
