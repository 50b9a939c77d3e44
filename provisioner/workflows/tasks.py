"""From a hub's desired state to what is to be done: each app's workflow, or its retirement."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from provisioner.actions.base import Readers, Writers
from provisioner.actions.support.hand_over import Neighbours
from provisioner.actions.support.snapshot import snapshot
from provisioner.engine.step import Step
from provisioner.engine.tasks import AppTask, HubTask
from provisioner.errors import ConfigurationError
from provisioner.models.app import DesiredApp, DesiredHub
from provisioner.models.journal import HubJournal
from provisioner.models.run import AppRecord, Run, RunState
from provisioner.workflows import telegram_bot, website
from provisioner.workflows.leaving import (
    Leaving,
    given_up,
    is_retired,
    leaving,
    neighbours,
    taken_back,
)
from provisioner.workflows.own import app_of
from provisioner.workflows.retirement import NOTE, retirement

Steps = Callable[[DesiredApp, Readers, Writers | None, Neighbours], tuple[Step, ...]]


@dataclass(frozen=True)
class Workflow:
    """The steps of one kind of app; `actions` are those that it always has."""

    steps: Steps
    actions: tuple[str, ...]


WORKFLOWS: dict[str, Workflow] = {
    "website": Workflow(website.website, website.ACTIONS),
    "telegram-bot": Workflow(telegram_bot.telegram_bot, telegram_bot.ACTIONS),
}

RETIRED_DIGEST = "retired"
FORMER = " in its former account"


def hub_task(
    desired: DesiredHub, journal: HubJournal | None, readers: Readers, writers: Writers | None
) -> HubTask:
    """Each app that is asked for, and the retirement of what no longer is."""
    desired = _since(desired, journal.seals_since if journal else None)
    records = {app.id: app for app in (journal.run.apps if journal else ())}
    left = leaving(desired.apps, records.values())
    remembered = snapshot(readers)

    def wanted(app: DesiredApp) -> AppTask:
        steps, beside = _workflow(app).steps, neighbours(app, desired, records.values())
        return AppTask(
            id=app.id,
            app=app.entry.id,
            title=app.entry.app.title,
            steps=steps(app, readers, writers, beside),
            planning=steps(app, remembered, None, beside),
            takes=tuple(taken_back(app, journal)),
            releases=tuple(given_up(app, records.get(app.id), left)),
        )

    gone = _gone([app.id for app in desired.apps], records.values(), left)
    return HubTask(
        hub=desired.id,
        title=desired.title,
        digest=desired.digest,
        apps=(
            *(wanted(app) for app in desired.apps),
            *(_retired(desired.id, item, readers, writers) for item in left),
            *gone,
        ),
        notes=(NOTE,) if left or gone else (),
        maintainers=desired.maintainers,
        blob=desired.blob,
    )


def has_grown(desired: DesiredHub, run: Run) -> bool:
    """Whether an app that is done lacks a step which its workflow always has.

    So it is with a hub that is live when a new version of the provisioner comes. One that is
    not done gets the step when it is run.
    """
    listed = {app.id: {step.action for step in app.steps} for app in run.apps if _is_done(app)}
    known = [
        app for app in desired.apps if app.id in listed and app.entry.app.workflow in WORKFLOWS
    ]
    return any(not listed[app.id].issuperset(_workflow(app).actions) for app in known)


def _is_done(app: AppRecord) -> bool:
    return app.state is RunState.COMPLETED and not app.retiring


def _since(desired: DesiredHub, moment: datetime | None) -> DesiredHub:
    """The hub and its apps, told since when the name has its present owners."""
    told = {"seals_since": moment}
    apps = tuple(app.model_copy(update=told) for app in desired.apps)
    return desired.model_copy(update={**told, "apps": apps})


def retirement_task(hub: str, previous: Run, readers: Readers, writers: Writers | None) -> HubTask:
    """Every app of a hub whose file is gone."""
    left = leaving((), previous.apps)
    return HubTask(
        hub=hub,
        title=previous.title,
        digest=RETIRED_DIGEST,
        apps=(
            *(_retired(hub, item, readers, writers) for item in left),
            *_gone((), previous.apps, left),
        ),
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


def _retired(hub: str, item: Leaving, readers: Readers, writers: Writers | None) -> AppTask:
    record, moved = item.record, item.app in item.after
    elsewhere = item.id != record.id or moved
    return AppTask(
        id=item.id,
        app=record.app,
        title=f"{_own_title(record)}{FORMER}" if elsewhere else record.title,
        steps=retirement(hub, item, readers, writers),
        retiring=True,
        takes=item.resources,
        after=item.after,
    )


def _own_title(record: AppRecord) -> str:
    return record.title.removesuffix(FORMER)


def _gone(
    ids: Sequence[str], records: Iterable[AppRecord], left: Sequence[Leaving]
) -> list[AppTask]:
    """Apps that are asked for no longer and have no project: there is nothing to take offline."""
    listed = {*ids, *(item.id for item in left)}
    return [
        AppTask(id=record.id, app=record.app, title=record.title, steps=(), retiring=True)
        for record in records
        if record.id not in listed and app_of(record) == record.id and not is_retired(record)
    ]
