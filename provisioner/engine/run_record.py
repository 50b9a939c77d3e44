"""How a run's record begins, goes on and ends. Pure: values in, values out."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from provisioner.engine.endings import WAKE_AFTER_STOP
from provisioner.engine.limits import MOST_NOTES, MOST_RESOURCES, MOST_VALUE, tidy
from provisioner.engine.planner import AppAssessment
from provisioner.engine.runner import pending_steps
from provisioner.engine.step import FAILED, Claims, Step
from provisioner.errors import FatalError
from provisioner.models.plan import Actor, Resource
from provisioner.models.run import FINISHED_STEPS, AppRecord, Run, RunState, StepRecord, StepState


@dataclass(frozen=True)
class AppTask:
    """One app and the steps that bring it to its desired state."""

    id: str
    app: str
    title: str
    steps: tuple[Step, ...]
    retiring: bool = False
    planning: tuple[Step, ...] = ()
    """The same steps for making a plan, if they differ: their looks may be remembered."""
    takes: tuple[Resource, ...] = ()
    """Resources that another app of the hub claimed so far and that are this app's from now on."""
    releases: tuple[Resource, ...] = ()
    """Resources that this app claimed so far and no longer does."""


@dataclass(frozen=True)
class HubTask:
    """What is to be done for one hub."""

    hub: str
    title: str
    digest: str
    apps: tuple[AppTask, ...]
    others: tuple[AppTask, ...] = ()
    """Apps that are asked for as well, but not to be looked at in this run."""
    retiring: bool = False
    notes: tuple[str, ...] = ()
    maintainers: tuple[str, ...] | None = None
    """Logins; `None` where the hub's file is gone: then the journal keeps those of before."""
    network_maintainers: tuple[str, ...] = ()
    blob: str = ""
    """The id that git gives to the hub file."""


@dataclass(frozen=True)
class Origin:
    """Where the desired state came from, and which Actions run works on it."""

    commit: str | None = None
    pull_request: int | None = None
    actions_run_url: str | None = None


def opened(
    task: HubTask, before: Run | None, plans: dict[str, AppAssessment], run_id: str, now: datetime
) -> Run:
    """The run as it begins: the same one goes on while its desired state is not reached."""
    resumed = before is not None and _resumes(before, task)
    known = {app.id: app for app in before.apps} if before is not None else {}
    apps = tuple(_opened_app(app, plans[app.id], known.get(app.id), resumed) for app in task.apps)
    apps += tuple(_left_app(app, known.get(app.id), resumed) for app in task.others)
    if resumed and before is not None:
        listed = {app.id for app in apps}
        apps += tuple(app for app in before.apps if app.id not in listed)
        update = {
            "state": RunState.RUNNING,
            "apps": apps,
            "ended_at": None,
            "wake_at": None,
        }
        return before.model_copy(update=update)
    return Run(
        id=run_id,
        hub=task.hub,
        title=task.title,
        state=RunState.RUNNING,
        digest=task.digest,
        blob=task.blob,
        started_at=now,
        retiring=task.retiring,
        apps=apps,
        notes=tuple(tidy(note, MOST_VALUE) for note in task.notes[:MOST_NOTES]),
    )


def claims_of(run: Run | None, app_id: str) -> Claims:
    apps = [app for app in (run.apps if run else ()) if app.id == app_id]
    owned = {(resource.kind, resource.name) for app in apps for resource in app.resources}
    failed = {
        (FAILED, step.action)
        for app in apps
        for step in app.steps
        if step.state is StepState.FAILED and step.wake_at is None
    }
    return frozenset(owned | failed)


def claims_for(task: AppTask, before: Run | None) -> Claims:
    """What is an app's own as its run begins."""
    taken = {(item.kind, item.name) for item in task.takes}
    return claims_of(before, task.id) | taken


def begun_steps(before: Run | None, task: HubTask, app_id: str) -> frozenset[str]:
    """The actions that the run to be resumed has listed for an app already."""
    if before is None or not _resumes(before, task):
        return frozenset()
    return frozenset(step.action for app in before.apps if app.id == app_id for step in app.steps)


def agrees(before: Run, task: HubTask, plans: Iterable[AppAssessment]) -> bool:
    """Whether the journal already says what the world shows: nothing to do, nothing to write."""
    return (
        before.state is RunState.COMPLETED
        and before.digest == task.digest
        and before.retiring == task.retiring
        and {app.id for app in task.apps} <= {app.id for app in before.apps}
        and all(plan.satisfied for plan in plans)
    )


def _resumes(before: Run, task: HubTask) -> bool:
    """The same desired state, not yet reached: the run goes on rather than a new one begins."""
    return (
        before.digest == task.digest
        and before.retiring == task.retiring
        and before.state not in (RunState.COMPLETED, RunState.SUPERSEDED)
    )


def _opened_app(
    task: AppTask, plan: AppAssessment, known: AppRecord | None, resumed: bool
) -> AppRecord:
    steps = pending_steps(plan.steps, known.steps if known and resumed else ())
    kept = [item for item in (known.resources if known else ()) if item not in task.releases]
    return AppRecord(
        id=task.id,
        app=task.app,
        title=task.title,
        url=known.url if known else None,
        dns=known.dns if known else (),
        steps=steps,
        resources=_united((*kept, *task.takes), plan.resources),
        retiring=task.retiring,
    )


