"""Takes domains off a project that the hub file no longer asks for. A retirement step.

Only domains that the journal says we attached are touched; the DNS entries
themselves belong to the hub and stay.
"""

from dataclasses import dataclass
from datetime import timedelta

from provisioner.actions.attach_domains import KIND, attached_domains
from provisioner.actions.base import Readers, Writers
from provisioner.actions.domain_refusals import HOUR
from provisioner.actions.ownership import carries
from provisioner.actions.refusals import Refusal, codes, refusals
from provisioner.engine.step import Assessment, Claims
from provisioner.models.plan import Actor, Verdict
from provisioner.models.remote import Project

NOT_OURS = (
    "The project of this name is linked to no copy of the hub's and carries no mark of the "
    "provisioner, so it was left as it is."
)


@dataclass(frozen=True)
class ProjectDomains:
    """A project, and the domains that it keeps.

    `label` and `copies` prove whose it is. Without a label it needs no proof: an earlier step
    of the same workflow has it.
    """

    team: str
    project: str
    kept: tuple[str, ...] = ()
    label: str = ""
    copies: tuple[str, ...] = ()


def is_proved(inputs: ProjectDomains, project: Project, readers: Readers) -> bool:
    """Whether the project shows that it is ours: by its link to our copy, or by our label.

    Its name and the journal are no proof: people rename projects and may write the journal.
    """
    linked = (project.repository or "").lower()
    if not inputs.label or linked in {copy.lower() for copy in inputs.copies}:
        return True
    return carries(inputs.label, inputs.team, project, readers)


class DetachDomains:
    """Idempotent: what is off already counts as taken off."""

    name = "detach-domains"
    timeout = timedelta(minutes=2)

    def __init__(self, optional: bool) -> None:
        self.optional = optional

    def assess(
        self, inputs: ProjectDomains, readers: Readers, claims: Claims, handle: str | None
    ) -> Assessment:
        project = readers.host.project(inputs.team, inputs.project) if inputs.label else None
        if project is not None and not is_proved(inputs, project, readers):
            return Assessment(Verdict.KEEP, NOT_OURS, needless=True)
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
