"""Settings of repositories, accounts and tokens. Looks only: one call each, no retries."""

from datetime import datetime
from typing import Any, Protocol
from urllib.parse import quote

from provisioner.answers import Call, parsed
from provisioner.errors import RemoteError
from provisioner.github import settings_wire as wire
from provisioner.github.reading import fetch, pages
from provisioner.github.session import SERVICE, GitHubSession
from provisioner.github.wire import account
from provisioner.models.remote import Account
from provisioner.models.setup import (
    ActionsSettings,
    BranchRules,
    BranchSettings,
    EnvironmentSettings,
    Membership,
    OrganizationSettings,
    RepositorySettings,
    TokenOwner,
)

MOST_PAGES = 10


class SettingsReader(Protocol):
    """What a token may see of set-ups. Safe to repeat."""

    def token_owner(self) -> TokenOwner: ...

    def repository(self, full_name: str) -> RepositorySettings | None: ...

    def branch(self, full_name: str, branch: str) -> BranchSettings | None: ...

    def rules(self, full_name: str, branch: str) -> BranchRules: ...

    def branch_policies(self, full_name: str, environment: str) -> tuple[str, ...] | None: ...

    def file_names(self, full_name: str, folder: str, branch: str = "") -> tuple[str, ...]: ...

    def environments(self, full_name: str) -> tuple[EnvironmentSettings, ...]: ...

    def actions(self, full_name: str) -> ActionsSettings | None: ...

    def last_scheduled(self, full_name: str, workflow: str) -> datetime | None: ...

    def account(self, login: str) -> Account | None: ...

    def membership(self, organization: str, login: str) -> Membership | None: ...

    def organization(self, login: str) -> OrganizationSettings | None: ...


class GitHubSettings:
    """A `SettingsReader` over GitHub's REST API, with one token."""

    def __init__(self, session: GitHubSession) -> None:
        self._session = session

    def token_owner(self) -> TokenOwner:
        """Raises `TokenRefused` for a token that GitHub does not know."""
        try:
            payload, headers = self._session.with_headers("/user")
        except RemoteError as error:
            if error.status == 403 and error.retry_after is None:  # an app's token has no user
                return TokenOwner()
            raise
        call = Call(SERVICE, "GET", "GET /user")
        return parsed(call, payload, lambda found: wire.token_owner(found, headers))

    def repository(self, full_name: str) -> RepositorySettings | None:
        return fetch(self._session, f"/repos/{full_name}", wire.repository)

    def branch(self, full_name: str, branch: str) -> BranchSettings | None:
        """None also for a repository without any commit."""
        path = f"/repos/{full_name}/branches/{quote(branch, safe='')}"
        return fetch(self._session, path, wire.branch)

    def rules(self, full_name: str, branch: str) -> BranchRules:
        """What rulesets demand of a branch, be it there or not; anyone who may read sees it."""
        path = f"/repos/{full_name}/rules/branches/{quote(branch, safe='')}"
        listed = pages(self._session, path, dict, most=MOST_PAGES, none_for=(404,))
        call = Call(SERVICE, "GET", f"GET {path}")
        return parsed(call, list(listed), wire.rules)

    def branch_policies(self, full_name: str, environment: str) -> tuple[str, ...] | None:
        """The branches that a limited environment names; None where the token may not see it."""
        name = quote(environment, safe="")
        path = f"/repos/{full_name}/environments/{name}/deployment-branch-policies"
        try:
            return tuple(
                pages(
                    self._session,
                    path,
                    wire.branch_policy,
                    most=MOST_PAGES,
                    key="branch_policies",
                )
            )
        except RemoteError as error:
            if error.status in (403, 404) and error.retry_after is None:
                return None
            raise

    def file_names(self, full_name: str, folder: str, branch: str = "") -> tuple[str, ...]:
        """What a folder holds, by default on the default branch; nothing where there is none."""
        path = f"/repos/{full_name}/contents/{quote(folder)}"
        params: dict[str, Any] = {"ref": branch} if branch else {}
        return tuple(fetch(self._session, path, wire.names, **params) or ())

    def environments(self, full_name: str) -> tuple[EnvironmentSettings, ...]:
        """The Actions environments of a repository, with the branches that may use them."""
        path = f"/repos/{full_name}/environments"
        listed = pages(
            self._session,
            path,
            wire.environment,
            most=MOST_PAGES,
            key="environments",
            none_for=(404,),
        )
        return tuple(listed)

    def actions(self, full_name: str) -> ActionsSettings | None:
        """None where the token may not see it: only a repository's administrators may."""
        try:
            return fetch(self._session, f"/repos/{full_name}/actions/permissions", wire.actions)
        except RemoteError as error:
            if error.status == 403 and error.retry_after is None:
                return None
            raise

    def last_scheduled(self, full_name: str, workflow: str) -> datetime | None:
        """When the schedule last started the workflow file of this path; newest runs first."""
        path = f"/repos/{full_name}/actions/runs"
        runs = pages(
            self._session, path, wire.run_of, most=MOST_PAGES, key="workflow_runs", event="schedule"
        )
        return next((began for file, began in runs if file == workflow), None)

    def account(self, login: str) -> Account | None:
        return fetch(self._session, f"/users/{quote(login)}", account)

    def membership(self, organization: str, login: str) -> Membership | None:
        """None for who is no member; GitHub says so to strangers with a 403 of its own."""
        path = f"/orgs/{quote(organization)}/memberships/{quote(login)}"
        try:
            return fetch(self._session, path, wire.membership)
        except RemoteError as error:
            if error.status == 403 and "must be a member" in error.message.lower():
                return None
            raise

    def organization(self, login: str) -> OrganizationSettings | None:
        return fetch(self._session, f"/orgs/{quote(login)}", wire.organization)