def _left_app(task: AppTask, known: AppRecord | None, resumed: bool) -> AppRecord:
    """An app that this run does not look at: as it was, or still to come."""
    if known is not None and resumed:
        return known
    steps = tuple(StepRecord(action=step.action) for step in task.steps if not step.optional)
    fresh = AppRecord(
        id=task.id, app=task.app, title=task.title, steps=steps, retiring=task.retiring
    )
    if known is None:
        return fresh
    return fresh.model_copy(
        update={"url": known.url, "dns": known.dns, "resources": known.resources}
    )


def _united(known: Sequence[Resource], new: Sequence[Resource]) -> tuple[Resource, ...]:
    """What was claimed before keeps its word on whether it had existed.

    Beyond `MOST_RESOURCES` the former ones are dropped.
    """
    wanted = {(item.kind, item.name) for item in new}
    former = [item for item in known if (item.kind, item.name) not in wanted]
    left = max(MOST_RESOURCES - len(wanted), 0)
    by_key = {(item.kind, item.name): item for item in (*new, *former[:left])}
    by_key |= {key: item for item in known if (key := (item.kind, item.name)) in wanted}
    return tuple(by_key[key] for key in sorted(by_key))


def concluded(run: Run, now: datetime) -> Run:
    """The run's state follows from its apps'. An app still to come makes it wait, due at once."""
    states = {app.state for app in run.apps}
    state = next((after for seen, after in _DECIDING if seen in states), RunState.COMPLETED)
    wakes = [step.wake_at for app in run.apps for step in app.steps if step.wake_at]
    wakes += [now] if state is RunState.WAITING and RunState.QUEUED in states else []
    return run.model_copy(
        update={
            "state": state,
            "wake_at": None if state is RunState.COMPLETED else min(wakes, default=None),
            "ended_at": now if state is RunState.COMPLETED else None,
        }
    )


_DECIDING = (
    (RunState.CANCELLED, RunState.CANCELLED),
    (RunState.FAILED, RunState.FAILED),
    (RunState.RUNNING, RunState.FAILED),
    (RunState.WAITING, RunState.WAITING),
    (RunState.QUEUED, RunState.WAITING),
)


def broken_off(run: Run, now: datetime) -> Run:
    """The run when the process is stopped while a step still hangs in a request."""

    def ended(step: StepRecord) -> StepRecord:
        if step.state is not StepState.RUNNING:
            return step
        update = {
            "state": StepState.CANCELLED,
            "detail": "The job was stopped while it waited for an answer; whether the change was "
            "made is not known.",
            "hint": "Re-run the job; it looks first and goes on where it stopped.",
            "who": Actor.MAINTAINER,
            "wake_at": now + WAKE_AFTER_STOP,
        }
        return step.model_copy(update=update)

    return _with_steps(run, ended)


def failed_app(app: AppRecord, error: FatalError) -> AppRecord:
    """The app when something broke beside its steps: the first unfinished one has failed."""
    index = next((i for i, it in enumerate(app.steps) if it.state not in FINISHED_STEPS), None)
    if index is None:
        return app
    update = {
        "state": StepState.FAILED,
        "detail": error.message,
        "hint": error.hint,
        "who": Actor(error.who),
        "wake_at": None,
    }
    step = app.steps[index].model_copy(update=update)
    return app.model_copy(update={"steps": (*app.steps[:index], step, *app.steps[index + 1 :])})


def cancelled(run: Run) -> Run:
    """The run as a person ends it: what was not finished is cancelled, and nothing wakes it."""

    def ended(step: StepRecord) -> StepRecord:
        if step.state in FINISHED_STEPS or step.state is StepState.PENDING:
            return step
        update = {
            "state": StepState.CANCELLED,
            "wake_at": None,
            "hint": "Run the hub again to go on.",
            "who": Actor.NOBODY,
        }
        return step.model_copy(update=update)

    run = _with_steps(run, ended)
    return run.model_copy(update={"state": RunState.CANCELLED, "wake_at": None})


def _with_steps(run: Run, change: Callable[[StepRecord], StepRecord]) -> Run:
    apps = tuple(
        app.model_copy(update={"steps": tuple(change(step) for step in app.steps)})
        for app in run.apps
    )
    return run.model_copy(update={"apps": apps})


def essence(run: Run) -> object:
    """A run without what differs from look to look although nothing has changed."""
    fading = {"attempts", "started_at", "ended_at", "wake_at"}
    return run.model_dump(
        include={"state": True, "apps": True, "digest": True},
        exclude={"apps": {"__all__": {"steps": {"__all__": fading}}}},
    )


def with_origin(run: Run, origin: Origin) -> Run:
    """A resumed run keeps what it knows where the new origin does not say."""
    return run.model_copy(
        update={
            "commit": origin.commit or run.commit,
            "pull_request": origin.pull_request or run.pull_request,
            "actions_run_url": origin.actions_run_url or run.actions_run_url,
        }
    )
