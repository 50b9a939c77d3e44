"""Brings one hub to its desired state: plan, name what will be touched, run, record.

The journal gets one commit that names every resource *before* the first side
effect, checkpoints some time apart, and a last one. When the plan finds nothing
to do and the journal agrees, nothing is written at all.
"""

import logging
import random
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime

from provisioner.clock import Clock
from provisioner.engine import people
from provisioner.engine.apps import Apps, Mode, Plans
from provisioner.engine.checkpoints import Checkpoints, LeaseLost
from provisioner.engine.endings import woken_to_notify
from provisioner.engine.journal import Entry, Journal, LostRace
from provisioner.engine.lease import DURATION, Busy, Worker
from provisioner.engine.limits import Redact
from provisioner.engine.people import AccountId, are_recorded
from provisioner.engine.recorder import Listener, Recorder
from provisioner.engine.retry import Retrier
from provisioner.engine.run_record import (
    Origin,
    agrees,
    comparable_state,
    finish_run,
    interrupt_run,
    start_run,
    was_at_work,
    with_origin,
)
from provisioner.engine.succession import has_to_wait, will_change
from provisioner.engine.tasks import HubTask
from provisioner.errors import Interrupted, ProvisionerError, RemoteError
from provisioner.models.run import Run, RunState

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

        Raises `TokenRefused`, `Unreachable` before anything was changed, `Busy`
        when another worker has the hub, or took it over meanwhile: then this one
        has stopped, and has said nothing more.
        """
        began = self.engine.clock.now()
        before = self.entry.journal.run if self.entry.journal else None
        self.engine.worker.respect(self.entry.journal, began)
        plans = self._apps.assess(before)
        settled = before is not None and agrees(before, self.task, plans.values())
        if before is not None and settled and self._owners_are_recorded():
            return self._unchanged(before, began)
        run = start_run(self.task, before, plans, self._run_id(), self.engine.clock.now())
        if self._begins(run, plans, before):
            return self._carry_out(run, plans, before)
        return self._observe_again(run, plans, before, began)

    def _begins(self, run: Run, plans: Plans, before: Run | None) -> bool:
        """Whether there is something to change just now: only then the journal is told first."""
        goes_on = before is not None and before.id == run.id
        changing = [plans[app.id] for app in self.task.apps if will_change(app, plans)]
        return any(not (goes_on and has_to_wait(plan)) for plan in changing)

    def _carry_out(self, run: Run, plans: Plans, before: Run | None) -> Run:
        run = self.facts(with_origin(run, self.origin()))
        checkpoints = self._checkpoints()
        try:
            self._tell_superseded(before, run)
            checkpoints.begin(run)
            return self._led_to_its_end(run, plans, before, checkpoints)
        except (LeaseLost, LostRace) as error:
            raise Busy(str(error), "Nothing is lost: the other run goes on.") from error

    def _led_to_its_end(
        self, run: Run, plans: Plans, before: Run | None, checkpoints: Checkpoints
    ) -> Run:
        def tell(run: Run) -> None:
            checkpoints(run)
            if checkpoints.holds:
                self._tell(run)

        recorder = Recorder(run, (tell,))
        recorder.tell()
        broke_off = before is not None and before.id == run.id and was_at_work(before)
        try:
            self._apps.run(recorder, plans, Mode(checkpoints.hold, broke_off))
        except LeaseLost:
            raise
        except Interrupted:
            recorder.change(lambda run: interrupt_run(run, self.engine.clock.now()))
            self._conclude(recorder, checkpoints)
            raise
        return self._conclude(recorder, checkpoints)

    def _conclude(self, recorder: Recorder, checkpoints: Checkpoints) -> Run:
        """People hear of the end before the journal: what is left undone then is done again."""
        with suppress(RemoteError):  # then nobody hears of it now, and the last write says so
            checkpoints.hold()
        recorder.change(lambda run: finish_run(run, self.engine.clock.now()))
        run = self._last_word(recorder.run, checkpoints.holds)
        checkpoints.end(run)
        return run

    def _last_word(self, run: Run, told: bool = True) -> Run:
        """What the journal gets: where people could not be told, a later run tells them."""
        run = self.facts(run)
        run = run if told else run.model_copy(update={"untold": run.untold + 1})
        return woken_to_notify(run, self.engine.clock.now())

    def _observe_again(self, run: Run, plans: Plans, before: Run | None, began: datetime) -> Run:
        """Nothing to change: write only when what is seen differs, or the wake time has come."""
        recorder = Recorder(run)
        self._apps.run(recorder, plans, Mode())
        seen = finish_run(recorder.run, self.engine.clock.now())
        if self._may_go_on(seen):
            plans = self._apps.assess(before, anew=True)
            if self._begins(run, plans, before):
                return self._carry_out(run, plans, before)
        same = (
            before is not None
            and self._early(before)
            and comparable_state(seen) == comparable_state(before)
        )
        if before is not None and same and self._owners_are_recorded():
            return self._unchanged(before, began)
        seen = self.facts(with_origin(seen, self.origin()))
        self._tell_superseded(before, seen)
        if newest := self._is_newest():
            self._tell(seen)
        return self._ended(self._last_word(seen, told=newest))

    def _ended(self, run: Run) -> Run:
        try:
            self._checkpoints().end(run)
        except LostRace as error:
            raise Busy(error.message, error.hint) from error
        return run

    def _may_go_on(self, seen: Run) -> bool:
        """Whether what was waited for has come, so that a change is next."""
        return seen.wake_at is not None and seen.wake_at <= self.engine.clock.now()

    def _unchanged(self, run: Run, began: datetime) -> Run:
        """Listeners hear of it all the same: what they show may have been lost before.

        Not so when it took so long that another worker may have gone on meanwhile.
        """
        now = self.engine.clock.now()
        if now >= began + DURATION and not self._is_newest():
            return run
        self._tell(run)
        after = self._last_word(run.model_copy(update={"wake_at": finish_run(run, now).wake_at}))
        return run if after.untold == run.untold else self._ended(after)

    def _is_newest(self) -> bool:
        """By one more read, which may be an old one: only a write proves it. Raises why the
        journal cannot be used."""
        return self.engine.journal.read(self.task.hub).usable().version == self.entry.version

    def _tell(self, run: Run) -> None:
        for listener in self.listeners:
            listener(run)

    def _tell_superseded(self, before: Run | None, run: Run) -> None:
        if before is not None and before.id != run.id and before.state is not RunState.COMPLETED:
            self.superseding(before.model_copy(update={"state": RunState.SUPERSEDED}), run)

    def _early(self, before: Run) -> bool:
        return before.wake_at is None or self.engine.clock.now() < before.wake_at

    @property
    def _apps(self) -> Apps:
        engine = self.engine
        return Apps(self.task, engine.clock, engine.retrier, engine.redact, engine.deadline)

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
