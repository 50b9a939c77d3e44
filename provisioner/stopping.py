"""SIGINT and SIGTERM become one orderly stop: sleepers wake, no further step begins."""

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

from provisioner.clock import SystemClock

SIGNALS = (signal.SIGINT, signal.SIGTERM)


@contextmanager
def stop_on_signals(clock: SystemClock) -> Iterator[None]:
    """Inside, a signal stops the clock's sleepers; a second one ends the process at once."""

    def stop(number: int, _frame: FrameType | None) -> None:
        if clock.stop.is_set():
            signal.signal(number, signal.SIG_DFL)
            signal.raise_signal(number)
        clock.stop.set()

    before = {number: signal.signal(number, stop) for number in SIGNALS}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
