"""The workflow of a website: copy, project, variables, build, domains, DNS, live."""

from provisioner.actions.attach_domains import AttachDomains
from provisioner.actions.base import Readers, Writers, bind
from provisioner.actions.check_live import CheckLive
from provisioner.actions.create_project import CreateProject
from provisioner.actions.deploy import Deploy
from provisioner.actions.detach_domains import DetachDomains
from provisioner.actions.fork_repository import ForkRepository
from provisioner.actions.remove_variables import RemoveVariables
from provisioner.actions.set_environment import SetEnvironment
from provisioner.actions.support.hand_over import Neighbours
from provisioner.actions.support.project_domains import ProjectDomains
from provisioner.actions.verify_dns import VerifyDns
from provisioner.engine.step import Step
from provisioner.models.app import DesiredApp

ACTIONS = (
    ForkRepository.name,
    CreateProject.name,
    SetEnvironment.name,
    Deploy.name,
    AttachDomains.name,
    VerifyDns.name,
    CheckLive.name,
)
"""Those that every website has; the others only come up where they are needed."""


def website(
    app: DesiredApp, readers: Readers, writers: Writers | None, neighbours: Neighbours
) -> tuple[Step, ...]:
    """In the order that the host needs: most take domains only after a good build.

    A domain that moves between apps is taken over by the one that gets it, when that one answers.
    """
    abilities = readers.host(app).kind.abilities
    kept = ProjectDomains(app.host, app.team, app.project, (*app.domains, *neighbours.wanted))
    build = (bind(Deploy(), app, readers, writers),)
    domains = (
        bind(DetachDomains(optional=True), kept, readers, writers),
        bind(AttachDomains(neighbours.former), app, readers, writers),
    )
    dns = (bind(VerifyDns(), app, readers, writers),)
    online = (*build, *domains) if abilities.domains_after_build else (*domains, *build)
    return (
        bind(ForkRepository(), app, readers, writers),
        bind(CreateProject(), app, readers, writers),
        bind(SetEnvironment(), app, readers, writers),
        bind(RemoveVariables(), app, readers, writers),
        *((*dns, *online) if abilities.dns_before_domains else (*online, *dns)),
        bind(CheckLive(), app, readers, writers),
    )
