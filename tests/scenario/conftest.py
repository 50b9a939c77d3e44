"""What every story begins with: an empty network in a sandbox, and a clock that only we move."""

from pathlib import Path

import pytest

from provisioner.clock import ManualClock
from provisioner.sandbox.server import Sandbox
from tests.scenario.network import Network


@pytest.fixture
def network(sandbox: Sandbox, clock: ManualClock, tmp_path: Path) -> Network:
    return Network(sandbox, clock, tmp_path / "hubs")
