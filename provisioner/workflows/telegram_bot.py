"""The workflow of a Telegram bot: copy, project, variables, build, webhook, live."""

from provisioner.actions.base import Readers, Writers, bind
from provisioner.actions.check_live import CheckLive
from provisioner.actions.create_project import CreateProject
from provisioner.actions.deploy import Deploy
from provisioner.actions.fork_repository import ForkRepository
from provisioner.actions.register_webhook import RegisterWebhook
from provisioner.actions.remove_variables import RemoveVariables
from provisioner.actions.set_environment import SetEnvironment
from provisioner.actions.support.hand_over import Neighbours
from provisioner.engine.step import Step
from provisioner.models.app import DesiredApp

ACTIONS = (
    ForkRepository.name,
    CreateProject.name,
    SetEnvironment.name,
    Deploy.name,
    RegisterWebhook.name,
    CheckLive.name,
)
"""Those that every bot has; the others only come up where they are needed."""


def telegram_bot(
    app: DesiredApp, readers: Readers, writers: Writers | None, _neighbours: Neighbours
) -> tuple[Step, ...]:
    """The webhook comes after the build, so that the first message finds the app. No domains."""
    return (
        bind(ForkRepository(), app, readers, writers),
        bind(CreateProject(), app, readers, writers),
        bind(SetEnvironment(), app, readers, writers),
        bind(RemoveVariables(), app, readers, writers),
        bind(Deploy(), app, readers, writers),
        bind(RegisterWebhook(), app, readers, writers),
        bind(CheckLive(), app, readers, writers),
    )
