"""How a run's record begins, goes on and ends. Pure: values in, values out."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from provisioner.engine.claims import held_by
from provisioner.engine.endings import WAKE_AFTER_STOP
from provisioner.engine.limits import MOST_NOTES, MOST_VALUE, tidy
from provisioner.engine.planner import AppAssessment
from provisioner.engine.step import Step
from provisioner.engine.tasks import AppTask, HubTask
from provisioner.errors import FatalError
from provisioner.models.dns import DnsEntry
from provisioner.models.plan import Actor
from provisioner.models.run import FINISHED_STEPS, AppRecord, Run, RunState, StepRecord, StepState


@dataclass(frozen=True)
class Origin:
    """Where the desired state came from, and which Actions run works on it."""

    commit: str | None = None
    pull_request: int | None = None
    actions_run_url: str | None = None


def start_run(
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


def listed_steps(before: Run | None, task: HubTask, app_id: str) -> frozenset[str]:
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
        and all(_is_listed(app, before) for app in task.apps)
        and all(plan.satisfied for plan in plans)
    )


def _is_listed(task: AppTask, run: Run) -> bool:
    """Whether the run tells of the app, and of each step that it always has."""
    always = {step.action for step in task.steps if not step.optional}
    known = (app for app in run.apps if app.id == task.id)
    return any(always <= {step.action for step in app.steps} for app in known)


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
    steps = _opened_steps(plan.steps, known.steps if known else (), resumed)
    return AppRecord(
        id=task.id,
        app=task.app,
        title=task.title,
        url=known.url if known else None,
        dns=_entries(plan, known if resumed else None),
        steps=steps,
        resources=held_by(task, known, plan.resources),
        retiring=task.retiring,
    )


def _entries(plan: AppAssessment, known: AppRecord | None) -> tuple[DnsEntry, ...]:
    """Those that the plan has seen; entries of a former file are asked of nobody."""
    seen = [one.dns for one in plan.assessments if one.dns is not None]
    return seen[-1] if seen else (known.dns if known else ())


def _opened_steps(
    steps: Sequence[Step], before: Sequence[StepRecord], resumed: bool
) -> tuple[StepRecord, ...]:
    """A record for each step: kept where the run goes on, else only what the step made last."""
    known = {record.action: record for record in before}
    fresh = {step.action: StepRecord(action=step.action) for step in steps}
    if resumed:
        return tuple(known.get(action, record) for action, record in fresh.items())
    made = {action: record.made for action, record in known.items()}
    return tuple(
        record.model_copy(update={"made": made.get(action, "")}) for action, record in fresh.items()
    )


def _left_app(task: AppTask, known: AppRecord | None, resumed: bool) -> AppRecord:
    """An app that this run does not look at: as it was, or still to come.

    The entries that a former file asked for may be another app's by now: they are asked of nobody.
    """
    resources = held_by(task, known)
    if known is not None and resumed:
        return known.model_copy(update={"resources": resources})
    steps = _opened_steps(
        [step for step in task.steps if not step.optional], known.steps if known else (), False
    )
    return AppRecord(
        id=task.id,
        app=task.app,
        title=task.title,
        url=known.url if known else None,
        steps=steps,
        resources=resources,
        retiring=task.retiring,
    )


def finish_run(run: Run, now: datetime) -> Run:
    """The run's state follows from its apps'. An app still to come makes it wait, due at once.

    Of each app only the step that it stands at wakes it: nothing goes on behind that one.
    """
    states = {app.state for app in run.apps}
    state = next((after for seen, after in _DECIDING if seen in states), RunState.COMPLETED)
    wakes = [app.stands_at.wake_at for app in run.apps if app.stands_at and app.stands_at.wake_at]
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


def interrupt_run(run: Run, now: datetime) -> Run:
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
    if app.first_unfinished is None:
        return app
    index = app.steps.index(app.first_unfinished)
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


def comparable_state(run: Run) -> object:
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


def was_at_work(run: Run) -> bool:
    """Whether a process had the run in hand when it was recorded, and may have ended since."""
    return run.state in (RunState.RUNNING, RunState.CANCELLED)
