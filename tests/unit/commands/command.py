"""Runs a command as the console script does, within this process."""

import logging
import sys
import threading
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import pytest
from click.testing import CliRunner

from provisioner.cli import main
from tests import canary


@dataclass(frozen=True)
class Outcome:
    code: int
    out: str
    err: str


def run(*arguments: str, stdin: bytes = b"", **environ: str) -> Outcome:
    """What the command printed, and the code that its process would leave with.

    The environment is ours with `environ` laid over it; stdin is a pipe.
    """
    with (
        hooks_kept(),
        CliRunner().isolation(input=stdin, env=environ) as (out, err, _),
        pytest.raises(SystemExit) as left,
    ):
        main(list(arguments))
    said, log = out.getvalue().decode(), err.getvalue().decode()
    canary.must_not_show("stdout", said)
    canary.must_not_show("stderr", log)
    return Outcome(int(left.value.code or 0), said, log)


@contextmanager
def hooks_kept() -> Iterator[None]:
    """A process of its own would end here; this one goes on, so its hooks come back."""
    hooks = sys.excepthook, sys.unraisablehook, threading.excepthook, warnings.showwarning
    log = logging.lastResort, logging.raiseExceptions
    try:
        yield
    finally:
        sys.excepthook, sys.unraisablehook, threading.excepthook, warnings.showwarning = hooks
        logging.lastResort, logging.raiseExceptions = log
