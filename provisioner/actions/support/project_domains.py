"""The names of a project of the hub, and whether the project is the hub's at all. Looks only."""

from dataclasses import dataclass

from provisioner.actions.base import At, Readers
from provisioner.actions.support.ownership import carries
from provisioner.hosting.problems import HostProblem, Problem
from provisioner.models.app import DesiredApp
from provisioner.models.remote import AttachedDomain, Project

KIND = "domain"
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

    host: str
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
    return carries(inputs.label, inputs, project, readers)


def production_names(app: DesiredApp, readers: Readers) -> tuple[str, ...]:
    """The host's own name for the project's production deployment, if it has one."""
    project = readers.host(app).project(app.team, app.project)
    return project.aliases[:1] if project else ()


def attached_domains(readers: Readers, at: At, project: str) -> tuple[AttachedDomain, ...]:
    """The project's domains; none while there is no project."""
    try:
        return readers.host(at).domains(at.team, project)
    except HostProblem as error:
        if error.problem is Problem.MISSING:
            return ()
        raise
