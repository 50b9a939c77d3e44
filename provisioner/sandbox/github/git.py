"""Real git repositories in memory. Knows git, and nothing of GitHub.

SHAs are hexadecimal text. Repositories of one fork network share their
objects, as they do on GitHub: a commit of a fork can be read in its parent.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import cast

from dulwich.object_store import MemoryObjectStore, commit_tree_changes, iter_tree_contents
from dulwich.objects import Blob, Commit, ObjectID, ShaFile, Tree
from dulwich.refs import Ref
from dulwich.repo import MemoryRepo

FILE_MODE = 0o100644
TREE_MODE = 0o040000
SUBMODULE_MODE = "160000"
LINK_MODE = "120000"
HEADS = "refs/heads/"


@dataclass(frozen=True)
class Identity:
    """Who wrote or committed, and when."""

    name: str
    email: str
    when: datetime

    @property
    def line(self) -> bytes:
        return f"{self.name} <{self.email}>".encode()

    @classmethod
    def read(cls, line: bytes, seconds: float) -> "Identity":
        """From what a commit holds."""
        name, _, email = line.decode("utf-8", "replace").partition(" <")
        return cls(name, email.rstrip(">"), datetime.fromtimestamp(seconds, UTC))


@dataclass(frozen=True)
class Entry:
    """A file or folder in a tree. `mode` is as git writes it, such as `100644`."""

    path: str
    mode: str
    kind: str
    sha: str
    size: int | None


@dataclass(frozen=True)
class Odd:
    """Content of an entry that is no plain file: a symbolic link's target, a submodule's commit."""

    mode: str
    content: str


Content = bytes | Odd | None
"""What stands at a path of a commit; None takes it away."""


class GitRepository:
    """One repository. Not safe for threads: the caller holds the world's lock."""

    def __init__(self, shared_with: "GitRepository | None" = None) -> None:
        self.repo = MemoryRepo()
        if shared_with is not None:
            self.repo.object_store = shared_with.repo.object_store

    @property
    def store(self) -> MemoryObjectStore:
        return cast(MemoryObjectStore, self.repo.object_store)

    # refs

    def refs(self) -> dict[str, str]:
        """Every reference by its full name, without HEAD."""
        found = self.repo.refs.as_dict()
        return {
            name.decode(): sha.decode() for name, sha in sorted(found.items()) if name != b"HEAD"
        }

    def branches(self) -> dict[str, str]:
        refs = self.refs().items()
        return {name.removeprefix(HEADS): sha for name, sha in refs if name.startswith(HEADS)}

    def ref(self, name: str) -> str | None:
        return self.refs().get(name)

    def head(self, branch: str) -> str | None:
        return self.ref(HEADS + branch)

    def set_ref(self, name: str, sha: str) -> None:
        self.repo.refs[Ref(name.encode())] = oid(sha)

    def delete_ref(self, name: str) -> None:
        del self.repo.refs[Ref(name.encode())]

    def point_head_at(self, branch: str) -> None:
        """What a clone checks out."""
        self.repo.refs.set_symbolic_ref(Ref(b"HEAD"), Ref((HEADS + branch).encode()))

    def resolve(self, name: str) -> str | None:
        """The commit that a SHA (also shortened), branch, tag or reference stands for."""
        refs = self.refs()
        for full in (HEADS + name, f"refs/tags/{name}", f"refs/{name}", name):
            if full in refs:
                return refs[full]
        if len(name) == 40:
            return name if self.commit(name) else None
        return self._by_prefix(name) if 7 <= len(name) < 40 else None

    def _by_prefix(self, prefix: str) -> str | None:
        known = (sha.decode() for sha in self.store)
        return next((sha for sha in known if sha.startswith(prefix) and self.commit(sha)), None)

    # objects

    def commit(self, sha: str) -> Commit | None:
        found = self.object(sha)
        return found if isinstance(found, Commit) else None

    def the_commit(self, sha: str) -> Commit:
        """A commit that must be there; KeyError otherwise."""
        found = self.commit(sha)
        if found is None:
            raise KeyError(sha)
        return found

    def object(self, sha: str) -> ShaFile | None:
        try:
            return self.store[oid(sha)]
        except (KeyError, ValueError):
            return None

    def blob(self, sha: str) -> bytes | None:
        found = self.object(sha)
        return found.data if isinstance(found, Blob) else None

    def tree(self, sha: str) -> Tree | None:
        found = self.object(sha)
        return found if isinstance(found, Tree) else None

    def tree_of(self, commit: str) -> str:
        return bytes(self.the_commit(commit).tree).decode()

    def entries(self, tree: str, *, recursive: bool = False) -> Iterator[Entry]:
        """What stands in a tree; with `recursive` all the way down, folders before their files."""
        if recursive:
            contents = iter_tree_contents(self.store, oid(tree), include_trees=True)
            items = [(one.path or b"", one.mode or 0, one.sha or b"") for one in contents]
        else:
            listed = self.tree(tree)
            items = [(path, mode, sha) for path, mode, sha in listed.items()] if listed else []
        for path, mode, sha in items:
            if path:
                yield self._entry(path.decode(), mode, sha.decode())

    def entry(self, tree: str, path: str) -> Entry | None:
        root = self.tree(tree) or Tree()
        try:
            mode, sha = root.lookup_path(self.store.__getitem__, path.encode())
        except (KeyError, ValueError):
            return None
        return self._entry(path, mode, sha.decode())

    def _entry(self, path: str, mode: int, sha: str) -> Entry:
        blob = self.blob(sha)
        kind = "tree" if mode == TREE_MODE else "blob" if blob is not None else "commit"
        return Entry(path, f"{mode:06o}", kind, sha, None if blob is None else len(blob))

    def file(self, commit: str, path: str) -> bytes | None:
        entry = self.entry(self.tree_of(commit), path) if self.commit(commit) else None
        return self.blob(entry.sha) if entry else None

    # writing

    def write_blob(self, data: bytes) -> str:
        blob = Blob.from_string(data)
        self.store.add_object(blob)
        return blob.id.decode()

    def write_tree(self, base: str | None, changes: Mapping[str, tuple[str, str] | None]) -> str:
        """A tree from another one: by path its mode and SHA, or None to take the path out."""
        tree = (self.tree(base) if base else None) or Tree()
        known = [
            (path.encode(), int(change[0], 8) if change else None, change and oid(change[1]))
            for path, change in changes.items()
            if change is not None or (base and self.entry(base, path))
        ]
        written = commit_tree_changes(self.store, cast(Tree, tree.copy()), known)
        return written.decode()

    def write_commit(
        self, tree: str, parents: list[str], author: Identity, committer: Identity, message: str
    ) -> str:
        commit = Commit()
        commit.tree, commit.parents = oid(tree), [oid(one) for one in parents]
        commit.author, commit.committer = author.line, committer.line
        commit.author_time = int(author.when.timestamp())
        commit.commit_time = int(committer.when.timestamp())
        commit.author_timezone = commit.commit_timezone = 0
        commit.message = message.encode()
        self.store.add_object(commit)
        return commit.id.decode()

    def write_files(self, parent: str | None, files: Mapping[str, Content]) -> str:
        """The tree of a commit with some files set, and those that are None taken out."""
        changes = {path: self._written(content) for path, content in files.items()}
        return self.write_tree(self.tree_of(parent) if parent else None, changes)

    def _written(self, content: Content) -> tuple[str, str] | None:
        """Mode and id. A submodule's commit lies in another repository."""
        if content is None:
            return None
        if not isinstance(content, Odd):
            return f"{FILE_MODE:o}", self.write_blob(content)
        is_submodule = content.mode == SUBMODULE_MODE
        sha = content.content if is_submodule else self.write_blob(content.content.encode())
        return content.mode, sha


def oid(sha: str) -> ObjectID:
    return ObjectID(sha.encode())
