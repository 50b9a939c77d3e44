"""The run as it stands: many threads change it, listeners hear of it one at a time."""

import threading
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

from provisioner.clock import Clock
from provisioner.models.run import AppRecord, Run

PATIENCE = 2.0
"""Seconds to wait for a listener that is at work."""

Listener = Callable[[Run], None]


class Pacer:
    """Says when it is time again: at once, then after intervals that grow.

    Growing keeps a long run's writes few: with 30 s, 4 × and at most 480 s, a
    run of ten minutes has two turns after its first.
    """

    def __init__(
        self, clock: Clock, first: timedelta, factor: float = 1.0, most: timedelta | None = None
    ) -> None:
        self._clock = clock
        self._interval = first
        self._factor = factor
        self._most = most or first
        self._last: datetime | None = None

    def due(self) -> bool:
        """Whether the interval has passed; if so, the next one begins now."""
        now = self._clock.now()
        if self._last is not None:
            if now - self._last < self._interval:
                return False
            self._interval = min(self._interval * self._factor, self._most)
        self._last = now
        return True

    def restart(self) -> None:
        """Count the interval from now, as after a write made for another reason."""
        self._last = self._clock.now()


class Recorder:
    """Holds the newest `Run`. Listeners are called outside the state's lock, never twice at once.

    A listener that falls behind hears the newest state only.
    """

    def __init__(self, run: Run, listeners: Sequence[Listener] = ()) -> None:
        self._run = run
        self._listeners = tuple(listeners)
        self._state = threading.Lock()
        self._telling = threading.Lock()

    @property
    def run(self) -> Run:
        with self._state:
            return self._run

    def change(self, change: Callable[[Run], Run]) -> None:
        """Apply a change and tell the listeners."""
        with self._state:
            self._run = change(self._run)
        self.tell()

    def app(self, app_id: str) -> AppRecord:
        return next(app for app in self.run.apps if app.id == app_id)

    def change_app(self, app_id: str, change: Callable[[AppRecord], AppRecord]) -> None:
        self.change(lambda run: _with_app(run, app_id, change))

    def tell(self) -> None:
        """Tell the listeners how things stand, changed or not: their own pace decides."""
        if not self._telling.acquire(timeout=PATIENCE):
            return  # a listener hangs in a request: the next turn tells the same
        try:
            run = self.run
            for listener in self._listeners:
                listener(run)
        finally:
            self._telling.release()


def _with_app(run: Run, app_id: str, change: Callable[[AppRecord], AppRecord]) -> Run:
    apps = tuple(change(app) if app.id == app_id else app for app in run.apps)
    return run.model_copy(update={"apps": apps})
