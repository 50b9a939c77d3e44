"""One try of one step: observe, change, observe, until it is settled or has to wait."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from provisioner.clock import Clock
from provisioner.engine.endings import Blocked
from provisioner.engine.step import Assessment, Claims, Progress, Step
from provisioner.engine.step_log import StepLog
from provisioner.errors import RetryableError
from provisioner.models.plan import Verdict

LISTS_ARE_BEHIND = 10.0
"""Seconds after which a list surely shows what was made before."""
PATIENT_ATTEMPTS = 3
POLLS = ((15.0, 1.0), (60.0, 5.0), (300.0, 15.0))
"""Until so many seconds have passed, look again every so many; then every 30."""


def poll_interval(elapsed: float) -> float:
    """Seconds until the next look at something that moves by itself."""
    return next((interval for until, interval in POLLS if elapsed < until), 30.0)


@dataclass
class Attempt:
    """One change is made only once, and none without `hold`, which is asked before each.

    `doubted`: something may have been made before that nobody knows of. What no
    name tells apart is then observed a second time before it is made.
    """

    step: Step
    claims: Claims
    log: StepLog
    index: int
    clock: Clock
    hold: Callable[[], None] | None
    deadline: datetime | None = None
    doubted: bool = False
    _handle: str | None = None
    _followed: bool = False
    _made: set[tuple[Verdict, str]] = field(default_factory=set)

    def run(self, first: Assessment | None) -> Assessment:
        """The last observation; `first` may be one of before. Raises what the step raises."""
        began = self.clock.now()
        assessment = first or self.step.assess(self.claims, None)
        while True:
            self._handle = assessment.handle or self._handle
            self.log.note_facts(assessment)
            if ended := self._ended(assessment):
                return ended
            if assessment.changes and (assessment.verdict, assessment.detail) not in self._made:
                self._change(assessment)
            elif not self._wait(assessment, began):
                return _out_of_patience(assessment)
            assessment = self.step.assess(self.claims, self._handle)
            self._followed = self._handle is not None

    def _ended(self, assessment: Assessment) -> Assessment | None:
        if assessment.satisfied or assessment.progress is Progress.WAITING:
            return assessment
        if assessment.verdict is Verdict.BLOCKED:
            raise Blocked(assessment.detail, assessment.hint, assessment.who)
        if assessment.changes and self.hold is None:
            return replace(assessment, progress=Progress.WAITING, wake_after=timedelta())
        return None

    def _change(self, assessment: Assessment) -> None:
        if assessment.unkeyed and self.doubted:
            self.doubted = False
            self.clock.sleep(LISTS_ARE_BEHIND)
            return
        self._made.add((assessment.verdict, assessment.detail))
        self.clock.sleep(0)  # raises when the process is asked to stop
        if self.hold is not None:
            self.hold()
        handle = self.step.perform(assessment)
        if assessment.unkeyed and handle:
            self.log.made(self.index, handle)
        self._handle = handle or self._handle

    def _wait(self, assessment: Assessment, began: datetime) -> bool:
        """Sleep until the next look; false when the step's time or the job's is over.

        What was waited for several times in vain is only looked at, by its id where it has one.
        """
        now = self.clock.now()
        over = self.deadline is not None and now >= self.deadline
        in_vain = not self._made and self.log.step(self.index).attempts > PATIENT_ATTEMPTS
        if over or now - began >= self.step.timeout:
            return False
        if in_vain:
            return self._handle is not None and not self._followed
        self.log.say(self.index, assessment.detail)
        self.clock.sleep(poll_interval((now - began).total_seconds()))
        return True


def _out_of_patience(assessment: Assessment) -> Assessment:
    """It neither settled nor failed within the step's time."""
    if assessment.changes:
        raise RetryableError(f"{assessment.detail} It was done, but cannot be seen yet.")
    return replace(assessment, progress=Progress.WAITING)
