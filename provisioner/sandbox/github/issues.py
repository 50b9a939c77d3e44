"""Issues, labels and comments; pull requests are issues too. Knows nothing of commits."""

from datetime import timedelta

from provisioner.sandbox.github.records import Account, Comment, Issue, Label, Repository
from provisioner.sandbox.world import World

COMMENT_LIMIT = 65_536


class Issues:
    """Everything with a number, and what was said about it. `lag` is by how long a list of
    comments is behind: for so many seconds it does not show a new one.
    """

    def __init__(self, world: World) -> None:
        self._world = world
        self._issues: dict[tuple[int, int], Issue] = {}
        self._comments: dict[int, Comment] = {}
        self._labels: dict[tuple[int, str], Label] = {}
        self.lag = 0.0

    def open(self, repository: Repository, author: Account, title: str, body: str | None) -> Issue:
        now = self._world.clock.now()
        issue = Issue(
            id=self._world.number(),
            number=self._next_number(repository),
            repository=repository,
            title=title,
            body=body,
            author=author,
            created_at=now,
            updated_at=now,
        )
        self._issues[repository.id, issue.number] = issue
        return issue

    def find(self, repository: Repository, number: int) -> Issue | None:
        return self._issues.get((repository.id, number))

    def of(self, repository: Repository) -> list[Issue]:
        """The oldest first."""
        return [one for one in self._issues.values() if one.repository is repository]

    def all(self) -> list[Issue]:
        return list(self._issues.values())

    def close(self, issue: Issue, by: Account, reason: str | None = None) -> None:
        now = self._world.clock.now()
        issue.state, issue.state_reason = "closed", reason
        issue.closed_at, issue.closed_by, issue.updated_at = now, by, now

    def reopen(self, issue: Issue) -> None:
        issue.state, issue.state_reason = "open", "reopened"
        issue.closed_at, issue.closed_by = None, None
        issue.updated_at = self._world.clock.now()

    def label(self, repository: Repository, name: str) -> Label:
        """The repository's label of this name, made if it is new, as GitHub does."""
        key = (repository.id, name.lower())
        if key not in self._labels:
            self._labels[key] = Label(self._world.number(), name)
        return self._labels[key]

    def comment(self, issue: Issue, author: Account, body: str) -> Comment:
        now = self._world.clock.now()
        comment = Comment(self._world.number(), issue, author, body, now, now)
        self._comments[comment.id] = comment
        issue.updated_at = now
        return comment

    def edit_comment(self, comment: Comment, body: str) -> None:
        comment.body, comment.updated_at = body, self._world.clock.now()

    def delete_comment(self, comment: Comment) -> None:
        del self._comments[comment.id]

    def find_comment(self, repository: Repository, comment_id: int) -> Comment | None:
        found = self._comments.get(comment_id)
        return found if found and found.issue.repository is repository else None

    def comments_on(self, issue: Issue) -> list[Comment]:
        """The oldest first."""
        return [one for one in self._comments.values() if one.issue is issue]

    def listed_on(self, issue: Issue) -> list[Comment]:
        """As a list shows them that is behind."""
        shown = self._world.clock.now() - timedelta(seconds=self.lag)
        return [one for one in self.comments_on(issue) if one.created_at <= shown]

    def comments(self) -> list[Comment]:
        return list(self._comments.values())

    def _next_number(self, repository: Repository) -> int:
        return 1 + max((one.number for one in self.of(repository)), default=0)
