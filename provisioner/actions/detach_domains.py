"""Takes domains off a project that the hub file no longer asks for. A retirement step.

Only domains that the journal says we attached are touched; the DNS entries
themselves belong to the hub and stay.
"""

from datetime import timedelta

from provisioner.actions.base import Readers, Writers
from provisioner.actions.support.host_problems import in_words
from provisioner.actions.support.project_domains import (
    KIND,
    NOT_OURS,
    ProjectDomains,
    attached_domains,
    is_proved,
)
from provisioner.engine.step import Assessed, Claims
from provisioner.hosting.problems import Concerned
from provisioner.models.plan import Verdict


class DetachDomains:
    """Idempotent: what is off already counts as taken off."""

    name = "detach-domains"
    timeout = timedelta(minutes=2)

    def __init__(self, optional: bool) -> None:
        self.optional = optional

    def assess(
        self, inputs: ProjectDomains, readers: Readers, claims: Claims, handle: str | None
    ) -> Assessed[tuple[str, ...]]:
        project = (
            readers.host(inputs).project(inputs.team, inputs.project) if inputs.label else None
        )
        if project is not None and not is_proved(inputs, project, readers):
            return Assessed(Verdict.KEEP, NOT_OURS, needless=True)
        attached = attached_domains(readers, inputs, inputs.project)
        surplus = tuple(
            item.name
            for item in attached
            if item.name not in inputs.kept and (KIND, item.name) in claims
        )
        if not surplus:
            return Assessed(Verdict.KEEP, "No domain is left over.")
        return Assessed(Verdict.REMOVE, f"Take off {', '.join(surplus)}.", found=surplus)

    def perform(
        self, inputs: ProjectDomains, writers: Writers, found: tuple[str, ...]
    ) -> str | None:
        host = writers.host(inputs)
        for domain in found:
            with in_words(host, Concerned(inputs.team, inputs.project, domain=domain)):
                host.detach_domain(inputs.team, inputs.project, domain)
        return None
