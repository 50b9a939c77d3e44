"""Repositories in memory: what the host's stand-in may look at, for tests without git."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, field, replace

from provisioner.sandbox.world import CommitView, Push, RepositoryView


@dataclass
class Repository:
    """One repository: its branches' heads, its commits and the files of every commit."""

    view: RepositoryView
    heads: dict[str, str] = field(default_factory=dict)
    commits: dict[str, CommitView] = field(default_factory=dict)
    files: dict[str, dict[str, bytes]] = field(default_factory=dict)


class Repositories:
    """A `RepositoryLookup` that tests fill."""

    def __init__(self) -> None:
        self._all: dict[int, Repository] = {}
        self._listeners: list[Callable[[Push], None]] = []

    def add(
        self,
        full_name: str,
        files: dict[str, bytes] | None = None,
        *,
        owner_type: str = "Organization",
        private: bool = False,
        installed: bool = True,
    ) -> int:
        owner, _, name = full_name.partition("/")
        number = len(self._all) + 501
        view = RepositoryView(
            id=number,
            full_name=full_name,
            owner=owner,
            name=name,
            owner_id=77,
            owner_type=owner_type,
            private=private,
            fork=True,
            default_branch="main",
            installed=installed,
            readable=True,
        )
        self._all[number] = Repository(view)
        self.push(number, "main", files or {"README.md": b"hello"})
        return number

    def push(self, number: int, branch: str, files: dict[str, bytes], author: str = "mary") -> str:
        """A commit with these files; everyone who listens hears of it."""
        repository = self._all[number]
        before = repository.heads.get(branch)
        sha = hashlib.sha1(f"{number}{branch}{len(repository.commits)}".encode()).hexdigest()
        repository.heads[branch] = sha
        repository.commits[sha] = CommitView(sha, "Change the guide", "Mary", author)
        repository.files[sha] = files
        for listener in self._listeners:
            listener(Push(number, branch, before, sha))
        return sha

    def change(self, number: int, **changes: bool | str) -> None:
        repository = self._all[number]
        repository.view = replace(repository.view, **changes)  # type: ignore[arg-type]  # tests name fields

    def by_id(self, repository_id: int) -> RepositoryView | None:
        found = self._all.get(repository_id)
        return found.view if found else None

    def by_full_name(self, full_name: str) -> RepositoryView | None:
        wanted = full_name.lower()
        views = (one.view for one in self._all.values())
        return next((view for view in views if view.full_name.lower() == wanted), None)

    def head(self, repository_id: int, branch: str) -> str | None:
        found = self._all.get(repository_id)
        return found.heads.get(branch) if found and found.view.readable else None

    def commit(self, repository_id: int, sha: str) -> CommitView | None:
        found = self._all.get(repository_id)
        return found.commits.get(sha) if found and found.view.readable else None

    def read_file(self, repository_id: int, sha: str, path: str) -> bytes | None:
        found = self._all.get(repository_id)
        return found.files.get(sha, {}).get(path) if found else None

    def on_push(self, callback: Callable[[Push], None]) -> None:
        self._listeners.append(callback)
