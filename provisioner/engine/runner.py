"""Runs the steps of one app: look, change, look again; retries, polls, gives up in good order."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from provisioner.clock import Clock
from provisioner.engine.planner import AppAssessment
from provisioner.engine.recorder import Recorder
from provisioner.engine.retry import Retrier, explained, is_transient, wanted_wait
from provisioner.engine.step import Assessment, Claims, Progress, Step
from provisioner.errors import FatalError, Interrupted, NotYet, ProvisionerError, RetryableError
from provisioner.models.plan import Actor, Verdict
from provisioner.models.run import FINISHED_STEPS, AppRecord, StepRecord, StepState

MOST_WAKE = timedelta(hours=6)
WAKE_AFTER_TIMEOUT = timedelta(minutes=5)
TRY_AGAIN_AFTER = timedelta(minutes=10)
MOST_TRIES = 30
"""Attempts at something that time may mend, before a person is asked."""
MOST_LOOKS = 80
"""Looks at something that waits, about three weeks' worth, before a person is asked."""
POLLS = ((15.0, 1.0), (60.0, 5.0), (300.0, 15.0))
"""Until so many seconds have passed, look again every so many; then every 30 (as Vercel does)."""


def poll_interval(elapsed: float) -> float:
    """Seconds until the next look at something that moves by itself."""
    return next((interval for until, interval in POLLS if elapsed < until), 30.0)


@dataclass(frozen=True)
class _Outcome:
    state: StepState
    look: Assessment
    log_tail: tuple[str, ...] = ()


