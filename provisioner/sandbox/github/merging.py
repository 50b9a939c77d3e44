"""Merges a pull request in one of GitHub's three ways, with the messages that GitHub writes.

See docs.github.com: "about merge methods on GitHub". Does not ask whether the
merger may.
"""

from dataclasses import replace
from typing import Literal

from provisioner.sandbox.github.git import GitRepository, Identity
from provisioner.sandbox.github.history import between, merged_tree
from provisioner.sandbox.github.issues import Issues
from provisioner.sandbox.github.records import Account, PullRequest
from provisioner.sandbox.github.repositories import Repositories
from provisioner.sandbox.world import World

Method = Literal["merge", "squash", "rebase"]
COMMITTER = ("GitHub", "noreply@github.com")


class CannotMerge(ValueError):
    """The pull request is closed, or conflicts with its base."""


class Merging:
    """Merges pull requests; afterwards they are closed and the base branch has moved."""

    def __init__(self, world: World, repositories: Repositories, issues: Issues) -> None:
        self._world = world
        self._repositories = repositories
        self._issues = issues

    def merge(self, pull: PullRequest, method: Method, merger: Account) -> str:
        """The commit that the base branch stands at now; raises `CannotMerge`."""
        if pull.issue.state != "open":
            raise CannotMerge(f"pull request {pull.number} is closed")
        base = pull.repository.git.head(pull.base_branch) or ""
        sha = {"merge": self._merge, "squash": self._squash, "rebase": self._rebase}[method](
            pull, base, merger
        )
        pull.merged_at, pull.merged_by = self._world.clock.now(), merger
        pull.merge_commit_sha = sha
        self._issues.close(pull.issue, merger)
        self._repositories.move(pull.repository, pull.base_branch, sha)
        return sha

    def _merge(self, pull: PullRequest, base: str, merger: Account) -> str:
        message = f"Merge pull request #{pull.number} from {_source(pull)}\n\n{pull.issue.title}"
        tree = _merged(pull, base, pull.head_sha)
        author = self._repositories.identity(merger)
        return _write(pull, tree, [base, pull.head_sha], author, self._committer(), message)

    def _squash(self, pull: PullRequest, base: str, merger: Account) -> str:
        git = pull.repository.git
        messages = [_message(git, sha) for sha in between(git, base, pull.head_sha)]
        author = self._repositories.identity(pull.issue.author)
        message = _squash_message(pull, messages)
        tree = _merged(pull, base, pull.head_sha)
        return _write(pull, tree, [base], author, self._committer(), message)

    def _rebase(self, pull: PullRequest, base: str, merger: Account) -> str:
        """Each commit anew upon the base; nothing in them names the pull request."""
        git, tip = pull.repository.git, base
        for sha in between(git, base, pull.head_sha):
            commit = git.the_commit(sha)
            if len(commit.parents) > 1:
                continue
            parent = commit.parents[0].decode() if commit.parents else None
            tree = _merged(pull, tip, sha, parent)
            author = replace(_author(git, sha), when=self._world.clock.now())
            tip = _write(pull, tree, [tip], author, self._committer(), _message(git, sha))
            pull.rebased.append(tip)
        return tip

    def _committer(self) -> Identity:
        return Identity(*COMMITTER, self._world.clock.now())


def _merged(pull: PullRequest, base: str, head: str, ancestor: str | None = None) -> str:
    tree = merged_tree(pull.repository.git, base, head, ancestor)
    if tree is None:
        raise CannotMerge(f"pull request {pull.number} conflicts with {pull.base_branch}")
    return tree


def _write(
    pull: PullRequest,
    tree: str,
    parents: list[str],
    author: Identity,
    committer: Identity,
    message: str,
) -> str:
    return pull.repository.git.write_commit(tree, parents, author, committer, message)


def _source(pull: PullRequest) -> str:
    return f"{pull.head_owner.login}/{pull.head_branch}"


def _squash_message(pull: PullRequest, messages: list[str]) -> str:
    """One commit gives its own words; several give the title and a list."""
    if len(messages) == 1:
        title, _, body = messages[0].partition("\n")
        return f"{title} (#{pull.number})" + (f"\n\n{body.strip()}" if body.strip() else "")
    listed = "\n\n".join(f"* {one.strip()}" for one in messages)
    return f"{pull.issue.title} (#{pull.number})\n\n{listed}"


def _message(git: GitRepository, sha: str) -> str:
    return bytes(git.the_commit(sha).message).decode("utf-8", "replace")


def _author(git: GitRepository, sha: str) -> Identity:
    commit = git.the_commit(sha)
    return Identity.read(commit.author, commit.author_time)
