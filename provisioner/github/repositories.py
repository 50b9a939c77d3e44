"""Repositories and their owners: what is there, and making a copy. One call each, no retries."""

from typing import Any, Protocol
from urllib.parse import quote

from provisioner.github import wire
from provisioner.github.session import SERVICE, GitHubSession
from provisioner.models.remote import Account, Repository
from provisioner.transport import Call, parsed

FORKS_PER_PAGE = 100
MOST_FORK_PAGES = 10


class RepositoryReader(Protocol):
    """Looks only. Safe to repeat."""

    def repository(self, full_name: str) -> Repository | None: ...

    def branch_head(self, full_name: str, branch: str) -> str | None: ...

    def fork_of(self, source: str, owner: str) -> Repository | None: ...

    def account(self, login: str) -> Account | None: ...

    def viewer(self) -> str: ...


class RepositoryWriter(Protocol):
    """Makes copies."""

    def fork(self, source: str, owner: Account, name: str) -> Repository: ...

    def generate(self, template: str, owner: str, name: str) -> Repository: ...


class Repositories:
    """Reader and writer over GitHub's REST API."""

    def __init__(self, session: GitHubSession) -> None:
        self._session = session

    def repository(self, full_name: str) -> Repository | None:
        """The repository, or `None` where there is none or this token may not see it."""
        path = f"/repos/{full_name}"
        payload = self._session.get(path)
        return None if payload is None else _repository("GET", path, payload)

    def branch_head(self, full_name: str, branch: str) -> str | None:
        """The branch's commit; `None` while a fresh copy cannot be read yet (404, 409)."""
        path = f"/repos/{full_name}/branches/{quote(branch, safe='')}"
        payload = self._session.get(path, none_for=(404, 409))
        if payload is None:
            return None
        return parsed(Call(SERVICE, "GET", f"GET {path}"), payload, _branch_head)

    def fork_of(self, source: str, owner: str) -> Repository | None:
        """The fork of `source` that `owner` holds under whatever name; newest forks first."""
        path = f"/repos/{source}/forks"
        for page in range(1, MOST_FORK_PAGES + 1):
            forks = self._session.get(path, sort="newest", per_page=FORKS_PER_PAGE, page=page) or []
            for payload in forks:
                if payload["owner"]["login"].lower() == owner.lower():
                    return self.repository(payload["full_name"])
            if len(forks) < FORKS_PER_PAGE:
                return None
        return None

    def account(self, login: str) -> Account | None:
        path = f"/users/{login}"
        payload = self._session.get(path)
        if payload is None:
            return None
        return parsed(Call(SERVICE, "GET", f"GET {path}"), payload, wire.account)

    def viewer(self) -> str:
        """The login that this token acts as."""
        payload = self._session.send("GET", "/user")
        return str(parsed(Call(SERVICE, "GET", "GET /user"), payload, lambda p: p["login"]))

    def fork(self, source: str, owner: Account, name: str) -> Repository:
        """Ask for a fork. Answers at once; its branches can be read some seconds later.

        Whatever comes back may be an older fork under its own name, or `name-1`:
        the caller must compare (docs.github.com: rest/repos/forks).
        """
        body: dict[str, Any] = {"name": name, "default_branch_only": True}
        if not owner.personal:
            body["organization"] = owner.login
        path = f"/repos/{source}/forks"
        return _repository("POST", path, self._session.send("POST", path, body))

    def generate(self, template: str, owner: str, name: str) -> Repository:
        """Make a copy of a template repository; it has no fork link. 422 when the name is taken."""
        path = f"/repos/{template}/generate"
        body = {"owner": owner, "name": name, "private": False, "include_all_branches": False}
        return _repository("POST", path, self._session.send("POST", path, body))


def _repository(method: str, path: str, payload: Any) -> Repository:
    return parsed(Call(SERVICE, method, f"{method} {path}"), payload, wire.repository)


def _branch_head(payload: Any) -> str:
    return str(payload["commit"]["sha"])
