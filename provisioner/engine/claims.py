"""What an app may call its own: the resources in the journal, by the app that has them. Pure.

A claim is a hint that its resource is ours; whoever touches it asks the world for proof.
"""

from collections.abc import Sequence

from provisioner.engine.limits import MOST_RESOURCES
from provisioner.engine.step import FAILED, Claims, made_by
from provisioner.engine.tasks import AppTask
from provisioner.models.plan import Resource
from provisioner.models.run import AppRecord, Run, StepState


def claims_of(run: Run | None, app_id: str) -> Claims:
    """What a run's record says of an app."""
    apps = [app for app in (run.apps if run else ()) if app.id == app_id]
    steps = [step for app in apps for step in app.steps]
    owned = {(item.kind, item.name) for app in apps for item in app.resources}
    made = {(made_by(step.action), step.made) for step in steps if step.made}
    failed = {
        (FAILED, step.action)
        for step in steps
        if step.state is StepState.FAILED and step.wake_at is None
    }
    return frozenset(owned | made | failed)


def claims_for(task: AppTask, before: Run | None) -> Claims:
    """What is an app's own as its run begins."""
    return claims_of(before, task.id) | {(item.kind, item.name) for item in task.takes}


def held_by(
    task: AppTask, known: AppRecord | None, planned: Sequence[Resource] = ()
) -> tuple[Resource, ...]:
    """The resources of an app as its run begins.

    What was claimed before keeps its word on whether it had existed. Beyond
    `MOST_RESOURCES` the former ones are dropped.
    """
    kept = [item for item in (known.resources if known else ()) if item not in task.releases]
    former = {(item.kind, item.name): item for item in (*kept, *task.takes)}
    new = {(item.kind, item.name): item for item in planned}
    left = max(MOST_RESOURCES - len(new), 0)
    others = [key for key in former if key not in new][:left]
    by_key = new | {key: item for key, item in former.items() if key in new or key in others}
    return tuple(by_key[key] for key in sorted(by_key))
