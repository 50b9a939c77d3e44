"""A host whose every exchange must follow the official description, whatever the test is about."""

from collections.abc import Iterator

import pytest

from provisioner.sandbox.world import Latency
from tests.unit.sandbox.host import REAL, Host


def _checked(latency: Latency) -> Iterator[Host]:
    host = Host(latency)
    yield host
    assert host.contract.report()["violations"] == []


@pytest.fixture
def host() -> Iterator[Host]:
    """Builds take no time."""
    yield from _checked(Latency.none())


@pytest.fixture
def slow_host() -> Iterator[Host]:
    """Ten seconds in the queue, thirty of building, five until the names lead there."""
    yield from _checked(REAL)
