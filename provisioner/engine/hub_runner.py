"""Brings one hub to its desired state: plan, name what will be touched, run, record.

The journal gets one commit that names every resource *before* the first side
effect, checkpoints some time apart, and a last one. When the plan finds nothing
to do and the journal agrees, nothing is written at all.
"""

import logging
import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import partial

from provisioner.clock import Clock
from provisioner.engine import people, planner
from provisioner.engine.bugs import bug_of, protected
from provisioner.engine.checkpoints import Checkpoints, StandBack
from provisioner.engine.endings import waiting_for
from provisioner.engine.journal import Entry, Journal
from provisioner.engine.lease import Busy, Worker
from provisioner.engine.limits import Redact, kept_look
from provisioner.engine.people import AccountId, are_recorded
from provisioner.engine.planner import AppAssessment
from provisioner.engine.recorder import Listener, Recorder
from provisioner.engine.retry import Retrier, explained, wanted_wait
from provisioner.engine.run_record import (
    AppTask,
    HubTask,
    Origin,
    agrees,
    begun_steps,
    broken_off,
    claims_for,
    claims_of,
    concluded,
    essence,
    failed_app,
    opened,
    with_origin,
)
from provisioner.engine.runner import AppRunner
from provisioner.engine.side_by_side import side_by_side
from provisioner.engine.step import Assessment, Claims, Progress, Step
from provisioner.engine.step_log import StepLog
from provisioner.errors import Interrupted, NotYet, ProvisionerError, TokenRefused, Unreachable
from provisioner.models.plan import Actor, Verdict
from provisioner.models.run import Run, RunState

Plans = dict[str, AppAssessment]

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Engine:
    """What every hub's run needs."""

    journal: Journal
    clock: Clock
    retrier: Retrier
    rng: random.Random
    worker: Worker
    deadline: datetime | None = None
    redact: Redact = str
    account_id: AccountId = lambda _login: None


