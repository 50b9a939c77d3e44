"""The process's share of GitHub's limits on calls that create content.

GitHub allows 80 such calls a minute and 500 an hour before it answers with a
secondary limit (docs.github.com: rate limits for the REST API). Pacing writes is
kinder than running into the wall. An hour's limit is not slept through: the
write is refused here, and whoever wanted it waits for a later run.
"""

import threading
from collections import deque
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from provisioner.answers import WAIT_FOR_LIMIT
from provisioner.clock import Clock
from provisioner.errors import Effect, RemoteError

LONGEST_SLEEP = timedelta(minutes=1)


@dataclass
class Window:
    """At most `calls` in any `period`."""

    calls: int
    period: timedelta
    taken: deque[datetime] = field(default_factory=deque)

    def delay(self, now: datetime) -> timedelta:
        """How long until there is a place."""
        while self.taken and now - self.taken[0] >= self.period:
            self.taken.popleft()
        if len(self.taken) < self.calls:
            return timedelta()
        return self.taken[0] + self.period - now


def github_windows() -> tuple[Window, ...]:
    return (Window(80, timedelta(minutes=1)), Window(500, timedelta(hours=1)))


class Throttle:
    """Hands out places for writes, one by one. Safe to share between threads."""

    def __init__(self, clock: Clock, windows: tuple[Window, ...] | None = None) -> None:
        self._clock = clock
        self._windows = github_windows() if windows is None else windows
        self._lock = threading.Lock()

    def take(self) -> None:
        """Wait for a place, a minute at most; `RemoteError` when it would take longer."""
        with self._lock:
            delay = self._delay()
            if delay > LONGEST_SLEEP:
                raise _used_up(delay)
            if delay:
                self._clock.sleep(delay.total_seconds())
            now = self._clock.now()
            for window in self._windows:
                window.taken.append(now)

    def _delay(self) -> timedelta:
        now = self._clock.now()
        return max((window.delay(now) for window in self._windows), default=timedelta())


def _used_up(delay: timedelta) -> RemoteError:
    return RemoteError(
        "GitHub takes no more changes for now: this run has made as many as one may in an hour",
        WAIT_FOR_LIMIT,
        service="GitHub",
        effect=Effect.NONE,
        retry_after=delay.total_seconds(),
    )
