"""Calls side by side, which a stop does not have to wait for. Knows nothing of hubs or apps."""

import threading
from collections.abc import Callable, Sequence
from typing import Generic, TypeVar

from provisioner.clock import Clock
from provisioner.errors import Interrupted

Result = TypeVar("Result")

POLL_EVERY = 0.05
GRACE = 1.5
"""Seconds that a call may still take once the process is asked to stop."""


class _Call(Generic[Result]):
    """One call in a thread that does not keep the process alive."""

    def __init__(self, call: Callable[[], Result]) -> None:
        self._call = call
        self._results: list[Result] = []
        self._trouble: BaseException | None = None
        self.thread = threading.Thread(target=self._run, daemon=True)
        self.thread.start()

    def _run(self) -> None:
        try:
            self._results.append(self._call())
        except BaseException as error:
            self._trouble = error

    def result(self) -> Result:
        if self._trouble is not None:
            raise self._trouble
        return self._results[0]


def side_by_side(calls: Sequence[Callable[[], Result]], clock: Clock) -> list[Result]:
    """The results, in order, when all have ended; then the first one's error, if any.

    Asked to stop, it raises `Interrupted` after `GRACE` at the latest: a call
    that hangs in a request is left behind, and starts nothing new.
    """
    running = [_Call(call) for call in calls]
    try:
        for call in running:
            while call.thread.is_alive():
                call.thread.join(POLL_EVERY)
                clock.sleep(0)  # raises when the process is asked to stop
    except Interrupted:
        for call in running:
            call.thread.join(GRACE / len(running))
        raise
    return [call.result() for call in running]
