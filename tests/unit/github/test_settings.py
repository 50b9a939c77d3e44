"""Settings, one call each; what a token may not see is told apart from what is not there."""

import json
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest

from provisioner.clock import ManualClock
from provisioner.errors import RemoteError, UnexpectedResponse
from provisioner.github.reading import PER_PAGE
from provisioner.github.session import GitHubSession
from provisioner.github.settings import GitHubSettings
from provisioner.github.throttle import Throttle
from provisioner.models.remote import Account
from provisioner.models.setup import BranchRules, Membership, TokenOwner
from tests.unit.answering import Given, Server, answering

HOME = "example-network/hubs"
REPOSITORY = {
    "full_name": HOME,
    "owner": {"login": "example-network"},
    "default_branch": "main",
    "created_at": "2026-01-01T00:00:00Z",
}
LIMITED = {"X-RateLimit-Remaining": "0", "Retry-After": "60"}

Ask = Callable[[GitHubSettings], Any]


def settings(server: Server) -> GitHubSettings:
    clock = ManualClock()
    return GitHubSettings(GitHubSession(server.url, "a-token", clock, Throttle(clock)))


def told(body: object, status: int = 200, **headers: str) -> Given:
    return Given(status, json.dumps(body), headers)


def asked(ask: Ask, *given: Given) -> tuple[Any, list[str]]:
    """What came of it, and the paths that were asked for."""
    with answering(*given) as server:
        found = ask(settings(server))
        return found, [path for _, path in server.asked]


def found(ask: Ask, *given: Given) -> Any:
    return asked(ask, *given)[0]


class TestToken:
    def test_its_user_and_scopes_come_with_one_answer(self) -> None:
        given = Given(200, '{"login": "provisioner-bot"}', {"X-OAuth-Scopes": "repo"})
        owner, paths = asked(lambda one: one.token_owner(), given)
        assert owner == TokenOwner(login="provisioner-bot", scopes=("repo",))
        assert paths == ["/user"]

    def test_an_apps_token_has_no_user(self) -> None:
        assert found(lambda one: one.token_owner(), told({}, 403)) == TokenOwner()

    @pytest.mark.parametrize("given", [Given(403, "{}", LIMITED), told({}, 404), told({}, 500)])
    def test_a_limit_or_another_refusal_says_nothing_of_the_token(self, given: Given) -> None:
        with pytest.raises(RemoteError):
            found(lambda one: one.token_owner(), given)

    def test_an_answer_without_a_login_is_unexpected(self) -> None:
        with pytest.raises(UnexpectedResponse, match="GET /user"):
            found(lambda one: one.token_owner(), told({}))


ONE_THING: list[tuple[Ask, object, str]] = [
    (lambda one: one.repository(HOME), REPOSITORY, f"/repos/{HOME}"),
    (
        lambda one: one.branch(HOME, "a/b"),
        {"protected": True},
        f"/repos/{HOME}/branches/a%2Fb",
    ),
    (
        lambda one: one.actions(HOME),
        {"enabled": True},
        f"/repos/{HOME}/actions/permissions",
    ),
    (lambda one: one.account("a/b"), {"login": "x", "type": "User"}, "/users/a/b"),
    (
        lambda one: one.membership("an org", "a-b"),
        {"state": "active", "role": "admin"},
        "/orgs/an%20org/memberships/a-b",
    ),
    (lambda one: one.organization("an org"), {}, "/orgs/an%20org"),
]


@pytest.mark.parametrize(("ask", "body", "path"), ONE_THING, ids=lambda each: "")
def test_each_thing_has_its_address_and_where_there_is_none_it_is_none(
    ask: Ask, body: object, path: str
) -> None:
    there, paths = asked(ask, told(body))
    assert there is not None
    assert paths == [path]
    assert found(ask, told({}, 404)) is None


def test_what_was_found_is_read_as_it_is_written() -> None:
    assert found(lambda one: one.repository(HOME), told(REPOSITORY)).owner == "example-network"
    account = {"login": "nairobi", "type": "Organization"}
    assert found(lambda one: one.account("nairobi"), told(account)) == Account(
        login="nairobi", personal=False
    )
    member = {"state": "pending", "role": "member"}
    assert found(lambda one: one.membership("a", "b"), told(member)) == Membership(active=False)


