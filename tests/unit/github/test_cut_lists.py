"""What is not in a list that goes on and on is never taken for absent."""

import json
from collections.abc import Callable

import pytest

from provisioner.clock import ManualClock
from provisioner.engine.retry import is_transient
from provisioner.errors import Effect, RemoteError, UnexpectedResponse
from provisioner.github.network_repository import NetworkRepository
from provisioner.github.reading import PER_PAGE
from provisioner.github.repositories import Repositories
from provisioner.github.session import GitHubSession
from provisioner.github.settings import GitHubSettings
from provisioner.github.state_branch import StateBranch
from provisioner.github.throttle import Throttle
from tests.unit.answering import Given, answering

HOME = "example-network/hubs"
Ask = Callable[[GitHubSession], object]

COMMENT = {"id": 1, "user": {"login": "amina-k"}, "body": "Hello"}
FORK = {"owner": {"login": "somebody"}, "full_name": "somebody/docs-site"}
ENVIRONMENT: dict[str, object] = {
    "name": "hub",
    "protection_rules": [],
    "deployment_branch_policy": None,
}
RUN = {"path": ".github/workflows/other.yml", "created_at": "2026-03-01T12:00:00Z"}

ENDLESS: dict[str, tuple[Ask, object]] = {
    "comments": (lambda one: NetworkRepository(one, HOME).comments(1), [COMMENT] * PER_PAGE),
    "environments": (
        lambda one: NetworkRepository(one, HOME).environments(),
        {"environments": [ENVIRONMENT] * PER_PAGE},
    ),
    "environments with their rules": (
        lambda one: GitHubSettings(one).environments(HOME),
        {"environments": [ENVIRONMENT] * PER_PAGE},
    ),
    "forks": (lambda one: Repositories(one).fork_of(HOME, "nairobi"), [FORK] * PER_PAGE),
    "runs": (
        lambda one: GitHubSettings(one).last_scheduled(HOME, ".github/workflows/provision.yml"),
        {"workflow_runs": [RUN] * PER_PAGE},
    ),
}


def session(url: str) -> GitHubSession:
    clock = ManualClock()
    return GitHubSession(url, "a-token", clock, Throttle(clock))


@pytest.mark.parametrize("what", ENDLESS)
def test_a_list_without_an_end_is_read_in_part_and_proves_nothing(what: str) -> None:
    ask, page = ENDLESS[what]

    with (
        answering(Given(200, json.dumps(page))) as server,
        pytest.raises(RemoteError, match="no more are read") as caught,
    ):
        ask(session(server.url))

    assert 1 < len(server.asked) <= 30
    assert caught.value.effect is Effect.NONE
    assert not is_transient(caught.value)


def test_what_was_found_before_the_end_is_found() -> None:
    ours = {"owner": {"login": "nairobi"}, "full_name": "nairobi/docs"}
    full = {"id": 1, "full_name": "nairobi/docs", "owner": {"login": "nairobi"}}
    answers = ([FORK] * (PER_PAGE - 1) + [ours], {**full, "default_branch": "main"})
    with answering(*(Given(200, json.dumps(one)) for one in answers)) as server:
        found = Repositories(session(server.url)).fork_of(HOME, "nairobi")

    assert found is not None


def test_a_folder_of_a_thousand_journals_may_hold_more() -> None:
    files = [{"name": f"hub-{n}.json", "type": "file"} for n in range(1000)]
    with answering(Given(200, json.dumps(files))) as server:
        branch = StateBranch(session(server.url), HOME)
        with pytest.raises(UnexpectedResponse):
            branch.names("hubs")

    with answering(Given(200, json.dumps(files[1:]))) as server:
        assert len(StateBranch(session(server.url), HOME).names("hubs")) == 999
