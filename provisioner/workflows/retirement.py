"""The workflow of an app that is no longer asked for: offline, nothing deleted."""

from provisioner.actions.base import Readers, Writers, bind
from provisioner.actions.create_project import KIND as PROJECT
from provisioner.actions.detach_domains import DetachDomains, ProjectDomains
from provisioner.actions.pause_project import PauseProject
from provisioner.engine.step import Step
from provisioner.models.run import AppRecord

NOTE = (
    "Domains were taken off and projects paused. Nothing was deleted: repositories, projects, "
    "variables and data stay in the hub's own accounts. Put the hub file back to come online again."
)


def retirement(record: AppRecord, readers: Readers, writers: Writers | None) -> tuple[Step, ...]:
    """Works from what the journal says that we made: the hub file is gone."""
    projects = [item.name for item in record.resources if item.kind == PROJECT]
    team, _, project = (projects[0] if projects else "/").partition("/")
    inputs = ProjectDomains(team, project)
    if not project:
        return ()
    return (
        bind(DetachDomains(optional=False), inputs, readers, writers),
        bind(PauseProject(), inputs, readers, writers),
    )
