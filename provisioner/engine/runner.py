"""Runs the steps of one app: look, change, look again; retries, polls, gives up in good order."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from provisioner.clock import Clock
from provisioner.engine.endings import OUT_OF_TIME, STOPPED, Ending, ending_after, ending_of
from provisioner.engine.planner import AppAssessment
from provisioner.engine.retry import Retrier
from provisioner.engine.step import Assessment, Claims, Progress, Step
from provisioner.engine.step_log import StepLog
from provisioner.errors import FatalError, Interrupted, ProvisionerError, RetryableError
from provisioner.models.plan import Verdict
from provisioner.models.run import FINISHED_STEPS, StepRecord, StepState

POLLS = ((15.0, 1.0), (60.0, 5.0), (300.0, 15.0))
"""Until so many seconds have passed, look again every so many; then every 30 (as Vercel does)."""


def poll_interval(elapsed: float) -> float:
    """Seconds until the next look at something that moves by itself."""
    return next((interval for until, interval in POLLS if elapsed < until), 30.0)


class AppRunner:
    """Brings one app to its desired state, as far as it goes today.

    With `read_only` it makes no change: one that turns out to be needed is left
    to a later run, which names it in the journal first.
    """

    def __init__(
        self,
        clock: Clock,
        retrier: Retrier,
        log: StepLog,
        deadline: datetime | None = None,
        read_only: bool = False,
    ) -> None:
        self._clock = clock
        self._retrier = retrier
        self._log = log
        self._deadline = deadline
        self._read_only = read_only

    def run(self, plan: AppAssessment, claims: Claims) -> None:
        """Run steps in order until one is not finished. What happened is in the log.

        The plan's own looks serve as first looks until something was changed.
        Nothing of an app is touched when its plan says that it cannot be finished.
        """
        if plan.blocked:
            self._refuse(plan)
            return
        changed = False
        for index, (step, planned) in enumerate(zip(plan.steps, plan.looks, strict=True)):
            first = None if changed else planned
            changed = changed or planned.changes
            if not planned.seen:  # its resources are not named in the journal: a later run's
                self._log.begin(index)
                self._log.end(index, Ending(StepState.WAITING, planned))
                return
            if not self._run_step(index, step, claims, first):
                return

    def _refuse(self, plan: AppAssessment) -> None:
        index = next(i for i, look in enumerate(plan.looks) if look.verdict is Verdict.BLOCKED)
        self._log.begin(index)
        self._log.end(index, Ending(StepState.FAILED, plan.looks[index]))

    def _run_step(self, index: int, step: Step, claims: Claims, first: Assessment | None) -> bool:
        """Whether the step is finished, so that the next one may begin."""
        if first and first.satisfied and self._log.step(index).state in FINISHED_STEPS:
            self._log.note_facts(first)
            return True
        try:
            ending = self._ending(index, step, claims, first)
        except Interrupted:
            self._log.end(index, STOPPED)
            raise
        self._log.end(index, ending)
        return ending.state in FINISHED_STEPS

    def _ending(self, index: int, step: Step, claims: Claims, first: Assessment | None) -> Ending:
        self._stop_if_asked()
        if self._is_over():
            return OUT_OF_TIME
        self._log.begin(index)
        looks = [first]  # only the first attempt may rest on the plan's look

        def attempt() -> Assessment:
            return self._attempt(index, step, claims, looks.pop() if looks else None)

        def failed(error: ProvisionerError) -> None:
            self._log.again(index, error.message)

        try:
            look = self._retrier.call(attempt, failed)
        except ProvisionerError as error:
            return ending_after(error, self._log.step(index).attempts, self._retrier.policy)
        return ending_of(look, self._log.step(index).attempts)

    def _attempt(
        self, index: int, step: Step, claims: Claims, first: Assessment | None
    ) -> Assessment:
        """Look and change until it is settled or has to wait; one change is made only once."""
        began = self._clock.now()
        handle: str | None = None
        made: set[tuple[Verdict, str]] = set()
        look = first or step.assess(claims, None)
        while True:
            handle = look.handle or handle
            self._log.note_facts(look)
            if look.satisfied or look.progress is Progress.WAITING:
                return look
            if look.verdict is Verdict.BLOCKED:
                raise FatalError(look.detail, look.hint, look.who)
            if look.changes and self._read_only:
                return replace(look, progress=Progress.WAITING, wake_after=timedelta())
            if look.changes and (look.verdict, look.detail) not in made:
                made.add((look.verdict, look.detail))
                self._stop_if_asked()
                handle = step.perform(look) or handle
            elif not self._wait_for_world(index, step, look, began):
                return _out_of_patience(look)
            look = step.assess(claims, handle)

    def _wait_for_world(self, index: int, step: Step, look: Assessment, began: datetime) -> bool:
        """Sleep until the next look; false when the step's time or the job's is over."""
        elapsed = self._clock.now() - began
        if elapsed >= step.timeout or self._is_over():
            return False
        self._log.say(index, look.detail)
        self._clock.sleep(poll_interval(elapsed.total_seconds()))
        return True

    def _is_over(self) -> bool:
        """Whether the job's own time has run out."""
        return self._deadline is not None and self._clock.now() >= self._deadline

    def _stop_if_asked(self) -> None:
        self._clock.sleep(0)


def _out_of_patience(look: Assessment) -> Assessment:
    """It neither settled nor failed within the step's time."""
    if look.changes:
        raise RetryableError(f"{look.detail} It was done, but cannot be seen yet.")
    return replace(look, progress=Progress.WAITING)


def pending_steps(steps: Sequence[Step], before: Sequence[StepRecord]) -> tuple[StepRecord, ...]:
    """A record for each step, kept from before where there is one of the same action."""
    known = {record.action: record for record in before}
    return tuple(known.get(step.action, StepRecord(action=step.action)) for step in steps)
