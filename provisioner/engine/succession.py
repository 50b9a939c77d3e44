"""Who comes first: what an app leaves behind is touched last, when what takes its place is live.

Pure. An app that leaves (`AppTask.after`) waits until each app that takes its
place is done; until then it stays as it is, online.
"""

from collections.abc import Mapping

from provisioner.engine.planner import AppAssessment
from provisioner.engine.tasks import AppTask, HubTask
from provisioner.models.run import Run, RunState


def may_go(app: AppTask, run: Run) -> bool:
    """Whether everything that takes the app's place is done."""
    done = {record.id for record in run.apps if record.state is RunState.COMPLETED}
    return set(app.after) <= done


def will_change(app: AppTask, plans: Mapping[str, AppAssessment]) -> bool:
    """Whether a run that began now would change anything for the app."""
    plan = plans[app.id]
    free = all(id in plans and plans[id].satisfied for id in app.after)
    return plan.changes and plan.blocked is None and free


def has_to_wait(plan: AppAssessment) -> bool:
    """Whether something is waited for before the plan's first change."""
    first = next((one for one in plan.assessments if not one.satisfied), None)
    return first is not None and not first.changes


def why_not_yet(app: AppTask, task: HubTask) -> str:
    """In words for people: what the app waits for."""
    titles = {item.id: item.title for item in (*task.apps, *task.others)}
    names = " and ".join(titles.get(id, id) for id in app.after)
    come = "are live in their new places" if len(app.after) > 1 else "is live in its new place"
    return f"Stays online as it is until {names} {come}."
