"""What every test may ask for: a clock that nobody waits for, and a sandbox that cannot lie.

With PROVISIONER_API_SPECS set, every exchange with a sandbox is held to the
official API descriptions, whatever the test is about.
"""

import gc
import os
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings

from provisioner.clock import ManualClock
from provisioner.sandbox.server import Sandbox
from tests import canary

pytest_plugins = ("tests.crash.summary", "pytester")

SPECS = "PROVISIONER_API_SPECS"

MakeSandbox = Callable[..., Sandbox]
OpenSandbox = Callable[..., AbstractContextManager[Sandbox]]

# No test passes or fails by the time it takes: machines are slow, and at work on other things.
settings.register_profile("suite", deadline=None)
settings.load_profile("suite")

_counts = {"validated": 0}


def pytest_configure(config: pytest.Config) -> None:
    config.pluginmanager.register(canary, "canary")


def pytest_collection_finish() -> None:
    """What was imported stays until the end: Python need not look through it again and again."""
    gc.collect()
    gc.freeze()


def specs_folder() -> Path | None:
    """The official API descriptions, where this machine has them."""
    folder = os.environ.get(SPECS)
    return Path(folder) if folder else None


@pytest.fixture
def clock() -> ManualClock:
    """Moves only when somebody sleeps by it."""
    return ManualClock()


@pytest.fixture
def specs() -> Path:
    """The folder of API descriptions, for tests that are about them."""
    folder = specs_folder()
    if folder is None:
        pytest.skip(f"{SPECS} does not name the folder of API descriptions")
    return folder


@contextmanager
def judged_sandbox(**options: Any) -> Iterator[Sandbox]:
    """Serves while the context lasts; then its contract is checked and its world searched."""
    with Sandbox(**{"specs": specs_folder(), **options}) as sandbox:
        canary.plant_environment(sandbox.environment)
        yield sandbox
    canary.search_sandbox(sandbox)
    report = sandbox.control.contract()
    _counts["validated"] += report["validated"]
    assert report["violations"] == []


@pytest.fixture
def open_sandbox() -> OpenSandbox:
    """A context that serves a sandbox and checks its contract at the end: for many in one test."""
    return judged_sandbox


@pytest.fixture
def make_sandbox(clock: ManualClock) -> Iterator[MakeSandbox]:
    """Starts sandboxes with options of the test's own, which all serve until the test ends."""
    with ExitStack() as stack:

        def make(**options: Any) -> Sandbox:
            return stack.enter_context(judged_sandbox(**{"clock": clock, **options}))

        yield make


@pytest.fixture
def sandbox(make_sandbox: MakeSandbox) -> Sandbox:
    """Nothing in it takes time."""
    return make_sandbox()


def pytest_sessionfinish(session: pytest.Session) -> None:
    """A worker of pytest-xdist hands its count to whoever prints it."""
    output = getattr(session.config, "workeroutput", None)
    if output is not None:
        output.update(_counts)


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any) -> None:
    """Add up what the workers of pytest-xdist counted."""
    _counts["validated"] += getattr(node, "workeroutput", {}).get("validated", 0)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    if specs_folder():
        count = _counts["validated"]
        terminalreporter.write_line(f"{count} exchanges held to the official API descriptions")
