"""The workflow of a website: copy, project, variables, build, domains, DNS, live."""

from provisioner.actions.attach_domains import AttachDomains
from provisioner.actions.base import Readers, Writers, bind
from provisioner.actions.check_live import CheckLive
from provisioner.actions.create_project import CreateProject
from provisioner.actions.deploy import Deploy
from provisioner.actions.detach_domains import DetachDomains, ProjectDomains
from provisioner.actions.fork_repository import ForkRepository
from provisioner.actions.remove_variables import RemoveVariables
from provisioner.actions.set_environment import SetEnvironment
from provisioner.actions.verify_dns import VerifyDns
from provisioner.engine.step import Step
from provisioner.models.app import DesiredApp


def website(app: DesiredApp, readers: Readers, writers: Writers | None) -> tuple[Step, ...]:
    """Domains come after the build: the host takes none before a good deployment.

    First those that are no longer asked for: two apps may swap theirs.
    """
    kept = ProjectDomains(app.team, app.project, app.domains)
    return (
        bind(ForkRepository(), app, readers, writers),
        bind(CreateProject(), app, readers, writers),
        bind(SetEnvironment(), app, readers, writers),
        bind(RemoveVariables(), app, readers, writers),
        bind(Deploy(), app, readers, writers),
        bind(DetachDomains(optional=True), kept, readers, writers),
        bind(AttachDomains(), app, readers, writers),
        bind(VerifyDns(), app, readers, writers),
        bind(CheckLive(), app, readers, writers),
    )
