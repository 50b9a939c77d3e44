"""Every repository by name and by id, and the one place where their branches move.

Knows nothing of who may do what (`access`), nor how copies come about (`copies`).
"""

from collections.abc import Callable, Mapping
from typing import Any

from provisioner.sandbox.github.accounts import email_of
from provisioner.sandbox.github.git import HEADS, Content, GitRepository, Identity
from provisioner.sandbox.github.records import Account, Repository
from provisioner.sandbox.world import Push, World


class Repositories:
    """Repositories that exist. Names are compared without case, as on GitHub."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._by_id: dict[int, Repository] = {}
        self._ids: dict[str, int] = {}
        self._former: dict[str, int] = {}
        self._listeners: list[Callable[[Push], None]] = []

    def all(self) -> list[Repository]:
        return list(self._by_id.values())

    def by_id(self, repository_id: int) -> Repository | None:
        return self._by_id.get(repository_id)

    def find(self, full_name: str) -> Repository | None:
        """The repository that has this name now."""
        found = self._ids.get(full_name.lower())
        return None if found is None else self._by_id[found]

    def moved(self, full_name: str) -> Repository | None:
        """The repository that had this name before, while nobody else has it."""
        found = self._former.get(full_name.lower())
        return None if found is None else self._by_id.get(found)

    def of(self, owner: Account) -> list[Repository]:
        return [one for one in self.all() if one.owner is owner]

    def forks_of(self, repository: Repository) -> list[Repository]:
        return [one for one in self.all() if one.parent is repository]

    def is_readable(self, repository: Repository) -> bool:
        """Whether its commits can be read yet."""
        return self._world.clock.now() >= repository.readable_at

    def add(
        self, owner: Account, name: str, creator: Account, git: GitRepository, **more: Any
    ) -> Repository:
        """Register a repository under a name that is free. `more` are fields of `Repository`."""
        now = self._world.clock.now()
        times = {"created_at": now, "pushed_at": now, "readable_at": now}
        repository = Repository(
            id=self._world.number(),
            owner=owner,
            name=name,
            git=git,
            creator=creator.login,
            **{**times, **more},
        )
        git.point_head_at(repository.default_branch)
        self._by_id[repository.id] = repository
        self._take_name(repository)
        return repository

    def create(
        self,
        owner: Account,
        name: str,
        creator: Account,
        files: Mapping[str, bytes],
        **more: Any,
    ) -> Repository:
        """A new repository with a first commit, or none if there are no files."""
        repository = self.add(owner, name, creator, GitRepository(), **more)
        if files:
            self.commit_files(repository, repository.default_branch, files, "Initial commit")
        return repository

    def rename(self, repository: Repository, owner: Account, name: str) -> None:
        """Give it another name or owner; the old name leads to it from now on."""
        old = repository.full_name.lower()
        del self._ids[old]
        repository.owner, repository.name = owner, name
        self._take_name(repository)
        self._former[old] = repository.id

    def delete(self, repository: Repository) -> None:
        """Its forks become forks of its own parent, if it had one."""
        for fork in self.forks_of(repository):
            fork.parent = repository.parent
        del self._ids[repository.full_name.lower()]
        del self._by_id[repository.id]

    def _take_name(self, repository: Repository) -> None:
        name = repository.full_name.lower()
        self._ids[name] = repository.id
        self._former.pop(name, None)

    def identity(self, account: Account) -> Identity:
        """An account as an author, now."""
        return Identity(account.login, email_of(account), self._world.clock.now())

    def commit_files(
        self,
        repository: Repository,
        branch: str,
        files: Mapping[str, Content],
        message: str,
        author: Account | None = None,
    ) -> str:
        """Commit files (None: take it away) to a branch and push that."""
        git = repository.git
        parent = git.head(branch)
        who = self.identity(author or repository.owner)
        tree = git.write_files(parent, files)
        commit = git.write_commit(tree, [parent] if parent else [], who, who, message)
        self.move(repository, branch, commit)
        return commit

    def on_push(self, callback: Callable[[Push], None]) -> None:
        self._listeners.append(callback)

    def move(self, repository: Repository, branch: str, sha: str | None) -> None:
        """Let a branch stand at a commit, or go away, and tell everybody who listens."""
        before = repository.git.head(branch)
        if before == sha:
            return
        if sha is None:
            repository.git.delete_ref(HEADS + branch)
        else:
            repository.git.set_ref(HEADS + branch, sha)
        self.moved_by_git(Push(repository.id, branch, before, sha))

    def moved_by_git(self, push: Push) -> None:
        """A branch has moved already: keep the books and tell everybody who listens."""
        repository = self._by_id[push.repository_id]
        repository.pushed_at = self._world.clock.now()
        for listener in self._listeners:
            listener(push)
