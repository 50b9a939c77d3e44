"""Tasks, plans and records of one hub: what the stories of this folder begin with."""

from datetime import UTC, datetime, timedelta
from typing import Any

from provisioner.engine.planner import AppAssessment
from provisioner.engine.step import Assessment, Progress, Step
from provisioner.engine.tasks import AppTask, HubTask
from provisioner.models.plan import Resource, Verdict
from provisioner.models.run import AppRecord, Run, RunState, StepRecord, StepState

NOW = datetime(2026, 1, 1, tzinfo=UTC)

THERE = Assessment(Verdict.KEEP)
CREATE = Assessment(Verdict.CREATE, "Make it.")
WAITS = Assessment(Verdict.KEEP, "Not yet.", progress=Progress.WAITING)
BLOCKED = Assessment(Verdict.BLOCKED, "There is something else.")


def thing(name: str, **fields: Any) -> Resource:
    return Resource(kind="thing", name=name, **fields)


def step(look: Assessment = THERE, action: str = "step", optional: bool = False) -> Step:
    """A step that always sees the same."""
    return Step(
        action, lambda _claims, _handle: look, lambda _look: None, timedelta(minutes=1), optional
    )


def plan(*looks: Assessment) -> AppAssessment:
    steps = tuple(step(look, f"step-{number}") for number, look in enumerate(looks))
    return AppAssessment(steps, looks)


def app_task(id: str = "docs", *steps: Step, **fields: Any) -> AppTask:
    return AppTask(id, "docs-site", id.title(), steps, **fields)


def hub_task(*apps: AppTask, digest: str = "d1", **fields: Any) -> HubTask:
    return HubTask("nairobi", "Nairobi", digest, apps, **fields)


def step_record(
    state: StepState = StepState.DONE, action: str = "step", **fields: Any
) -> StepRecord:
    return StepRecord(action=action, state=state, **fields)


def app_record(id: str = "docs", *steps: StepRecord, **fields: Any) -> AppRecord:
    return AppRecord(id=id, app="docs-site", steps=steps, **{"title": id.title(), **fields})


def run_of(*apps: AppRecord, state: RunState = RunState.RUNNING, **fields: Any) -> Run:
    defaults: dict[str, Any] = {
        "id": "r1",
        "hub": "nairobi",
        "title": "Nairobi",
        "digest": "d1",
        "started_at": NOW,
    }
    return Run(state=state, apps=apps, **{**defaults, **fields})
