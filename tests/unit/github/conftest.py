"""Sessions with the sandbox's tokens."""

import pytest

from provisioner.clock import ManualClock
from provisioner.github.network_repository import NetworkRepository
from provisioner.github.repositories import Repositories
from provisioner.github.session import GitHubSession
from provisioner.github.throttle import Throttle
from provisioner.sandbox.server import Sandbox

NETWORK = "example-network/hubs"


@pytest.fixture
def actions(sandbox: Sandbox, clock: ManualClock) -> GitHubSession:
    """A session as an Actions job has it: good for the network's repository."""
    environment = sandbox.environment
    url, token = environment["GITHUB_API_URL"], environment["GITHUB_TOKEN"]
    return GitHubSession(url, token, clock, Throttle(clock))


@pytest.fixture
def network(actions: GitHubSession) -> NetworkRepository:
    return NetworkRepository(actions, NETWORK)


@pytest.fixture
def copies(sandbox: Sandbox, clock: ManualClock) -> Repositories:
    """With the token that makes copies."""
    environment = sandbox.environment
    url, token = environment["GITHUB_API_URL"], environment["PROVISIONER_GITHUB_TOKEN"]
    return Repositories(GitHubSession(url, token, clock, Throttle(clock)))
