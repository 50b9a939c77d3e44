"""What every story begins with: an empty network in a sandbox, and a clock that only we move."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from provisioner.clock import ManualClock
from provisioner.commands.receipt import make_receipt
from provisioner.models.receipt import Receipt
from provisioner.models.run import RunState
from provisioner.sandbox.server import Sandbox
from tests.conftest import MakeSandbox
from tests.scenario.gate import Gate
from tests.scenario.network import DOCS, Network
from tests.scenario.setup import SetUp, set_up

MakeNetwork = Callable[..., Network]


@pytest.fixture
def network(sandbox: Sandbox, clock: ManualClock, tmp_path: Path) -> Network:
    return Network(sandbox, clock, tmp_path / "hubs")


@pytest.fixture
def make_network(make_sandbox: MakeSandbox, clock: ManualClock, tmp_path: Path) -> MakeNetwork:
    """A network in a sandbox with options of the story's own, such as `latency`."""

    def make(**options: Any) -> Network:
        return Network(make_sandbox(**options), clock, tmp_path / "hubs")

    return make


@pytest.fixture
def gate(network: Network) -> Gate:
    """One hub is on the default branch; the gate before the next merge."""
    gate = Gate(network)
    gate.on_main({"nairobi": DOCS})
    return gate


@pytest.fixture
def here(make_sandbox: MakeSandbox, clock: ManualClock, tmp_path: Path) -> SetUp:
    """A network that was set up as the README says, for the doctor."""
    return set_up(make_sandbox, clock, tmp_path)


@pytest.fixture
def written(network: Network) -> Receipt:
    """The receipt of a hub with a site and a bot, both live."""
    assert network.go_live().state is RunState.COMPLETED
    return make_receipt(network.wiring(), "nairobi")
