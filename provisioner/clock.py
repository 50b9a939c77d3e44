"""Time as something that is handed in. `wiring` makes the real one; tests make their own."""

import threading
from datetime import UTC, datetime, timedelta
from typing import Protocol

from provisioner.errors import Interrupted


class Clock(Protocol):
    """Now, and waiting. `sleep` raises `Interrupted` when the process is asked to stop."""

    def now(self) -> datetime: ...

    def sleep(self, seconds: float) -> None: ...


class SystemClock:
    """The machine's clock. Setting `stop` wakes every sleeper with `Interrupted`."""

    def __init__(self) -> None:
        self.stop = threading.Event()

    def now(self) -> datetime:
        return datetime.now(UTC)

    def sleep(self, seconds: float) -> None:
        if self.stop.wait(max(seconds, 0)):
            raise Interrupted


class ManualClock:
    """A clock that moves only when somebody sleeps or `advance`s it: for tests and the demo."""

    def __init__(self, start: datetime | None = None) -> None:
        self._now = start or datetime(2026, 1, 1, tzinfo=UTC)
        self._lock = threading.Lock()

    def now(self) -> datetime:
        with self._lock:
            return self._now

    def sleep(self, seconds: float) -> None:
        self.advance(seconds)

    def advance(self, seconds: float) -> None:
        with self._lock:
            self._now += timedelta(seconds=max(seconds, 0))
