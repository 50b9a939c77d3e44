"""Runs the steps of one app: look, change, look again; retries, polls, gives up in good order."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

from provisioner.clock import Clock
from provisioner.engine.endings import (
    OUT_OF_TIME,
    STOPPED,
    Blocked,
    Ending,
    ending_after,
    ending_of,
)
from provisioner.engine.planner import AppAssessment
from provisioner.engine.retry import Retrier
from provisioner.engine.step import Assessment, Claims, Progress, Step
from provisioner.engine.step_log import StepLog
from provisioner.errors import Interrupted, ProvisionerError, RetryableError
from provisioner.models.plan import Verdict
from provisioner.models.run import FINISHED_STEPS, StepState

LISTS_ARE_BEHIND = 10.0
"""Seconds after which a list surely shows what was made before."""
POLLS = ((15.0, 1.0), (60.0, 5.0), (300.0, 15.0))
"""Until so many seconds have passed, look again every so many; then every 30 (as Vercel does)."""


def poll_interval(elapsed: float) -> float:
    """Seconds until the next look at something that moves by itself."""
    return next((interval for until, interval in POLLS if elapsed < until), 30.0)


class AppRunner:
    """Brings one app to its desired state, as far as it goes today.

    With `read_only` it makes no change: one that turns out to be needed is left
    to a later run, which names it in the journal first. `hold` is asked before
    each change: it raises when the hub is another worker's by now. `broke_off`:
    an earlier process may have made what its record does not tell.
    """

    def __init__(
        self,
        clock: Clock,
        retrier: Retrier,
        log: StepLog,
        deadline: datetime | None = None,
        read_only: bool = False,
        hold: Callable[[], None] = lambda: None,
        broke_off: bool = False,
    ) -> None:
        self._clock = clock
        self._retrier = retrier
        self._log = log
        self._deadline = deadline
        self._read_only = read_only
        self._hold = hold
        self._broke_off = broke_off

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
                self._log.end(index, ending_of(planned, self._log.step(index).attempts))
                return
            if not self._run_step(index, step, claims, first):
                return

    def _refuse(self, plan: AppAssessment) -> None:
        index = next(i for i, look in enumerate(plan.looks) if look.verdict is Verdict.BLOCKED)
        self._log.begin(index)
        self._log.end(index, ending_of(plan.looks[index], self._log.step(index).attempts))

    def wait_for_others(self, why: str) -> None:
        """End the app's first unfinished step here: other apps of the hub come first."""
        index = self._log.first_unfinished
        if index is not None:
            look = Assessment(Verdict.KEEP, why, progress=Progress.WAITING)
            self._log.end(index, Ending(StepState.WAITING, look, wakes=False))

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
        doubted = self._broke_off or self._log.step(index).attempts > 1
        look = first or step.assess(claims, None)
        while True:
            handle = look.handle or handle
            self._log.note_facts(look)
            if look.satisfied or look.progress is Progress.WAITING:
                return look
            if look.verdict is Verdict.BLOCKED:
                raise Blocked(look.detail, look.hint, look.who)
            if look.changes and self._read_only:
                return replace(look, progress=Progress.WAITING, wake_after=timedelta())
            if look.changes and (look.verdict, look.detail) not in made:
                if look.unkeyed and doubted:
                    doubted = False
                    self._clock.sleep(LISTS_ARE_BEHIND)
                    look = step.assess(claims, None)
                    continue
                made.add((look.verdict, look.detail))
                self._stop_if_asked()
                self._hold()
                handle = self._performed(index, step, look) or handle
            elif not self._wait_for_world(index, step, look, began):
                return _out_of_patience(look)
            look = step.assess(claims, handle)

    def _performed(self, index: int, step: Step, look: Assessment) -> str | None:
        handle = step.perform(look)
        if look.unkeyed and handle:
            self._log.made(index, handle)
        return handle

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