class TestWhatATokenMayNotSee:
    def test_the_actions_of_a_repository_are_its_administrators(self) -> None:
        assert found(lambda one: one.actions(HOME), told({}, 403)) is None

    @pytest.mark.parametrize("status", [403, 404])
    def test_branches_of_an_environment_that_it_may_not_see_are_not_known(
        self, status: int
    ) -> None:
        def ask(one: GitHubSettings) -> Any:
            return one.branch_policies(HOME, "a b")

        nothing, paths = asked(ask, told({}, status))
        assert nothing is None
        assert paths[0].startswith(
            f"/repos/{HOME}/environments/a%20b/deployment-branch-policies?page=1"
        )

    @pytest.mark.parametrize(
        "ask", [lambda one: one.actions(HOME), lambda one: one.branch_policies(HOME, "x")]
    )
    @pytest.mark.parametrize("given", [Given(403, "{}", LIMITED), told({}, 500)])
    def test_a_limit_or_a_failure_is_an_error_and_not_none(self, ask: Ask, given: Given) -> None:
        with pytest.raises(RemoteError):
            found(ask, given)

    def test_strangers_are_told_that_they_are_no_members(self) -> None:
        stranger = told({"message": "You must be a member of this organization."}, 403)
        assert found(lambda one: one.membership("a", "b"), stranger) is None

    @pytest.mark.parametrize(
        ("message", "status"), [("Forbidden", 403), ("You must be a member of this.", 500)]
    )
    def test_another_refusal_says_nothing_of_a_membership(self, message: str, status: int) -> None:
        with pytest.raises(RemoteError):
            found(lambda one: one.membership("a", "b"), told({"message": message}, status))


class TestLists:
    def test_the_rules_of_a_branch_are_gathered_and_none_are_none(self) -> None:
        def ask(one: GitHubSettings) -> Any:
            return one.rules(HOME, "a/b")

        rules, paths = asked(ask, told([{"type": "deletion"}]))
        assert rules == BranchRules(kinds=frozenset({"deletion"}))
        assert paths == [f"/repos/{HOME}/rules/branches/a%2Fb?page=1&per_page=100"]
        assert found(ask, told({}, 404)) == BranchRules()

    def test_a_rule_without_a_type_is_unexpected(self) -> None:
        with pytest.raises(UnexpectedResponse, match="rules/branches/main"):
            found(lambda one: one.rules(HOME, "main"), told([{}]))

    def test_the_branches_of_an_environment_are_named(self) -> None:
        body = {"branch_policies": [{"name": "main"}, {"name": "v*", "type": "tag"}]}
        assert found(lambda one: one.branch_policies(HOME, "x"), told(body)) == ("main", "tag v*")

    def test_a_folders_names_are_of_the_branch_that_is_asked_for(self) -> None:
        body = [{"name": "a.yml"}, {"name": "b.yml"}]

        def ask(one: GitHubSettings) -> Any:
            return one.file_names(HOME, ".github/work flows", "a/b")

        names, paths = asked(ask, told(body))
        assert names == ("a.yml", "b.yml")
        assert paths == [f"/repos/{HOME}/contents/.github/work%20flows?ref=a%2Fb"]

    def test_without_a_branch_the_default_one_is_meant_and_no_folder_holds_nothing(self) -> None:
        def ask(one: GitHubSettings) -> Any:
            return one.file_names(HOME, "hubs")

        assert asked(ask, told({}, 404)) == ((), [f"/repos/{HOME}/contents/hubs"])

    def test_environments_are_listed_and_where_there_are_none_it_is_empty(self) -> None:
        body = {"environments": [{"name": "provisioner", "deployment_branch_policy": None}]}
        listed = found(lambda one: one.environments(HOME), told(body))
        assert [each.name for each in listed] == ["provisioner"]
        assert found(lambda one: one.environments(HOME), told({}, 404)) == ()

    def test_the_newest_run_of_the_very_workflow_tells_when_the_schedule_last_ran(self) -> None:
        runs = [
            {"path": ".github/workflows/other.yml", "created_at": "2026-01-03T00:00:00Z"},
            {"path": ".github/workflows/own.yml", "created_at": "2026-01-02T00:00:00Z"},
            {"path": ".github/workflows/own.yml", "created_at": "2026-01-01T00:00:00Z"},
        ]

        def ask(one: GitHubSettings) -> Any:
            return one.last_scheduled(HOME, ".github/workflows/own.yml")

        when, paths = asked(ask, told({"workflow_runs": runs}))
        assert when == datetime(2026, 1, 2, tzinfo=UTC)
        assert paths == [f"/repos/{HOME}/actions/runs?event=schedule&page=1&per_page=100"]
        assert found(ask, told({"workflow_runs": runs[:1]})) is None

    def test_a_list_that_does_not_end_proves_nothing(self) -> None:
        page = told({"environments": [{"name": "x"}] * PER_PAGE})
        with pytest.raises(RemoteError, match="more than 1,000 items"):
            found(lambda one: one.environments(HOME), page)
