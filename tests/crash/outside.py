"""`provisioner apply` as a process of its own, which can be killed or interrupted from outside."""

import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from provisioner.sandbox.requests import Logged
from tests.crash.playing import Stage
from tests.e2e.processes import COMMAND

ROOT = Path(__file__).parents[2]
SECONDS = 60.0
"""No process here takes as long, unless something is broken."""

APPLY = (*COMMAND, "apply", "nairobi")


class Watch:
    """Tells when so many requests have been made of a sandbox; it is the sandbox's observer."""

    def __init__(self, number: int = 1, method: str = "", path: str = "") -> None:
        self._left = number
        self._method = method
        self._path = path
        self._come = threading.Event()

    def __call__(self, request: Logged) -> None:
        if self._method in ("", request.method) and self._path in request.path:
            self._left -= 1
            if self._left == 0:
                self._come.set()

    def wait(self, process: "subprocess.Popen[str]") -> None:
        """Until it has come, or the process has ended without it."""
        while not self._come.wait(0.02) and process.poll() is None:
            pass


@contextmanager
def started(
    network: Stage, *command: str, own_session: bool = False, **environ: str
) -> Iterator["subprocess.Popen[str]"]:
    """A command in the network's place, with what an Actions job would have in its environment."""
    process = subprocess.Popen(
        command or APPLY,
        cwd=network.directory.parent,
        env={"PATH": _path(), "PYTHONPATH": str(ROOT), **network.environ, **environ},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=own_session,
    )
    try:
        yield process
    finally:
        process.kill()
        process.communicate()


def _path() -> str:
    """`python` is the one that runs the tests."""
    return f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
