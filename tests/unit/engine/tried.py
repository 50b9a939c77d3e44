"""One step that is tried once, and what it sees: for the stories of `test_attempt.py`."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from provisioner.clock import ManualClock
from provisioner.engine.attempt import Attempt
from provisioner.engine.recorder import Recorder
from provisioner.engine.step import Assessment, Claims, Step
from provisioner.engine.step_log import StepLog
from provisioner.models.run import StepRecord, StepState
from tests.unit.engine.given import NOW, app_record, run_of, step_record

TIMEOUT = timedelta(minutes=2)


@dataclass
class Tried:
    """One step whose looks follow one another, the last one again and again."""

    looks: list[Assessment]
    makes: str | None = None
    attempts: int = 1
    clock: ManualClock = field(default_factory=lambda: ManualClock(NOW))
    deadline: datetime | None = None
    doubted: bool = False
    hold: Callable[[], None] | None = lambda: None
    asked: list[str | None] = field(default_factory=list)
    made: list[Assessment] = field(default_factory=list)

    def __post_init__(self) -> None:
        record = step_record(StepState.RUNNING, attempts=self.attempts)
        self.recorder = Recorder(run_of(app_record("docs", record)))

    def run(self, first: Assessment | None = None) -> Assessment:
        return self.attempt().run(first)

    def attempt(self, doubts: bool = True) -> Attempt:
        """With its doubts, or without a word of them."""
        log = StepLog(self.recorder, "docs", self.clock)
        step = Step("step", self._assess, self._perform, TIMEOUT)
        attempt = Attempt(step, frozenset(), log, 0, self.clock, self.hold, self.deadline)
        return replace(attempt, doubted=self.doubted) if doubts else attempt

    def _assess(self, _claims: Claims, handle: str | None) -> Assessment:
        self.asked.append(handle)
        return self.looks.pop(0) if len(self.looks) > 1 else self.looks[0]

    def _perform(self, look: Assessment) -> str | None:
        self.made.append(look)
        return self.makes

    @property
    def record(self) -> StepRecord:
        return self.recorder.app("docs").steps[0]

    @property
    def waited(self) -> float:
        return (self.clock.now() - NOW).total_seconds()
