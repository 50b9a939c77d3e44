"""Repositories and their owners: what is there, and making a copy. One call each, no retries."""

from typing import Any, Protocol
from urllib.parse import quote

from provisioner.github import wire
from provisioner.github.reading import change, fetch, pages, read
from provisioner.github.session import GitHubSession
from provisioner.models.remote import Account, Repository

MOST_FORK_PAGES = 30


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

    def generate(self, template: Repository, owner: str, name: str) -> Repository: ...


class Repositories:
    """Reader and writer over GitHub's REST API."""

    def __init__(self, session: GitHubSession) -> None:
        self._session = session

    def repository(self, full_name: str) -> Repository | None:
        """The repository, or `None` where there is none or this token may not see it.

        A name that was given up leads to the repository that had it, under its new name.
        """
        return fetch(self._session, f"/repos/{full_name}", wire.repository)

    def branch_head(self, full_name: str, branch: str) -> str | None:
        """The branch's commit; `None` while a fresh copy cannot be read yet (404, 409)."""
        path = f"/repos/{full_name}/branches/{quote(branch, safe='')}"
        return fetch(self._session, path, wire.branch_head, none_for=(404, 409))

    def fork_of(self, source: str, owner: str) -> Repository | None:
        """The fork of `source` that `owner` holds under whatever name; newest forks first."""
        forks = pages(
            self._session,
            f"/repos/{source}/forks",
            wire.owner_and_name,
            most=MOST_FORK_PAGES,
            none_for=(404,),
            sort="newest",
        )
        names = (name for login, name in forks if login.lower() == owner.lower())
        name = next(names, None)
        return None if name is None else self.repository(name)

    def account(self, login: str) -> Account | None:
        return fetch(self._session, f"/users/{login}", wire.account)

    def viewer(self) -> str:
        """The login that this token acts as."""
        return read(self._session, "/user", wire.login)

    def fork(self, source: str, owner: Account, name: str) -> Repository:
        """Ask for a fork. Answers at once; its branches can be read some seconds later.

        Whatever comes back may be an older fork under its own name, or `name-1`:
        the caller must compare (docs.github.com: rest/repos/forks).
        """
        body: dict[str, Any] = {"name": name, "default_branch_only": True}
        if not owner.personal:
            body["organization"] = owner.login
        return change(self._session, "POST", f"/repos/{source}/forks", body, wire.repository)

    def generate(self, template: Repository, owner: str, name: str) -> Repository:
        """Make a copy of a template repository; it has no fork link. 422 when the name is taken.

        A private template's copy is private.
        """
        path = f"/repos/{template.full_name}/generate"
        body = {
            "owner": owner,
            "name": name,
            "private": template.private,
            "include_all_branches": False,
        }
        return change(self._session, "POST", path, body, wire.repository)
