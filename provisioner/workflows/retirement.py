"""The workflow of an app that is no longer asked for: offline, nothing deleted."""

from provisioner.actions.base import Readers, Writers, bind
from provisioner.actions.copy_plan import KIND as REPOSITORY
from provisioner.actions.create_project import KIND as PROJECT
from provisioner.actions.detach_domains import DetachDomains, ProjectDomains
from provisioner.actions.pause_project import PauseProject
from provisioner.engine.step import Step
from provisioner.models.plan import Resource
from provisioner.models.run import AppRecord
from provisioner.workflows.own import app_of

NOTE = (
    "Domains were taken off and projects paused. Nothing was deleted: repositories, projects, "
    "variables and data stay in the hub's own accounts. Put the hub file back to come online again."
)


def retirement(
    hub: str,
    record: AppRecord,
    readers: Readers,
    writers: Writers | None,
    copies: tuple[Resource, ...] = (),
) -> tuple[Step, ...]:
    """Works from what the journal says that we made, and asks each project for its proof.

    `copies`: further resources of the record, among which are the app's repositories.
    """
    projects = [item.name for item in record.resources if item.kind == PROJECT]
    team, _, project = (projects[0] if projects else "/").partition("/")
    known = (*record.resources, *copies)
    inputs = ProjectDomains(
        team,
        project,
        label=f"{hub}/{app_of(record)}",
        copies=tuple(item.name for item in known if item.kind == REPOSITORY),
    )
    if not project:
        return ()
    return (
        bind(DetachDomains(optional=False), inputs, readers, writers),
        bind(PauseProject(), inputs, readers, writers),
    )
