"""GitHub's words about a set-up, read as they are written and never guessed at."""

from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from provisioner.github import settings_wire as wire
from provisioner.models.setup import BranchLimit

USER = {"login": "provisioner-bot"}


def required(**checks: Any) -> tuple[str, ...]:
    protection = {"enabled": True, "required_status_checks": checks}
    return wire.branch({"protected": True, "protection": protection}).required_checks


def test_only_a_token_that_names_scopes_has_any() -> None:
    assert wire.token_owner(USER, {}).scopes is None
    assert wire.token_owner(USER, {"x-oauth-scopes": ""}).scopes == ()
    assert wire.token_owner(USER, {"x-oauth-scopes": "repo, read:org"}).scopes == (
        "repo",
        "read:org",
    )


@pytest.mark.parametrize(
    "text", ["2027-01-31 09:00:00 UTC", "2027-01-31 09:00:00 +0000", "2027-01-31 10:00:00 +0100"]
)
def test_the_end_of_a_token_is_read_in_both_forms(text: str) -> None:
    owner = wire.token_owner(USER, {"github-authentication-token-expiration": text})
    assert owner.expires_at == datetime(2027, 1, 31, 9, tzinfo=UTC)


@given(st.text())
def test_an_end_that_cannot_be_read_is_no_end_and_no_failure(text: str) -> None:
    owner = wire.token_owner(USER, {"github-authentication-token-expiration": text + "?"})
    assert owner.expires_at is None


def test_a_rule_that_is_switched_off_requires_nothing() -> None:
    contexts = ["provisioner/check"]
    assert required(enforcement_level="off", contexts=contexts) == ()
    assert required(enforcement_level="non_admins", contexts=contexts) == ("provisioner/check",)
    assert required(contexts=contexts) == ("provisioner/check",)
    assert wire.branch({"protected": True}).required_checks == ()


@pytest.mark.parametrize(
    ("policy", "limit"),
    [
        (None, BranchLimit.ALL),
        ({"protected_branches": True, "custom_branch_policies": False}, BranchLimit.PROTECTED),
        ({"protected_branches": False, "custom_branch_policies": True}, BranchLimit.NAMED),
    ],
)
def test_an_environment_says_which_branches_may_use_it(policy: Any, limit: BranchLimit) -> None:
    found = wire.environment({"name": "provisioner", "deployment_branch_policy": policy})
    assert found.branches is limit


@pytest.mark.parametrize("suffix", ["", "@main", "@refs/heads/main"])
def test_a_run_names_its_workflow_file_with_or_without_a_branch(suffix: str) -> None:
    path = ".github/workflows/provision.yml"
    assert wire.run_of({"path": path + suffix, "created_at": "2026-01-01T00:00:00Z"}) == (
        path,
        datetime(2026, 1, 1, tzinfo=UTC),
    )


@pytest.mark.parametrize(
    ("all_kinds", "public", "allowed"),
    [(True, True, True), (True, False, False), (False, True, False), (None, True, None)],
)
def test_members_may_make_copies_only_if_they_may_make_public_repositories(
    all_kinds: bool | None, public: bool, allowed: bool | None
) -> None:
    settings = wire.organization(
        {
            "members_can_create_repositories": all_kinds,
            "members_can_create_public_repositories": public,
        }
    )
    assert settings.members_may_create is allowed
