"""What the stories of Actions workflows need."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.e2e.act import why_act_cannot_run
from tests.e2e.network import ActionsNetwork, actions_network


@pytest.fixture(scope="session")
def act_runs() -> None:
    reason = why_act_cannot_run()
    if reason:
        pytest.skip(reason)


@pytest.fixture
def network(tmp_path: Path, act_runs: None) -> Iterator[ActionsNetwork]:
    """A network of its own; every exchange is held to the API descriptions, if there are any."""
    specs = os.environ.get("PROVISIONER_API_SPECS")
    with actions_network(tmp_path, Path(specs) if specs else None) as network:
        yield network
        assert network.sandbox.control.contract()["violations"] == []
