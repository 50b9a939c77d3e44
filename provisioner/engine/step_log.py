"""Writes what becomes of one app's steps into the run's record: without secrets, and bounded."""

from collections.abc import Callable
from typing import Final

from provisioner.clock import Clock
from provisioner.engine.endings import Ending, wake_at
from provisioner.engine.limits import MOST_DETAIL, MOST_HINT, Redact, kept_lines, tidy
from provisioner.engine.recorder import Recorder
from provisioner.engine.step import Assessment
from provisioner.models.plan import Actor
from provisioner.models.run import FINISHED_STEPS, AppRecord, StepRecord, StepState

Update = dict[str, object]

_MOST: Final = {"detail": MOST_DETAIL, "hint": MOST_HINT}

_UNTOUCHED: Final[Update] = {
    "state": StepState.PENDING,
    "detail": "",
    "hint": "",
    "who": Actor.NOBODY,
    "wake_at": None,
    "log_tail": (),
}


class StepLog:
    """The steps of one app, by their place in its workflow."""

    def __init__(
        self,
        recorder: Recorder,
        app_id: str,
        clock: Clock,
        redact: Redact = str,
    ) -> None:
        self._recorder = recorder
        self._app_id = app_id
        self._clock = clock
        self._redact = redact

    def step(self, index: int) -> StepRecord:
        return self._recorder.app(self._app_id).steps[index]

    @property
    def first_unfinished(self) -> int | None:
        """The index of the step that comes next."""
        app = self._recorder.app(self._app_id)
        return None if app.first_unfinished is None else app.steps.index(app.first_unfinished)

    def begin(self, index: int) -> None:
        """A new attempt begins: the first one of many where the step had been finished."""
        self._change(
            index,
            lambda record: {
                "state": StepState.RUNNING,
                "attempts": 1 if record.state in FINISHED_STEPS else record.attempts + 1,
                "started_at": record.started_at or self._clock.now(),
                "ended_at": None,
                "wake_at": None,
                "hint": "",
                "who": Actor.NOBODY,
                "log_tail": (),
            },
        )

    def again(self, index: int, why: str) -> None:
        """An attempt failed, and the next one follows after a pause."""
        self._change(
            index,
            lambda record: {
                "attempts": record.attempts + 1,
                "detail": f"Trying again: {why}",
            },
        )

    def say(self, index: int, detail: str) -> None:
        """What the step is waiting for just now. Gives the listeners their turn, too."""
        self._change(index, lambda _record: {"detail": detail})

    def made(self, index: int, handle: str) -> None:
        """The id of what the step has just made: a list that is behind may lack it."""
        self._change(index, lambda _record: {"made": handle})

    def end(self, index: int, ending: Ending) -> None:
        """An app stands at one step: nothing else of it is waited for, whatever was before."""
        self.note_facts(ending.assessment)
        now = self._clock.now()
        if ending.state not in FINISHED_STEPS:
            self._reset_others(index)
        self._change(
            index,
            lambda _record: {
                "state": ending.state,
                "detail": ending.assessment.detail,
                "hint": ending.assessment.hint,
                "who": ending.assessment.who,
                "ended_at": now if ending.state in FINISHED_STEPS else None,
                "wake_at": wake_at(ending, now),
                "log_tail": ending.log_tail,
            },
        )

    def _reset_others(self, index: int) -> None:
        for other, record in enumerate(self._recorder.app(self._app_id).steps):
            if other != index and record.state not in (*FINISHED_STEPS, StepState.PENDING):
                self._change(other, lambda _record: dict(_UNTOUCHED))

    def note_facts(self, assessment: Assessment) -> None:
        """The app's address and DNS entries, as soon as they are known."""
        facts: Update = {}
        if assessment.url is not None:
            facts["url"] = assessment.url
        if assessment.dns is not None:
            facts["dns"] = assessment.dns
        if facts:
            self._recorder.change_app(self._app_id, lambda app: app.model_copy(update=facts))

    def _change(self, index: int, update: Callable[[StepRecord], Update]) -> None:
        def change(app: AppRecord) -> AppRecord:
            record = app.steps[index]
            record = record.model_copy(update=self._kept(update(record)))
            steps = (*app.steps[:index], record, *app.steps[index + 1 :])
            return app.model_copy(update={"steps": steps})

        self._recorder.change_app(self._app_id, change)

    def _kept(self, update: Update) -> Update:
        """What is recorded is also shown and kept: no opened secret and no flood gets that far."""
        safe = dict(update)
        for key, most in _MOST.items():
            if key in safe:
                safe[key] = tidy(self._redact(str(safe[key])), most)
        lines = safe.get("log_tail")
        if isinstance(lines, tuple):
            safe["log_tail"] = kept_lines(tuple(self._redact(line) for line in lines))
        return safe
