"""What a command owns of its process: signals, the log, and the masks of an Actions job."""

import logging
import os
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

from provisioner.clock import SystemClock
from provisioner.safetext import Redactor

SIGNALS = (signal.SIGINT, signal.SIGTERM)


@contextmanager
def stop_on_signals(clock: SystemClock) -> Iterator[None]:
    """Inside, a signal wakes the clock's sleepers with `Interrupted`; a second one ends at once."""

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


@contextmanager
def logging_to_stderr(redactor: Redactor) -> Iterator[None]:
    """Inside, our own log goes to stderr, without secrets; PyGithub and httpx stay silent."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(logging.Formatter("%(levelname)s: %(message)s"))
    handler.addFilter(redactor.logging_filter())
    log = logging.getLogger("provisioner")
    log.addHandler(handler)
    try:
        yield
    finally:
        log.removeHandler(handler)


def in_actions() -> bool:
    return os.environ.get("GITHUB_ACTIONS") == "true"


def mask_in_actions(secret: str) -> None:
    """Have Actions hide an opened secret in the job's log, whoever prints it."""
    if in_actions():
        for line in Redactor([secret]).mask_commands():
            print(line, file=sys.stderr, flush=True)  # noqa: T201 - the runner reads this line
