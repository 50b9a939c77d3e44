"""The network's own repository: pull requests, comments, statuses, files at a commit.

One call each, no retries. Everything here is done with the token of the Actions job.
"""

from collections.abc import Callable
from typing import Any, Protocol, TypeVar
from urllib.parse import quote

from provisioner.github import wire
from provisioner.github.session import SERVICE, GitHubSession
from provisioner.models.remote import ChangedFile, Comment, PullRequest
from provisioner.transport import Call, parsed

PER_PAGE = 100
MOST_PAGES = 30
ACTIONS_LOGIN = "github-actions[bot]"

Model = TypeVar("Model")


class Conversation(Protocol):
    """The comments of one repository's pull requests, as one author."""

    def author(self) -> str: ...

    def comments(self, number: int) -> list[Comment]: ...

    def add_comment(self, number: int, body: str) -> Comment: ...

    def edit_comment(self, comment_id: int, body: str) -> None: ...


class NetworkRepository:
    """Reads and writes over GitHub's REST API for one repository, `owner/name`."""

    def __init__(self, session: GitHubSession, full_name: str) -> None:
        self._session = session
        self.full_name = full_name
        self._path = f"/repos/{full_name}"

    def default_branch(self) -> str | None:
        """The default branch's name, or `None` where there is no such repository."""
        payload = self._session.get(self._path)
        return None if payload is None else str(payload["default_branch"])

    def author(self) -> str:
        """Who this token comments as. An Actions token may not ask, which tells who it is."""
        payload = self._session.get("/user", none_for=(403, 404))
        return ACTIONS_LOGIN if payload is None else str(payload["login"])

    def comments(self, number: int) -> list[Comment]:
        path = f"{self._path}/issues/{number}/comments"
        return [_parse(path, item, wire.comment) for item in self._pages(path)]

    def add_comment(self, number: int, body: str) -> Comment:
        """Write a new comment. Not safe to repeat: look for it first."""
        path = f"{self._path}/issues/{number}/comments"
        payload = self._session.send("POST", path, {"body": body})
        return parsed(Call(SERVICE, "POST", f"POST {path}"), payload, wire.comment)

    def edit_comment(self, comment_id: int, body: str) -> None:
        """Replace a comment's text. Safe to repeat; the last writer wins."""
        self._session.send("PATCH", f"{self._path}/issues/comments/{comment_id}", {"body": body})

    def pull_request(self, number: int) -> PullRequest | None:
        path = f"{self._path}/pulls/{number}"
        payload = self._session.get(path)
        return None if payload is None else _parse(path, payload, wire.pull_request)

    def open_pull_requests_from(self, owner: str, branch: str) -> list[PullRequest]:
        """Open pull requests whose head is `owner:branch`, from a fork or from here."""
        path = f"{self._path}/pulls"
        found = self._pages(path, state="open", head=f"{owner}:{branch}")
        return [_parse(path, item, wire.pull_request) for item in found]

    def pull_requests_of(self, commit: str) -> list[PullRequest]:
        """Pull requests that brought `commit`; lags for some seconds after a merge."""
        path = f"{self._path}/commits/{commit}/pulls"
        found = self._session.get(path, none_for=(404, 409, 422), per_page=PER_PAGE) or []
        return [_parse(path, item, wire.pull_request) for item in found]

    def changed_files(self, number: int) -> list[ChangedFile]:
        """The files of a pull request (at most 3,000, as GitHub lists them)."""
        path = f"{self._path}/pulls/{number}/files"
        return [_parse(path, item, wire.changed_file) for item in self._pages(path)]

    def changed_between(self, base: str, head: str) -> list[ChangedFile]:
        """The files that differ from where the two parted (at most 300, as GitHub lists them)."""
        path = f"{self._path}/compare/{quote(base, safe='')}...{quote(head, safe='')}"
        payload = self._session.send("GET", path)
        return [_parse(path, item, wire.changed_file) for item in payload.get("files") or []]

    def file_at(self, path: str, ref: str, repository: str | None = None) -> bytes | None:
        """A file's bytes at a commit or branch; `None` where there is none.

        A symbolic link, a directory or a file over 1 MB raises `UnexpectedResponse`.
        """
        where = f"/repos/{repository or self.full_name}/contents/{quote(path)}"
        payload = self._session.get(where, ref=ref)
        if payload is None:
            return None
        return _parse(where, payload, wire.file_content)[0]

    def last_change(self, path: str) -> tuple[str, str] | None:
        """The newest commit of the default branch that touched `path`: its id and message."""
        where = f"{self._path}/commits"
        found = self._session.get(where, none_for=(404, 409), path=path, per_page=1)
        if not found:
            return None
        return _parse(where, found[0], _sha_and_message)

    def set_status(self, sha: str, state: str, description: str, context: str, url: str) -> None:
        """Set a commit status (`success`, `failure`, `pending`, `error`). The newest one counts."""
        body = {"state": state, "description": description[:140], "context": context}
        if url:
            body["target_url"] = url
        self._session.send("POST", f"{self._path}/statuses/{sha}", body)

    def environments(self) -> list[str]:
        """The names of the repository's Actions environments."""
        payload = self._session.get(f"{self._path}/environments", per_page=PER_PAGE) or {}
        return [str(item["name"]) for item in payload.get("environments", [])]

    def _pages(self, path: str, **params: Any) -> list[Any]:
        items: list[Any] = []
        for page in range(1, MOST_PAGES + 1):
            found = self._session.send(
                "GET", path, params={**params, "per_page": PER_PAGE, "page": page}
            )
            items.extend(found or [])
            if len(found or []) < PER_PAGE:
                break
        return items


def _parse(path: str, payload: Any, parse: Callable[[Any], Model]) -> Model:
    return parsed(Call(SERVICE, "GET", f"GET {path}"), payload, parse)


def _sha_and_message(payload: Any) -> tuple[str, str]:
    return str(payload["sha"]), str(payload["commit"]["message"])
