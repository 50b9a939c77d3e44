"""What the stories of Actions workflows need."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from provisioner.clock import SystemClock
from tests.conftest import MakeSandbox, judged_sandbox
from tests.e2e.act import why_act_cannot_run
from tests.e2e.network import ActionsNetwork, actions_network, program_files


@pytest.fixture(scope="session")
def act_runs() -> None:
    reason = why_act_cannot_run()
    if reason:
        pytest.skip(reason)


@pytest.fixture
def network(make_sandbox: MakeSandbox, tmp_path: Path, act_runs: None) -> ActionsNetwork:
    """A network of its own, with no hub yet. Its time is this machine's, as that of the jobs."""
    sandbox = make_sandbox(clock=SystemClock(), files=program_files())
    return actions_network(sandbox, tmp_path)


MakeNetwork = Callable[[], ActionsNetwork]


@pytest.fixture(scope="module")
def make_network(tmp_path_factory: pytest.TempPathFactory, act_runs: None) -> Iterator[MakeNetwork]:
    """Networks that serve until a file's stories end: for what several of them only read."""
    with ExitStack() as stack:

        def make() -> ActionsNetwork:
            served = judged_sandbox(clock=SystemClock(), files=program_files())
            return actions_network(stack.enter_context(served), tmp_path_factory.mktemp("network"))

        yield make
