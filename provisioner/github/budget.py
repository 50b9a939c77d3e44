"""The process's share of GitHub's limit on calls that create content.

GitHub allows 80 such calls a minute before it answers with a secondary limit
(docs.github.com: rate limits for the REST API). Pacing writes is kinder than
running into the wall.
"""

import threading
from collections import deque
from datetime import datetime, timedelta

from provisioner.clock import Clock

CALLS = 80
PERIOD = timedelta(minutes=1)


class WriteBudget:
    """At most `calls` in any `period`; `take` sleeps until the next one is allowed."""

    def __init__(self, clock: Clock, calls: int = CALLS, period: timedelta = PERIOD) -> None:
        self._clock = clock
        self._calls = calls
        self._period = period
        self._taken: deque[datetime] = deque()
        self._lock = threading.Lock()

    def take(self) -> None:
        """Wait for a place. Safe between threads: places are given one by one."""
        with self._lock:
            delay = self._delay()
            if delay > 0:
                self._clock.sleep(delay)
            self._taken.append(self._clock.now())

    def _delay(self) -> float:
        now = self._clock.now()
        while self._taken and now - self._taken[0] >= self._period:
            self._taken.popleft()
        if len(self._taken) < self._calls:
            return 0.0
        return (self._taken[0] + self._period - now).total_seconds()
