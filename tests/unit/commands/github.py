"""The network's repository in memory: its comments, and where a hub file came from."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import cast

from provisioner.errors import Effect, RemoteError
from provisioner.github.network_repository import NetworkRepository
from provisioner.models.remote import Comment, Commit, PullRequest
from provisioner.report.marker import marker
from provisioner.safetext import Shown
from provisioner.wiring import Wiring

ME = "provisioner[bot]"
MERGED = "c0ffee" * 6


@dataclass
class GitHub:
    """What is in `troubles`, by the name of a call, is raised instead of answered."""

    there: bool = True
    said: list[Comment] = field(default_factory=list)
    accounts: dict[str, int] = field(default_factory=dict)
    change: Commit | None = None
    merged: int = 12
    troubles: dict[str, Exception] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    on_comments: Callable[[], None] = lambda: None

    def beside(self, wiring: Wiring) -> "GitHub":
        """Takes the place of GitHub for all that is wired."""
        wiring.network = cast(NetworkRepository, self)
        return self

    def wrote(self, hub: str, id: int = 1, body: str = "As it was.") -> Comment:
        """A comment of ours about a hub, of an earlier time."""
        comment = Comment(id=id, author=ME, body=f"{marker(hub)}\n{body}")
        self.said.append(comment)
        return comment

    @property
    def shown(self) -> list[str]:
        """The comments, each without its hidden first line."""
        return [comment.body.partition("\n")[2] for comment in self.said]

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
        self._ask("comments")
        listed = list(self.said)
        self.on_comments()
        return listed

    def comment(self, comment_id: int) -> Comment | None:
        self._ask("comment")
        return next((one for one in self.said if one.id == comment_id), None)

    def add_comment(self, number: int, body: Shown) -> Comment:
        self._ask("add_comment")
        self.said.append(Comment(id=len(self.said) + 1, author=ME, body=body.text))
        return self.said[-1]

    def edit_comment(self, comment_id: int, body: Shown) -> None:
        self._ask("edit_comment")
        self.said = [_with(one, body) if one.id == comment_id else one for one in self.said]

    def last_change(self, path: str) -> Commit | None:
        self._ask(f"last_change {path}")
        return self.change

    def pull_request(self, number: int) -> PullRequest | None:
        return None

    def pull_requests_of(self, commit: str) -> list[PullRequest]:
        self._ask("pull_requests_of")
        return [pull(number=self.merged, merged=True, merge_commit=commit)]

    def _ask(self, call: str) -> None:
        self.asked.append(call)
        if trouble := self.troubles.get(call.partition(" ")[0]):
            raise trouble


def _with(comment: Comment, body: Shown) -> Comment:
    return comment.model_copy(update={"body": body.text})


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
