"""The workflow of a project that is no longer asked for: offline, nothing deleted."""

from provisioner.actions.base import Readers, Writers, bind
from provisioner.actions.detach_domains import DetachDomains
from provisioner.actions.pause_project import PauseProject
from provisioner.actions.support.project_domains import ProjectDomains
from provisioner.actions.support.project_key import place_of
from provisioner.engine.step import Step
from provisioner.workflows.leaving import Leaving

NOTE = (
    "What goes offline loses its domains, and its project is paused. Nothing is deleted: "
    "repositories, projects, variables and data stay in the hub's own accounts. Put it back into "
    "the hub file to come online again."
)


def retirement(
    hub: str, item: Leaving, readers: Readers, writers: Writers | None
) -> tuple[Step, ...]:
    """Works from what the journal says that we made, and asks the project for its proof."""
    at = place_of(item.project.name)
    inputs = ProjectDomains(
        at.host,
        at.team,
        at.project,
        label=f"{hub}/{item.app}",
        copies=tuple(copy.name for copy in item.copies),
    )
    return (
        bind(DetachDomains(optional=False), inputs, readers, writers),
        bind(PauseProject(), inputs, readers, writers),
    )
