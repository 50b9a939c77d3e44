"""Runs the steps of one app: look, change, look again; retries, polls, gives up in good order."""

from collections.abc import Callable
from datetime import datetime

from provisioner.clock import Clock
from provisioner.engine.attempt import Attempt
from provisioner.engine.endings import (
    OUT_OF_TIME,
    STOPPED,
    Ending,
    ending_after,
    ending_of,
)
from provisioner.engine.planner import AppAssessment
from provisioner.engine.retry import Retrier
from provisioner.engine.step import Assessment, Claims, Progress, Step
from provisioner.engine.step_log import StepLog
from provisioner.errors import Interrupted, ProvisionerError
from provisioner.models.plan import Verdict
from provisioner.models.run import FINISHED_STEPS, StepState

_BY_ITSELF = "Nothing is needed: it follows by itself."


class AppRunner:
    """Brings one app to its desired state, as far as it goes today.

    `hold` is asked before each change: it raises when the hub is another worker's
    by now. Without it no change is made: one that turns out to be needed is left
    to a later run, which names it in the journal first. `broke_off`: an earlier
    process may have made what its record does not tell.
    """

    def __init__(
        self,
        clock: Clock,
        retrier: Retrier,
        log: StepLog,
        deadline: datetime | None = None,
        hold: Callable[[], None] | None = None,
        broke_off: bool = False,
    ) -> None:
        self._clock = clock
        self._retrier = retrier
        self._log = log
        self._deadline = deadline
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
        for index, (step, planned) in enumerate(zip(plan.steps, plan.assessments, strict=True)):
            first = None if changed else planned
            changed = changed or planned.changes
            if not planned.seen:  # its resources are not named in the journal: a later run's
                self._log.begin(index)
                self._log.end(index, ending_of(planned, self._log.step(index).attempts))
                return
            if not self._run_step(index, step, claims, first):
                return

    def _refuse(self, plan: AppAssessment) -> None:
        index = next(i for i, one in enumerate(plan.assessments) if one.verdict is Verdict.BLOCKED)
        self._log.begin(index)
        self._log.end(index, ending_of(plan.assessments[index], self._log.step(index).attempts))

    def wait_for_others(self, why: str) -> None:
        """End the app's first unfinished step here: other apps of the hub come first."""
        index = self._log.first_unfinished
        if index is not None:
            assessment = Assessment(Verdict.KEEP, why, _BY_ITSELF, progress=Progress.WAITING)
            self._log.end(index, Ending(StepState.WAITING, assessment, wakes=False))

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
        assessments = [first]  # only the first attempt may rest on the plan's

        def attempt() -> Assessment:
            return self._attempt(index, step, claims).run(
                assessments.pop() if assessments else None
            )

        def failed(error: ProvisionerError) -> None:
            self._log.again(index, error.message)

        try:
            assessment = self._retrier.call(attempt, failed)
        except ProvisionerError as error:
            return ending_after(error, self._log.step(index).attempts, self._retrier.policy)
        return ending_of(assessment, self._log.step(index).attempts)

    def _attempt(self, index: int, step: Step, claims: Claims) -> Attempt:
        doubted = self._broke_off or self._log.step(index).attempts > 1
        return Attempt(
            step, claims, self._log, index, self._clock, self._hold, self._deadline, doubted
        )

    def _is_over(self) -> bool:
        """Whether the job's own time has run out."""
        return self._deadline is not None and self._clock.now() >= self._deadline

    def _stop_if_asked(self) -> None:
        self._clock.sleep(0)
