"""Repositories as the host sees them through its GitHub App. Reads only."""

from collections.abc import Callable

from provisioner.sandbox.github.access import sees
from provisioner.sandbox.github.git import Identity
from provisioner.sandbox.github.records import Repository
from provisioner.sandbox.github.state import GitHubWorld
from provisioner.sandbox.world import CommitView, Push, RepositoryView


class Lookup:
    """A `RepositoryLookup`."""

    def __init__(self, github: GitHubWorld) -> None:
        self._github = github
        self._repositories = github.repositories

    def by_id(self, repository_id: int) -> RepositoryView | None:
        found = self._repositories.by_id(repository_id)
        return self._view(found) if found else None

    def by_full_name(self, full_name: str) -> RepositoryView | None:
        found = self._repositories.find(full_name) or self._repositories.moved(full_name)
        return self._view(found) if found else None

    def head(self, repository_id: int, branch: str) -> str | None:
        found = self._readable(repository_id)
        return found.git.head(branch) if found else None

    def commit(self, repository_id: int, sha: str) -> CommitView | None:
        found = self._readable(repository_id)
        commit = found.git.commit(sha) if found else None
        if commit is None:
            return None
        author = Identity.read(commit.author, commit.author_time)
        known = self._github.accounts.by_email(author.email)
        message = commit.message.decode("utf-8", "replace")
        return CommitView(sha, message, author.name, known.login if known else "")

    def read_file(self, repository_id: int, sha: str, path: str) -> bytes | None:
        found = self._readable(repository_id)
        return found.git.file(sha, path) if found else None

    def on_push(self, callback: Callable[[Push], None]) -> None:
        self._repositories.on_push(callback)

    def _readable(self, repository_id: int) -> Repository | None:
        found = self._repositories.by_id(repository_id)
        return found if found and self._repositories.is_readable(found) else None

    def _view(self, repository: Repository) -> RepositoryView:
        return RepositoryView(
            id=repository.id,
            full_name=repository.full_name,
            owner=repository.owner.login,
            name=repository.name,
            owner_id=repository.owner.id,
            owner_type=repository.owner.type,
            private=repository.private,
            fork=repository.fork,
            default_branch=repository.default_branch,
            installed=sees(repository.owner, repository),
            readable=self._repositories.is_readable(repository),
        )
