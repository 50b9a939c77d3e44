"""The network's own repository: pull requests, comments, statuses, files at a commit.

One call each, no retries. Everything here is done with the token of the Actions job.
"""

from itertools import islice
from typing import Any, Protocol, TypeVar
from urllib.parse import quote

from provisioner.answers import part
from provisioner.errors import RemoteError, UnexpectedResponse
from provisioner.github import wire
from provisioner.github.reading import PER_PAGE, Parse, change, fetch, pages
from provisioner.github.session import GitHubSession
from provisioner.models.remote import ChangedFile, Comment, Commit, PullRequest
from provisioner.redaction import Shown

MOST_PAGES = 30
ACTIONS_LOGIN = "github-actions[bot]"

Model = TypeVar("Model")


class Conversation(Protocol):
    """The comments of one repository's pull requests, as one author."""

    def author(self) -> str: ...

    def comments(self, number: int) -> list[Comment]: ...

    def comment(self, comment_id: int) -> Comment | None: ...

    def add_comment(self, number: int, body: Shown) -> Comment: ...

    def edit_comment(self, comment_id: int, body: Shown) -> None: ...


class NetworkRepository:
    """Reads and writes over GitHub's REST API for one repository, `owner/name`."""

    def __init__(self, session: GitHubSession, full_name: str) -> None:
        self._session = session
        self.full_name = full_name
        self._path = f"/repos/{full_name}"
        self._account_ids: dict[str, int | None] = {}

    def default_branch(self) -> str | None:
        """The default branch's name, or `None` where there is no such repository."""
        return fetch(self._session, self._path, lambda it: str(part(it, "default_branch")))

    def author(self) -> str:
        """Who this token comments as. An Actions token may not ask, which tells who it is."""
        return fetch(self._session, "/user", wire.login, none_for=(403, 404)) or ACTIONS_LOGIN

    def account_id(self, login: str) -> int | None:
        """GitHub's number of an account, which outlives its login; `None` where there is none.

        An answer is remembered, a failure is not.
        """
        key = login.lower()
        if key not in self._account_ids:
            path = f"/users/{quote(login, safe='')}"
            self._account_ids[key] = fetch(self._session, path, wire.account_id)
        return self._account_ids[key]

    def comments(self, number: int) -> list[Comment]:
        return self._all(f"{self._path}/issues/{number}/comments", wire.comment)

    def comment(self, comment_id: int) -> Comment | None:
        """One comment; `None` where there is none of that number any more."""
        path = f"{self._path}/issues/comments/{comment_id}"
        return fetch(self._session, path, wire.comment, none_for=(404, 410))

    def add_comment(self, number: int, body: Shown) -> Comment:
        """Write a new comment. Not safe to repeat: look for it first."""
        path = f"{self._path}/issues/{number}/comments"
        return change(self._session, "POST", path, {"body": body.text}, wire.comment)

    def edit_comment(self, comment_id: int, body: Shown) -> None:
        """Replace a comment's text. Safe to repeat; the last writer wins."""
        path = f"{self._path}/issues/comments/{comment_id}"
        self._session.send("PATCH", path, {"body": body.text})

    def pull_request(self, number: int) -> PullRequest | None:
        return fetch(self._session, f"{self._path}/pulls/{number}", wire.pull_request)

    def open_pull_requests_from(self, owner: str, branch: str, base: str) -> list[PullRequest]:
        """Open pull requests from `owner:branch`, a fork's or one of here, into `base`."""
        head = f"{owner}:{branch}"
        path = f"{self._path}/pulls"
        return self._all(path, wire.pull_request, state="open", head=head, base=base)

    def pull_requests_of(self, commit: str) -> list[PullRequest]:
        """Pull requests that brought `commit`; lags for some seconds after a merge."""
        path = f"{self._path}/commits/{commit}/pulls"
        unknown = (404, 409, 422)
        return list(pages(self._session, path, wire.pull_request, most=1, none_for=unknown))

    def changed_files(self, number: int) -> list[ChangedFile]:
        """The first hundred files of a pull request. What is missing here may have changed, too:
        GitHub itself lists 3,000 at most and does not say so."""
        path = f"{self._path}/pulls/{number}/files"
        listed = pages(self._session, path, wire.changed_file, most=1)
        return list(islice(listed, PER_PAGE))

    def is_public_member(self, organization: str, login: str) -> bool:
        """Whether everybody may see that the user belongs to the organisation.

        Of an account that is no organisation nobody is a member.
        """
        path = f"/orgs/{quote(organization)}/public_members/{quote(login)}"
        try:
            self._session.send("GET", path)
        except UnexpectedResponse as error:  # 204: yes, without a word
            if error.status == 204:
                return True
            raise
        except RemoteError as error:
            if error.status == 404:
                return False
            raise
        return True

    def status(self, sha: str, context: str) -> str | None:
        """The newest state of a commit status, or `None` where there is none of that name."""
        path = f"{self._path}/commits/{quote(sha)}/status"
        states = pages(
            self._session,
            path,
            wire.commit_status,
            most=MOST_PAGES,
            key="statuses",
            none_for=(404,),
        )
        return next((state for name, state in states if name == context), None)

    def last_change(self, path: str) -> Commit | None:
        """The newest commit of the default branch that touched `path`."""
        where = f"{self._path}/commits"
        empty = (404, 409)
        found = fetch(
            self._session, where, wire.first_commit, none_for=empty, path=path, per_page=1
        )
        return found[0] if found else None

    def newest_commit(self) -> Commit | None:
        """The commit at which the default branch stands."""
        empty = (404, 409)
        where = f"{self._path}/commits"
        found = fetch(self._session, where, wire.first_commit, none_for=empty, per_page=1)
        return found[0] if found else None

    def set_status(self, sha: str, state: str, description: Shown, context: str, url: str) -> None:
        """Set a commit status (`success`, `failure`, `pending`, `error`). The newest one counts."""
        body = {"state": state, "description": description.text[:140], "context": context}
        if url:
            body["target_url"] = url
        self._session.send("POST", f"{self._path}/statuses/{sha}", body)

    def actions_run_ended(self, run_id: int) -> bool:
        """Whether GitHub calls an Actions run completed; one it does not know counts as ended."""
        path = f"{self._path}/actions/runs/{run_id}"
        ended = fetch(self._session, path, lambda it: part(it, "status") == "completed")
        return ended is None or ended

    def environments(self) -> list[str]:
        """The names of the repository's Actions environments; one a hub in a large network."""
        path = f"{self._path}/environments"
        return list(
            pages(
                self._session,
                path,
                lambda it: str(part(it, "name")),
                most=MOST_PAGES,
                key="environments",
                none_for=(404,),
            )
        )

    def _all(self, path: str, parse: Parse[Model], **params: Any) -> list[Model]:
        return list(pages(self._session, path, parse, most=MOST_PAGES, **params))
