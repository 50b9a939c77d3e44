"""GitHub's payloads about a set-up to our models. Pure: no I/O, no clock of its own."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from provisioner.models.setup import (
    ActionsSettings,
    BranchLimit,
    BranchRules,
    BranchSettings,
    EnvironmentSettings,
    Membership,
    OrganizationSettings,
    RepositorySettings,
    TokenOwner,
)

SCOPES = "x-oauth-scopes"
EXPIRATION = "github-authentication-token-expiration"


def token_owner(payload: Mapping[str, Any], headers: Mapping[str, str]) -> TokenOwner:
    """From the answer about the token's own user.

    Only classic tokens come with the header of scopes, even if they have none
    (docs.github.com: scopes for OAuth apps).
    """
    scopes = headers.get(SCOPES)
    return TokenOwner(
        login=payload["login"],
        scopes=None if scopes is None else _scopes(scopes),
        expires_at=_expiration(headers.get(EXPIRATION, "")),
    )


def _scopes(text: str) -> tuple[str, ...]:
    return tuple(scope.strip() for scope in text.split(",") if scope.strip())


def _expiration(text: str) -> datetime | None:
    """Such as `2027-01-31 09:00:00 UTC`, or with an offset; None for what cannot be read."""
    try:
        return datetime.strptime(text.replace(" UTC", " +0000"), "%Y-%m-%d %H:%M:%S %z")
    except ValueError:
        return None


def repository(payload: Mapping[str, Any]) -> RepositorySettings:
    return RepositorySettings(
        full_name=payload["full_name"],
        owner=payload["owner"]["login"],
        default_branch=payload["default_branch"],
        created_at=datetime.fromisoformat(payload["created_at"]),
        private=bool(payload.get("private")),
        archived=bool(payload.get("archived")),
        is_template=bool(payload.get("is_template")),
        forkable=payload.get("allow_forking") is not False,
        may_write=bool((payload.get("permissions") or {}).get("push")),
    )


def branch(payload: Mapping[str, Any]) -> BranchSettings:
    """A rule that is there but not enforced requires nothing."""
    rule = payload.get("protection") or {}
    checks = rule.get("required_status_checks") or {}
    enforced = checks.get("enforcement_level") != "off"
    return BranchSettings(
        protected=bool(payload["protected"]),
        rule=bool(rule.get("enabled")),
        required_checks=tuple(checks.get("contexts") or ()) if enforced else (),
    )


def rules(payload: Sequence[Mapping[str, Any]]) -> BranchRules:
    """Several rulesets may apply to one branch: each of their rules holds."""
    checks = [one["parameters"] for one in payload if one["type"] == "required_status_checks"]
    reviews = [one["parameters"] for one in payload if one["type"] == "pull_request"]
    return BranchRules(
        kinds=frozenset(str(one["type"]) for one in payload),
        required_checks=tuple(
            check["context"] for one in checks for check in one["required_status_checks"]
        ),
        up_to_date=any(one.get("strict_required_status_checks_policy") for one in checks),
        code_owner_review=any(one.get("require_code_owner_review") for one in reviews),
    )


def branch_policy(payload: Mapping[str, Any]) -> str:
    """The pattern of branches that may use an environment; a tag's is told as such."""
    kind = payload.get("type", "branch")
    return str(payload["name"]) if kind == "branch" else f"{kind} {payload['name']}"


def environment(payload: Mapping[str, Any]) -> EnvironmentSettings:
    policy = payload.get("deployment_branch_policy")
    if policy is None:
        limit = BranchLimit.ALL
    else:
        limit = BranchLimit.PROTECTED if policy["protected_branches"] else BranchLimit.NAMED
    return EnvironmentSettings(name=payload["name"], branches=limit)


def actions(payload: Mapping[str, Any]) -> ActionsSettings:
    return ActionsSettings(
        enabled=bool(payload["enabled"]), allowed=str(payload.get("allowed_actions") or "")
    )


def run_of(payload: Mapping[str, Any]) -> tuple[str, datetime]:
    """The workflow file that an Actions run is of, and when it began."""
    path = str(payload["path"]).partition("@")[0]
    return path, datetime.fromisoformat(payload["created_at"])


def membership(payload: Mapping[str, Any]) -> Membership:
    return Membership(active=payload["state"] == "active", admin=payload["role"] == "admin")


def organization(payload: Mapping[str, Any]) -> OrganizationSettings:
    """Members are told more than others."""
    may_create = [
        payload.get(key)
        for key in ("members_can_create_repositories", "members_can_create_public_repositories")
    ]
    return OrganizationSettings(
        members_may_create=None if None in may_create else all(may_create),
        private_forks=payload.get("members_can_fork_private_repositories"),
    )


def names(payload: Any) -> list[str]:
    """What a folder holds; nothing of what is no folder."""
    return [str(item["name"]) for item in payload] if isinstance(payload, list) else []
