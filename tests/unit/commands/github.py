"""The network's repository in memory: its comments, and where a hub file came from."""

from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import cast

from provisioner.errors import Effect, RemoteError
from provisioner.github.network_repository import NetworkRepository
from provisioner.models.remote import Comment, Commit, PullRequest
from provisioner.redaction import Shown
from provisioner.report.marker import find_marker, marker
from provisioner.wiring import Wiring

ME = "provisioner[bot]"
MERGED = "c0ffee" * 6


@dataclass
class GitHub:
    """What is in `troubles`, by the name of a call, is raised instead of answered; in `passing`,
    once."""

    there: bool = True
    said: dict[int, list[Comment]] = field(default_factory=dict)
    """By the number of the pull request."""
    accounts: dict[str, int] = field(default_factory=dict)
    change: Commit | None = None
    merged: int = 12
    troubles: dict[str, Exception] = field(default_factory=dict)
    passing: dict[str, Exception] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    lists_behind: dict[int, int] = field(default_factory=dict)
    """So many looks at a pull request's list show nothing yet."""

    def beside(self, wiring: Wiring) -> "GitHub":
        """Takes the place of GitHub for all that is wired."""
        wiring.network = cast(NetworkRepository, self)
        return self

    def wrote(self, hub: str, number: int = 12, body: str = "As it was.") -> Comment:
        """A comment of ours about a hub on a pull request."""
        comment = Comment(id=len(self._all) + 1, author=ME, body=f"{marker(hub)}\n{body}")
        self.said.setdefault(number, []).append(comment)
        return comment

    def shown(self, number: int = 12) -> list[str]:
        """The comments of a pull request, each without its hidden first line."""
        return [comment.body.partition("\n")[2] for comment in self.said.get(number, [])]

    def default_branch(self) -> str | None:
        self._ask("default_branch")
        return "main" if self.there else None

    def account_id(self, login: str) -> int | None:
        self._ask("account_id")
        return self.accounts.get(login)

    def author(self) -> str:
        self._ask("author")
        return ME

    def comments(self, number: int) -> list[Comment]:
        self._ask(f"comments {number}")
        if behind := self.lists_behind.get(number, 0):
            self.lists_behind[number] = behind - 1
            return []
        return list(self.said.get(number, ()))

    def comment(self, comment_id: int) -> Comment | None:
        self._ask(f"comment {comment_id}")
        return next((one for one in self._all if one.id == comment_id), None)

    def add_comment(self, number: int, body: Shown) -> Comment:
        self._ask(f"add_comment {number}")
        hidden, _, text = body.text.partition("\n")
        return self.wrote(find_marker(hidden) or "", number, text)

    def edit_comment(self, comment_id: int, body: Shown) -> None:
        self._ask(f"edit_comment {comment_id}")
        for number, comments in self.said.items():
            self.said[number] = [_with(one, body, comment_id) for one in comments]

    def last_change(self, path: str) -> Commit | None:
        self._ask(f"last_change {path}")
        return self.change

    def pull_request(self, number: int) -> PullRequest | None:
        return None

    def pull_requests_of(self, commit: str) -> list[PullRequest]:
        self._ask("pull_requests_of")
        return [pull(number=self.merged, merged=True, merge_commit=commit)]

    @property
    def _all(self) -> list[Comment]:
        return [comment for comments in self.said.values() for comment in comments]

    def _ask(self, call: str) -> None:
        name = call.partition(" ")[0]
        self.asked.append(call)
        if trouble := self.passing.pop(name, None) or self.troubles.get(name):
            raise trouble


def _with(comment: Comment, body: Shown, id: int) -> Comment:
    return comment.model_copy(update={"body": body.text}) if comment.id == id else comment


def pull(**fields: object) -> PullRequest:
    """A pull request of a fork into the network's repository."""
    usual = {
        "number": 12,
        "author": "amina-k",
        "head_repository": "amina-k/hubs",
        "head_branch": "hub",
        "head_sha": "a1",
        "base_sha": "b2",
    }
    return PullRequest.model_validate({**usual, **fields})


def commit(sha: str = MERGED) -> Commit:
    return Commit(sha=sha, message="A hub", committed_at=datetime(2026, 1, 1, tzinfo=UTC))


def refused(status: int = 403, retry_after: float | None = None) -> RemoteError:
    return RemoteError(
        "GitHub refused",
        service="GitHub",
        effect=Effect.NONE,
        status=status,
        retry_after=retry_after,
    )
