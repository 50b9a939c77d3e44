"""Takes domains off a project that the hub file no longer asks for. A retirement step.

Only domains that the journal says we attached are touched; the DNS entries
themselves belong to the hub and stay.
"""

from dataclasses import dataclass
from datetime import timedelta

from provisioner.actions.attach_domains import KIND, attached_domains
from provisioner.actions.base import Readers, Writers
from provisioner.engine.step import Assessment, Claims
from provisioner.models.plan import Verdict


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
            writers.host.detach_domain(inputs.team, inputs.project, domain)
        return None
