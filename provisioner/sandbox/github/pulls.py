"""Pull requests: opened, followed as their branch moves, found by commit. Merges none."""

from datetime import timedelta

from provisioner.sandbox.github.accounts import email_of
from provisioner.sandbox.github.diff import FileChange, changes
from provisioner.sandbox.github.git import Identity
from provisioner.sandbox.github.history import between, is_ancestor, merge_base, merged_tree
from provisioner.sandbox.github.issues import Issues
from provisioner.sandbox.github.records import Account, PullRequest, Repository
from provisioner.sandbox.github.repositories import Repositories
from provisioner.sandbox.world import Push, World


class Pulls:
    """Every pull request. `lag` is how long a commit's pull request cannot be found by it.

    GitHub answers an empty list for some seconds after a squash merge.
    """

    def __init__(self, world: World, repositories: Repositories, issues: Issues) -> None:
        self._world = world
        self._issues = issues
        self._pulls: dict[tuple[int, int], PullRequest] = {}
        self.lag = 0.0
        repositories.on_push(self._follow)

    def open(
        self,
        base: Repository,
        head: Repository,
        branch: str,
        author: Account,
        title: str,
        body: str | None,
        into: str | None = None,
    ) -> PullRequest:
        """Open one from a branch that exists, to the default branch of `base` or another one."""
        issue = self._issues.open(base, author, title, body)
        target = into or base.default_branch
        pull = PullRequest(
            id=self._world.number(),
            issue=issue,
            base_branch=target,
            base_sha=base.git.head(target) or "",
            head_branch=branch,
            head_sha=head.git.head(branch) or "",
            head_owner=head.owner,
            head_repository=head,
        )
        self._pulls[base.id, issue.number] = pull
        self._point(pull)
        return pull

    def find(self, repository: Repository, number: int) -> PullRequest | None:
        return self._pulls.get((repository.id, number))

    def of(self, repository: Repository) -> list[PullRequest]:
        """The oldest first."""
        return [one for one in self._pulls.values() if one.repository is repository]

    def all(self) -> list[PullRequest]:
        return list(self._pulls.values())

    def commits(self, pull: PullRequest) -> list[str]:
        """The oldest first."""
        return between(pull.repository.git, pull.base_sha, pull.head_sha)

    def files(self, pull: PullRequest) -> list[FileChange]:
        """What the branch changed since it left the base."""
        git = pull.repository.git
        base = merge_base(git, pull.base_sha, pull.head_sha)
        return changes(git, git.tree_of(base) if base else None, git.tree_of(pull.head_sha))

    def trial_merge(self, pull: PullRequest) -> str | None:
        """The commit with which GitHub tries whether it merges; None where it conflicts.

        The same as long as neither side moves. Shown as `merge_commit_sha`
        while the pull request is open, which is why that proves no merge.
        """
        git = pull.repository.git
        base = git.head(pull.base_branch)
        tree = merged_tree(git, base, pull.head_sha) if base else None
        if base is None or tree is None:
            return None
        author = pull.issue.author
        who = Identity(author.login, email_of(author), pull.issue.created_at)
        message = f"Merge {pull.head_sha} into {base}"
        commit = git.write_commit(tree, [base, pull.head_sha], who, who, message)
        git.set_ref(f"refs/pull/{pull.number}/merge", commit)
        return commit

    def with_commit(self, repository: Repository, sha: str) -> list[PullRequest]:
        """Merged ones that brought a commit to the default branch; off it, also open ones."""
        head = repository.git.head(repository.default_branch)
        landed = head is not None and is_ancestor(repository.git, sha, head)
        return [
            one
            for one in self.of(repository)
            if self._is_known(one)
            and (one.merged_at is not None if landed else one.issue.state == "open")
            and sha in (one.merge_commit_sha, *one.rebased, *self.commits(one))
        ]

    def _is_known(self, pull: PullRequest) -> bool:
        if pull.merged_at is None:
            return True
        return self._world.clock.now() >= pull.merged_at + timedelta(seconds=self.lag)

    def _follow(self, push: Push) -> None:
        for pull in self._pulls.values():
            head = pull.head_repository
            is_head = head is not None and head.id == push.repository_id
            if is_head and pull.head_branch == push.branch and pull.issue.state == "open":
                self._advance(pull, push.after)

    def _advance(self, pull: PullRequest, sha: str | None) -> None:
        """A branch that goes away closes its pull request."""
        if sha is None:
            self._issues.close(pull.issue, pull.issue.author)
            return
        pull.head_sha = sha
        pull.base_sha = pull.repository.git.head(pull.base_branch) or pull.base_sha
        pull.issue.updated_at = self._world.clock.now()
        self._point(pull)

    def _point(self, pull: PullRequest) -> None:
        pull.repository.git.set_ref(f"refs/pull/{pull.number}/head", pull.head_sha)