@dataclass(frozen=True)
class HubRunner:
    """Runs one hub. `listeners` hear of every state, of many threads but one at a time.

    `origin` is asked only when there is something to write.
    """

    engine: Engine
    entry: Entry
    task: HubTask
    origin: Callable[[], Origin]
    listeners: Sequence[Listener] = ()
    superseding: Callable[[Run, Run], None] = lambda _old, _new: None
    """Hears of an unfinished run and of the one that takes over, before that one begins."""
    facts: Callable[[Run], Run] = lambda run: run
    """Adds what listeners have learnt of a run, such as its comment, before it is written."""

    def run(self) -> Run:
        """Run or resume. Safe to repeat at any time, also after a crash at any point.

        Raises `Busy`, `TokenRefused`, `Unreachable` before anything was changed,
        `LostRace` when another worker took the hub over.
        """
        before = self.entry.journal.run if self.entry.journal else None
        self.engine.worker.respect(self.entry.journal, self.engine.clock.now())
        plans = self._assess(before)
        settled = before is not None and agrees(before, self.task, plans.values())
        if before is not None and settled and self._owners_are_recorded():
            return self._unchanged(before)
        run = opened(self.task, before, plans, self._run_id(), self.engine.clock.now())
        if any(plan.changes and not plan.blocked for plan in plans.values()):
            return self._carry_out(run, plans, before)
        return self._look_again(run, plans, before)

    def _carry_out(self, run: Run, plans: Plans, before: Run | None) -> Run:
        run = self.facts(with_origin(run, self.origin()))
        self._tell_superseded(before, run)
        checkpoints = self._checkpoints()
        checkpoints.begin(run)
        recorder = Recorder(run, (checkpoints, *self.listeners))
        recorder.tell()
        try:
            self._run_apps(recorder, plans)
        except StandBack as error:
            raise Busy(str(error), "Nothing is lost: the other run goes on.") from error
        except Interrupted:
            recorder.change(lambda run: broken_off(run, self.engine.clock.now()))
            self._conclude(recorder, checkpoints)
            raise
        return self._conclude(recorder, checkpoints)

    def _conclude(self, recorder: Recorder, checkpoints: Checkpoints) -> Run:
        recorder.change(lambda run: concluded(run, self.engine.clock.now()))
        run = self.facts(recorder.run)
        checkpoints.end(run)
        return run

    def _look_again(self, run: Run, plans: Plans, before: Run | None) -> Run:
        """Nothing to change: write only when what is seen differs, or the wake time has come."""
        recorder = Recorder(run)
        self._run_apps(recorder, plans, read_only=True)
        seen = concluded(recorder.run, self.engine.clock.now())
        same = before is not None and self._early(before) and essence(seen) == essence(before)
        if before is not None and same and self._owners_are_recorded():
            return self._unchanged(before)
        seen = self.facts(with_origin(seen, self.origin()))
        self._tell_superseded(before, seen)
        self._checkpoints().end(seen)
        return self._unchanged(seen)

    def _unchanged(self, run: Run) -> Run:
        """Listeners hear of it all the same: what they show may have been lost before."""
        for listener in self.listeners:
            listener(run)
        return run

    def _tell_superseded(self, before: Run | None, run: Run) -> None:
        if before is not None and before.id != run.id and before.state is not RunState.COMPLETED:
            self.superseding(before.model_copy(update={"state": RunState.SUPERSEDED}), run)

    def _early(self, before: Run) -> bool:
        return before.wake_at is None or self.engine.clock.now() < before.wake_at

    def _run_apps(self, recorder: Recorder, plans: Plans, read_only: bool = False) -> None:
        engine = self.engine

        def run_one(app: AppTask) -> None:
            steps = StepLog(recorder, app.id, engine.clock, engine.retrier.policy, engine.redact)
            runner = AppRunner(engine.clock, engine.retrier, steps, engine.deadline, read_only)
            try:
                runner.run(plans[app.id], claims_of(recorder.run, app.id))
            except Exception as error:  # beside its steps: the other apps go on
                bug = bug_of(error)
                log.error("%s/%s: %s", self.task.hub, app.id, bug.message)
                recorder.change_app(app.id, lambda record: failed_app(record, bug))

        leaving = [app for app in self.task.apps if app.retiring]
        coming = [app for app in self.task.apps if not app.retiring]
        for phase in (leaving, coming):  # what leaves frees domains for what comes
            side_by_side([partial(run_one, app) for app in phase], engine.clock)

    def _assess(self, before: Run | None) -> Plans:
        def assess(app: AppTask) -> AppAssessment:
            steps = [self._guarded(step) for step in app.planning or app.steps]
            begun = begun_steps(before, self.task, app.id)
            plan = planner.assess(steps, claims_for(app, before), begun)
            return plan.with_steps([protected(step, self.engine.redact) for step in app.steps])

        apps = self.task.apps
        plans = side_by_side([partial(assess, app) for app in apps], self.engine.clock)
        return {app.id: plan for app, plan in zip(apps, plans, strict=True)}

    def _guarded(self, step: Step) -> Step:
        return guarded(step, self.engine.retrier, self.engine.redact)

    def _checkpoints(self) -> Checkpoints:
        engine = self.engine
        return Checkpoints(engine.journal, self.entry, engine.clock, engine.worker, self._owners())

    def _owners(self) -> dict[str, object]:
        """Whose the hub is, as the journal keeps it."""
        task, journal = self.task, self.entry.journal
        if task.maintainers is None:
            return {}
        return {
            "maintainers": people.recorded(
                task.maintainers, journal.maintainers if journal else (), self._account_id
            ),
            "network_maintainers": people.recorded(
                task.network_maintainers,
                journal.network_maintainers if journal else (),
                self._account_id,
            ),
        }

    def _owners_are_recorded(self) -> bool:
        wanted, journal = self.task.maintainers, self.entry.journal
        return wanted is None or journal is None or are_recorded(wanted, journal.maintainers)

    def _account_id(self, login: str) -> int | None:
        """A number that cannot be had now is a later run's to record: no run stops for it."""
        try:
            return self.engine.retrier.call(lambda: self.engine.account_id(login))
        except ProvisionerError as error:
            log.warning("the account %s was not looked up: %s", login, error.message)
            return None

    def _run_id(self) -> str:
        now = self.engine.clock.now()
        return f"{self.task.hub}-{now:%Y%m%dT%H%M%S}-{self.engine.rng.randrange(16**6):06x}"


def guarded(step: Step, retrier: Retrier, redact: Redact = str) -> Step:
    """The step, its look retried; a look that fails for good says why instead of raising.

    A token that is not accepted and a service that cannot be reached still
    raise: they are no single step's trouble.
    """

    shielded = protected(step, redact)

    def look(claims: Claims, handle: str | None) -> Assessment:
        try:
            return retrier.call(lambda: shielded.assess(claims, handle))
        except (TokenRefused, Unreachable):
            raise
        except ProvisionerError as error:
            return kept_look(_unseen(error, retrier.policy.longest_wait), redact)

    return replace(step, assess=look)


def _unseen(error: ProvisionerError, longest_wait: float) -> Assessment:
    if isinstance(error, NotYet):
        return replace(waiting_for(error), seen=False)
    reason = explained(error)
    wait = wanted_wait(error)
    if wait <= longest_wait:
        actor = Actor(reason.who)
        return Assessment(Verdict.BLOCKED, reason.message, reason.hint, actor, seen=False)
    return Assessment(
        Verdict.KEEP,
        reason.message,
        reason.hint,
        progress=Progress.WAITING,
        wake_after=timedelta(seconds=wait),
        seen=False,
    )
