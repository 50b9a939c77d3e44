"""From a hub's desired state to what is to be done: each app's workflow, or its retirement."""

from collections.abc import Callable

from provisioner.actions.base import Readers, Writers
from provisioner.actions.snapshot import snapshot
from provisioner.engine.run_record import AppTask, HubTask
from provisioner.engine.step import Step
from provisioner.errors import ConfigurationError
from provisioner.models.app import DesiredApp, DesiredHub
from provisioner.models.run import AppRecord, Run, RunState
from provisioner.workflows.retirement import NOTE, retirement
from provisioner.workflows.telegram_bot import telegram_bot
from provisioner.workflows.website import website

Workflow = Callable[[DesiredApp, Readers, Writers | None], tuple[Step, ...]]

WORKFLOWS: dict[str, Workflow] = {"website": website, "telegram-bot": telegram_bot}

RETIRED_DIGEST = "retired"


def hub_task(
    desired: DesiredHub, previous: Run | None, readers: Readers, writers: Writers | None
) -> HubTask:
    """Each app that is asked for, and the retirement of each that no longer is."""
    remembered = snapshot(readers)
    wanted = tuple(
        AppTask(
            id=app.id,
            app=app.entry.id,
            title=app.entry.app.title,
            steps=_workflow(app)(app, readers, writers),
            planning=_workflow(app)(app, remembered, None),
        )
        for app in desired.apps
    )
    ids = {app.id for app in wanted}
    dropped = [app for app in (previous.apps if previous else ()) if app.id not in ids]
    retired = tuple(_retired(app, readers, writers) for app in dropped if not _is_retired(app))
    return HubTask(
        hub=desired.id,
        title=desired.title,
        digest=desired.digest,
        apps=(*wanted, *retired),
        notes=(NOTE,) if retired else (),
    )


def retirement_task(hub: str, previous: Run, readers: Readers, writers: Writers | None) -> HubTask:
    """Every app of a hub whose file is gone."""
    return HubTask(
        hub=hub,
        title=previous.title,
        digest=RETIRED_DIGEST,
        apps=tuple(_retired(app, readers, writers) for app in previous.apps),
        retiring=True,
        notes=(NOTE,),
    )


def _workflow(app: DesiredApp) -> Workflow:
    name = app.entry.app.workflow
    if name not in WORKFLOWS:
        raise ConfigurationError(
            f"the catalog's app {app.entry.id} names a workflow that does not exist: {name}",
            f"Name one of: {', '.join(WORKFLOWS)}.",
        )
    return WORKFLOWS[name]


def _retired(app: AppRecord, readers: Readers, writers: Writers | None) -> AppTask:
    return AppTask(
        id=app.id,
        app=app.app,
        title=app.title,
        steps=retirement(app, readers, writers),
        retiring=True,
    )


def _is_retired(app: AppRecord) -> bool:
    return app.retiring and app.state is RunState.COMPLETED
