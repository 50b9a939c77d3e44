"""What a command owns of its process: its name, signals, the log, the masks of an Actions job."""

import logging
import os
import signal
import socket
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from types import FrameType
from typing import IO, Self, cast

from rich.console import Console

from provisioner.clock import SystemClock
from provisioner.output import SafeHandler, SafeStream, complain
from provisioner.redaction import Redactor

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
    handler = SafeHandler(redactor)
    log = logging.getLogger("provisioner")
    log.addHandler(handler)
    try:
        yield
    finally:
        log.removeHandler(handler)


@dataclass(frozen=True)
class ActionsAttempt:
    """One attempt of an Actions run, and what can be told from it of other ones."""

    run: int
    attempt: int
    job: str

    @classmethod
    def of(cls, environ: Mapping[str, str]) -> Self | None:
        """The attempt that this process belongs to, if Actions started it."""
        run, attempt = environ.get("GITHUB_RUN_ID", ""), environ.get("GITHUB_RUN_ATTEMPT", "1")
        if not (run.isdigit() and attempt.isdigit()):
            return None
        return cls(int(run), int(attempt), environ.get("GITHUB_JOB", ""))

    @property
    def worker_name(self) -> str:
        return f"actions:{self.run}:{self.attempt}:{self.job}:{os.getpid()}"

    def outlived(self, holder: str, run_ended: Callable[[int], bool]) -> bool:
        """Whether another worker has surely ended: an earlier attempt of this run, or a run
        that GitHub calls completed."""
        kind, *rest = holder.split(":")
        if kind != "actions" or len(rest) < 2 or not (rest[0].isdigit() and rest[1].isdigit()):
            return False
        run, attempt = int(rest[0]), int(rest[1])
        return attempt < self.attempt if run == self.run else run_ended(run)


def process_name() -> str:
    """This process among all of this machine's and others'."""
    return f"{socket.gethostname()}:{os.getpid()}"


def process_is_gone(holder: str) -> bool:
    """Whether a process of this machine has ended; of another machine nothing is known."""
    host, _, pid = holder.rpartition(":")
    if host != socket.gethostname() or not pid.isdigit():
        return False
    try:
        os.kill(int(pid), 0)
    except ProcessLookupError:
        return True
    except PermissionError:
        return False
    return False


def in_actions() -> bool:
    return os.environ.get("GITHUB_ACTIONS") == "true"


def mask_in_actions(secret: str) -> None:
    """Have Actions hide an opened secret in the job's log, whoever prints it."""
    if in_actions():
        for line in Redactor([secret]).mask_commands():
            complain(line)


def safe_console(redactor: Redactor, *, stderr: bool = False, quiet: bool = False) -> Console:
    """The only console for rich pages and trees; what is drawn on it is redacted once more.

    In Actions nothing may move: an order to hide a secret must stand at the start of a line.
    """
    stream = SafeStream(sys.stderr if stderr else sys.stdout, redactor)
    return Console(
        file=cast(IO[str], stream), force_terminal=False if in_actions() else None, quiet=quiet
    )
