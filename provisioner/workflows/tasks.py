"""From a hub's desired state to what is to be done: each app's workflow, or its retirement."""

from collections.abc import Callable
from datetime import datetime

from provisioner.actions.attach_domains import KIND as DOMAIN
from provisioner.actions.base import Readers, Writers
from provisioner.actions.copy_plan import KIND as REPOSITORY
from provisioner.actions.create_project import KIND as PROJECT
from provisioner.actions.create_project import project_key
from provisioner.actions.snapshot import snapshot
from provisioner.engine.run_record import AppTask, HubTask
from provisioner.engine.step import Step
from provisioner.errors import ConfigurationError
from provisioner.models.app import DesiredApp, DesiredHub
from provisioner.models.journal import HubJournal
from provisioner.models.plan import Resource
from provisioner.models.run import AppRecord, Run, RunState
from provisioner.workflows.retirement import NOTE, retirement
from provisioner.workflows.telegram_bot import telegram_bot
from provisioner.workflows.website import website

Workflow = Callable[[DesiredApp, Readers, Writers | None], tuple[Step, ...]]

WORKFLOWS: dict[str, Workflow] = {"website": website, "telegram-bot": telegram_bot}

RETIRED_DIGEST = "retired"


def hub_task(
    desired: DesiredHub, journal: HubJournal | None, readers: Readers, writers: Writers | None
) -> HubTask:
    """Each app that is asked for, and the retirement of each that no longer is."""
    previous = journal.run if journal else None
    desired = _since(desired, journal.seals_since if journal else None)
    remembered = snapshot(readers)
    moved = _moved(desired, previous)
    wanted = tuple(
        AppTask(
            id=app.id,
            app=app.entry.id,
            title=app.entry.app.title,
            steps=_workflow(app)(app, readers, writers),
            planning=_workflow(app)(app, remembered, None),
            releases=_elsewhere(app, moved[app.id]) if app.id in moved else (),
        )
        for app in desired.apps
    )
    ids = {app.id for app in wanted}
    dropped = [app for app in (previous.apps if previous else ()) if app.id not in ids]
    retired = tuple(
        _retired(desired.id, app, readers, writers) for app in dropped if not _is_retired(app)
    )
    retired += tuple(
        _left_behind(app, moved[app.id], readers, writers)
        for app in desired.apps
        if app.id in moved
    )
    return HubTask(
        hub=desired.id,
        title=desired.title,
        digest=desired.digest,
        apps=(*wanted, *retired),
        notes=(NOTE,) if retired else (),
        maintainers=desired.maintainers,
        blob=desired.blob,
    )


def _since(desired: DesiredHub, moment: datetime | None) -> DesiredHub:
    """The hub and its apps, told since when the name has its present owners."""
    told = {"seals_since": moment}
    apps = tuple(app.model_copy(update=told) for app in desired.apps)
    return desired.model_copy(update={**told, "apps": apps})


def retirement_task(hub: str, previous: Run, readers: Readers, writers: Writers | None) -> HubTask:
    """Every app of a hub whose file is gone."""
    return HubTask(
        hub=hub,
        title=previous.title,
        digest=RETIRED_DIGEST,
        apps=tuple(_retired(hub, app, readers, writers) for app in previous.apps),
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


def _retired(hub: str, app: AppRecord, readers: Readers, writers: Writers | None) -> AppTask:
    return AppTask(
        id=app.id,
        app=app.app,
        title=app.title,
        steps=retirement(hub, app, readers, writers),
        retiring=True,
    )


def _moved(desired: DesiredHub, previous: Run | None) -> dict[str, AppRecord]:
    """The records of apps whose file now names another account of the host than before.

    A change of GitHub's account alone leaves nothing online behind: the project stays where it
    is and is connected to the new copy, which it is known by the old one to belong to.
    """
    records = {app.id: app for app in (previous.apps if previous else ()) if not app.retiring}
    return {
        app.id: records[app.id]
        for app in desired.apps
        if app.id in records
        and any(item.kind == PROJECT for item in _elsewhere(app, records[app.id]))
    }


def _elsewhere(app: DesiredApp, record: AppRecord) -> tuple[Resource, ...]:
    """What an app claims in accounts that its file no longer names."""
    here = {PROJECT: project_key(app.team, app.project), REPOSITORY: app.repository}
    return tuple(
        item for item in record.resources if item.kind in here and item.name != here[item.kind]
    )


def _left_behind(
    app: DesiredApp, record: AppRecord, readers: Readers, writers: Writers | None
) -> AppTask:
    """The retirement of what an app leaves behind when it moves to another account."""
    left = _elsewhere(app, record)
    domains = tuple(item for item in record.resources if item.kind == DOMAIN)
    team = next((item.name.partition("/")[0] for item in left if item.kind == PROJECT), app.team)
    old = record.model_copy(update={"resources": (*left, *domains)})
    return AppTask(
        id=f"{app.id}@{team}",
        app=record.app,
        title=f"{record.title} in its former account",
        steps=retirement(app.hub, old, readers, writers, record.resources),
        retiring=True,
        takes=old.resources,
    )


def _is_retired(app: AppRecord) -> bool:
    return app.retiring and app.state is RunState.COMPLETED