class AppRunner:
    """Brings one app to its desired state, as far as it goes today."""

    def __init__(
        self,
        clock: Clock,
        retrier: Retrier,
        recorder: Recorder,
        deadline: datetime | None = None,
        read_only: bool = False,
        redact: Callable[[str], str] = str,
    ) -> None:
        self._read_only = read_only
        self._redact = redact
        self._clock = clock
        self._retrier = retrier
        self._recorder = recorder
        self._deadline = deadline

    def run(self, app_id: str, plan: AppAssessment, claims: Claims) -> None:
        """Run steps in order until one is not finished. What happened is in the recorder.

        The plan's own looks serve as first looks until something was changed.
        Nothing of an app is touched when its plan says that it cannot be finished.
        """
        if plan.blocked:
            self._refuse(app_id, plan)
            return
        changed = False
        for index, (step, planned) in enumerate(zip(plan.steps, plan.looks, strict=True)):
            first = None if changed else planned
            changed = changed or planned.changes
            if not self._run_step(app_id, index, step, claims, first):
                return

    def _refuse(self, app_id: str, plan: AppAssessment) -> None:
        index = next(i for i, look in enumerate(plan.looks) if look.verdict is Verdict.BLOCKED)
        self._begin(app_id, index)
        self._end(app_id, index, _Outcome(StepState.FAILED, plan.looks[index]))

    def _run_step(
        self, app_id: str, index: int, step: Step, claims: Claims, first: Assessment | None
    ) -> bool:
        before = self._recorder.app(app_id).steps[index]
        if first is not None and first.satisfied and before.state in FINISHED_STEPS:
            self._note_facts(app_id, first)
            return True
        try:
            self._clock.sleep(0)  # raises when the process is asked to stop
            if self._over():
                self._end(app_id, index, _Outcome(StepState.WAITING, _OUT_OF_TIME))
                return False
            self._begin(app_id, index)
            outcome = self._outcome(app_id, index, step, claims, first)
        except Interrupted:
            self._end(app_id, index, _Outcome(StepState.CANCELLED, _STOPPED))
            raise
        self._end(app_id, index, outcome)
        return outcome.state in FINISHED_STEPS

    def _outcome(
        self, app_id: str, index: int, step: Step, claims: Claims, first: Assessment | None
    ) -> _Outcome:
        looks = [first]  # only the first attempt may rest on the plan's look

        def attempt() -> Assessment:
            return self._attempt(app_id, index, step, claims, looks.pop() if looks else None)

        def failed(_number: int, error: ProvisionerError) -> None:
            self._change(
                app_id,
                index,
                lambda record: {
                    "attempts": record.attempts + 1,
                    "detail": f"Trying again: {error.message}",
                },
            )

        try:
            look = self._retrier.call(attempt, failed)
        except ProvisionerError as error:
            return self._failure(error, self._recorder.app(app_id).steps[index].attempts)
        return self._settled(look, self._recorder.app(app_id).steps[index].attempts)

    def _settled(self, look: Assessment, attempts: int) -> _Outcome:
        state = _state_after(look)
        if state is StepState.WAITING and attempts >= MOST_LOOKS:
            return _Outcome(StepState.FAILED, replace(look, **_ASK_A_PERSON))
        return _Outcome(state, look)

    def _failure(self, error: ProvisionerError, attempts: int) -> _Outcome:
        if isinstance(error, NotYet):
            return _Outcome(StepState.WAITING, waiting_for(error))
        wait = wanted_wait(error)
        reason = explained(error)
        look = Assessment(Verdict.BLOCKED, reason.message, reason.hint, Actor(reason.who))
        if wait > self._retrier.policy.longest_wait:
            later = replace(look, who=Actor.NOBODY, wake_after=timedelta(seconds=wait))
            return _Outcome(StepState.WAITING, later)
        if is_transient(error) and attempts < MOST_TRIES:
            look = replace(look, hint=_BY_ITSELF, who=Actor.NOBODY, wake_after=TRY_AGAIN_AFTER)
        return _Outcome(StepState.FAILED, look, reason.log_tail)

    def _attempt(
        self, app_id: str, index: int, step: Step, claims: Claims, first: Assessment | None
    ) -> Assessment:
        """Look and change until it is settled or has to wait; one change is made only once."""
        began = self._clock.now()
        handle: str | None = None
        made: set[tuple[Verdict, str]] = set()
        look = first or step.assess(claims, None)
        while True:
            handle = look.handle or handle
            self._note_facts(app_id, look)
            if look.satisfied or look.progress is Progress.WAITING:
                return look
            if look.verdict is Verdict.BLOCKED:
                raise FatalError(look.detail, look.hint, look.who)
            if look.changes and self._read_only:
                return replace(look, progress=Progress.WAITING, wake_after=timedelta())
            if look.changes and (look.verdict, look.detail) not in made:
                made.add((look.verdict, look.detail))
                self._clock.sleep(0)
                handle = step.perform(look) or handle
            elif not self._wait_for_world(app_id, index, step, look, began):
                return self._out_of_time(look)
            look = step.assess(claims, handle)

    def _wait_for_world(
        self, app_id: str, index: int, step: Step, look: Assessment, began: datetime
    ) -> bool:
        """Sleep until the next look; false when the step's time or the job's is over."""
        elapsed = self._clock.now() - began
        if elapsed >= step.timeout or self._over():
            return False
        self._change(app_id, index, lambda _record: {"detail": look.detail})
        self._clock.sleep(poll_interval(elapsed.total_seconds()))
        return True

    def _over(self) -> bool:
        return self._deadline is not None and self._clock.now() >= self._deadline

    def _out_of_time(self, look: Assessment) -> Assessment:
        if look.changes:
            raise RetryableError(f"{look.detail} It was done, but cannot be seen yet.")
        return replace(look, progress=Progress.WAITING, wake_after=WAKE_AFTER_TIMEOUT)

    def _begin(self, app_id: str, index: int) -> None:
        self._change(
            app_id,
            index,
            lambda record: {
                "state": StepState.RUNNING,
                "attempts": record.attempts + 1,
                "started_at": record.started_at or self._clock.now(),
                "ended_at": None,
                "wake_at": None,
                "hint": "",
                "who": Actor.NOBODY,
                "log_tail": (),
            },
        )

    def _end(self, app_id: str, index: int, outcome: _Outcome) -> None:
        look = outcome.look
        finished = outcome.state in FINISHED_STEPS
        self._note_facts(app_id, look)
        self._change(
            app_id,
            index,
            lambda record: {
                "state": outcome.state,
                "detail": look.detail,
                "hint": look.hint,
                "who": look.who,
                "ended_at": self._clock.now() if finished else None,
                "wake_at": self._wake_at(record, look, outcome.state),
                "log_tail": outcome.log_tail,
            },
        )

    def _wake_at(self, record: StepRecord, look: Assessment, state: StepState) -> datetime | None:
        """When a later run tries again by itself, if it does.

        The interval doubles with each look, so that a long wait costs little.
        """
        if look.wake_after is None and state is not StepState.WAITING:
            return None
        interval = WAKE_AFTER_TIMEOUT if look.wake_after is None else look.wake_after
        looks = record.attempts
        if state is StepState.FAILED:
            looks = -(-looks // self._retrier.policy.attempts)  # so many runs have tried
        doublings = min(max(looks - 1, 0), 10)
        grown: timedelta = min(interval * 2**doublings, max(MOST_WAKE, interval))
        return self._clock.now() + grown

    def _change(
        self, app_id: str, index: int, update: Callable[[StepRecord], dict[str, object]]
    ) -> None:
        def change(app: AppRecord) -> AppRecord:
            record = app.steps[index]
            record = record.model_copy(update=self._without_secrets(update(record)))
            return app.model_copy(
                update={"steps": (*app.steps[:index], record, *app.steps[index + 1 :])}
            )

        self._recorder.change_app(app_id, change)

    def _without_secrets(self, update: dict[str, object]) -> dict[str, object]:
        """What is recorded is also shown and kept: no opened secret gets that far."""
        safe = dict(update)
        for key in ("detail", "hint"):
            if key in safe:
                safe[key] = self._redact(str(safe[key]))
        lines = safe.get("log_tail")
        if isinstance(lines, tuple):
            safe["log_tail"] = tuple(self._redact(line) for line in lines)
        return safe

    def _note_facts(self, app_id: str, look: Assessment) -> None:
        facts: dict[str, object] = {}
        if look.url is not None:
            facts["url"] = look.url
        if look.dns is not None:
            facts["dns"] = look.dns
        if facts:
            self._recorder.change_app(app_id, lambda app: app.model_copy(update=facts))


def waiting_for(error: NotYet) -> Assessment:
    return Assessment(
        Verdict.KEEP,
        error.message,
        error.hint,
        Actor(error.who),
        Progress.WAITING,
        timedelta(seconds=error.wake_after),
    )


def _state_after(look: Assessment) -> StepState:
    if look.needless:
        return StepState.SKIPPED
    return StepState.DONE if look.satisfied else StepState.WAITING


_STOPPED = Assessment(
    Verdict.BLOCKED,
    "The job was stopped.",
    "Re-run the job; it goes on where it stopped.",
    Actor.MAINTAINER,
    wake_after=timedelta(minutes=15),
)

_OUT_OF_TIME = Assessment(
    Verdict.KEEP,
    "The job's time is over; a later run goes on here.",
    progress=Progress.WAITING,
    wake_after=timedelta(),
)

_BY_ITSELF = "The provisioner tries again by itself."

_ASK_A_PERSON: dict[str, Any] = {
    "hint": "This has waited for weeks, so the provisioner no longer looks by itself. Find out "
    "with the hub what is missing; then re-run the job.",
    "who": Actor.MAINTAINER,
    "wake_after": None,
}


def pending_steps(steps: Sequence[Step], before: Sequence[StepRecord]) -> tuple[StepRecord, ...]:
    """A record for each step, kept from before where there is one of the same action."""
    known = {record.action: record for record in before}
    return tuple(known.get(step.action, StepRecord(action=step.action)) for step in steps)
