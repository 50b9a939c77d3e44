"""What changed between two trees, as GitHub lists it: status, counts and patch of every file.

A file that moved and stayed alike is one change, `renamed`, as on GitHub.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from dulwich.diff_tree import RenameDetector, TreeChange, tree_changes
from dulwich.objects import ObjectID
from dulwich.patch import unified_diff

from provisioner.sandbox.github.git import GitRepository

STATUS = {
    "add": "added",
    "delete": "removed",
    "modify": "modified",
    "rename": "renamed",
    "copy": "copied",
}


@dataclass(frozen=True)
class FileChange:
    """One file. `patch` is None for files that are not text, and where nothing but the name is new.

    `sha` is the new blob's, the old one's where the file is gone.
    """

    path: str
    status: str
    sha: str
    additions: int
    deletions: int
    patch: str | None
    previous_path: str | None = None


def changes(git: GitRepository, old: str | None, new: str) -> list[FileChange]:
    """The changes from one tree (None: an empty one) to another, by path."""
    old_tree = old or git.write_tree(None, {})
    found = tree_changes(
        git.store,
        ObjectID(old_tree.encode()),
        ObjectID(new.encode()),
        rename_detector=RenameDetector(git.store),
    )
    return sorted((_change(git, one) for one in found), key=lambda one: one.path)


def commit_changes(git: GitRepository, commit: str) -> list[FileChange]:
    """What a commit changed against its first parent."""
    found = git.the_commit(commit)
    parent = git.tree_of(found.parents[0].decode()) if found.parents else None
    return changes(git, parent, found.tree.decode())


def _change(git: GitRepository, change: TreeChange) -> FileChange:
    before, after = change.old, change.new
    path = (after.path if after and after.path else before.path if before else b"") or b""
    moved = before and after and before.path and before.path != after.path
    old = _text(git, before.sha if before else None)
    new = _text(git, after.sha if after else None)
    patch = _patch(old, new)
    lines = patch.split("\n") if patch else []
    sha = (after.sha if after and after.sha else before.sha if before else b"") or b""
    return FileChange(
        path=path.decode(),
        status=STATUS[change.type],
        sha=sha.decode(),
        additions=sum(line.startswith("+") for line in lines),
        deletions=sum(line.startswith("-") for line in lines),
        patch=patch,
        previous_path=before.path.decode() if moved and before and before.path else None,
    )


def _text(git: GitRepository, sha: bytes | None) -> Sequence[bytes] | None:
    """A blob's lines; None for one that is not text."""
    data = git.blob(sha.decode()) if sha else b""
    return None if data is None or b"\0" in data else data.splitlines(keepends=True)


def _patch(old: Sequence[bytes] | None, new: Sequence[bytes] | None) -> str | None:
    if old is None or new is None:
        return None
    hunks = b"".join(list(unified_diff(old, new))[2:])
    return hunks.decode("utf-8", "replace").removesuffix("\n") or None
