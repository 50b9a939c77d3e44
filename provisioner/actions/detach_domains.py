"""Takes domains off a project that the hub file no longer asks for. A retirement step.

Only domains that the journal says we attached are touched; the DNS entries
themselves belong to the hub and stay.
"""

from dataclasses import dataclass
from datetime import timedelta

from provisioner.actions.attach_domains import KIND, attached_domains
from provisioner.actions.base import Readers, Writers
from provisioner.actions.domain_refusals import HOUR
from provisioner.actions.refusals import Refusal, codes, refusals
from provisioner.engine.step import Assessment, Claims
from provisioner.models.plan import Actor, Verdict


@dataclass(frozen=True)
class ProjectDomains:
    """A project, and the domains that it keeps."""

    team: str
    project: str
    kept: tuple[str, ...] = ()


class DetachDomains:
    """Idempotent: what is off already counts as taken off."""

    name = "detach-domains"
    timeout = timedelta(minutes=2)

    def __init__(self, optional: bool) -> None:
        self.optional = optional

    def assess(
        self, inputs: ProjectDomains, readers: Readers, claims: Claims, handle: str | None
    ) -> Assessment:
        attached = attached_domains(readers.host, inputs.team, inputs.project)
        surplus = tuple(
            item.name
            for item in attached
            if item.name not in inputs.kept and (KIND, item.name) in claims
        )
        if not surplus:
            return Assessment(Verdict.KEEP, "No domain is left over.")
        return Assessment(Verdict.REMOVE, f"Take off {', '.join(surplus)}.", found=surplus)

    def perform(self, inputs: ProjectDomains, writers: Writers, look: Assessment) -> str | None:
        for domain in look.found if isinstance(look.found, tuple) else ():
            with refusals(*_refusals(domain, inputs)):
                writers.host.detach_domain(inputs.team, inputs.project, domain)
        return None


def _refusals(domain: str, inputs: ProjectDomains) -> tuple[Refusal, ...]:
    return (
        Refusal(
            codes("domain_is_redirect"),
            f"Other domains of the Vercel project {inputs.project} lead on to {domain}, so it "
            "cannot be taken off.",
            "Somebody set that by hand: on Vercel, in the project's settings under Domains, let "
            "them lead elsewhere or remove them; then ask a network maintainer to re-run the job.",
            Actor.FACILITATOR,
        ),
        Refusal(
            lambda error: error.status == 409,
            f"Vercel does not let go of {domain} while the project {inputs.project} is changing "
            "hands.",
            "Finish or cancel the transfer on Vercel. The provisioner looks again by itself.",
            Actor.FACILITATOR,
            wake_after=HOUR,
        ),
    )
