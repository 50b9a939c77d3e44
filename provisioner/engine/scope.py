"""Which apps of a hub a run looks at; the others stay as they are, or still to come. Pure."""

from collections.abc import Callable
from dataclasses import replace

from provisioner.engine.tasks import AppTask, HubTask
from provisioner.errors import ConfigurationError
from provisioner.models.run import AppRecord, Run, StepState


def only_app(task: HubTask, app_id: str) -> HubTask:
    """The task for one app, with what it leaves behind in other accounts.

    Raises `ConfigurationError` when the hub has none of that id.
    """
    narrowed = _only(task, lambda app: app.id.partition("@")[0] == app_id)
    if not narrowed.apps:
        known = ", ".join(app.id for app in task.apps if "@" not in app.id)
        raise ConfigurationError(f"hub {task.hub} has no app {app_id}", f"Name one of: {known}.")
    return narrowed


def without_given_up(task: HubTask, previous: Run | None) -> HubTask:
    """The task without apps that failed for good; whole when nothing would remain of it.

    Only a person, or a change of the hub's file, has those tried again.
    """
    if previous is None or previous.digest != task.digest:
        return task
    given_up = {app.id for app in previous.apps if _failed_for_good(app)}
    narrowed = _only(task, lambda app: app.id not in given_up)
    return narrowed if narrowed.apps else task


def _failed_for_good(app: AppRecord) -> bool:
    return any(step.state is StepState.FAILED and step.wake_at is None for step in app.steps)


def _only(task: HubTask, chosen: Callable[[AppTask], bool]) -> HubTask:
    apps = tuple(app for app in task.apps if chosen(app))
    left = tuple(app for app in task.apps if not chosen(app))
    return replace(task, apps=apps, others=(*task.others, *left))
