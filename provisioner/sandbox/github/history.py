"""Where commits come from: logs, common ancestors, merges. Moves no reference."""

from collections.abc import Iterator
from datetime import UTC, datetime

from dulwich.graph import can_fast_forward, find_merge_base
from dulwich.merge import three_way_merge
from dulwich.walk import Walker

from provisioner.sandbox.github.git import GitRepository, Identity, oid

NOBODY = Identity("nobody", "nobody@example.org", datetime(2026, 1, 1, tzinfo=UTC))


def history(git: GitRepository, commit: str, path: str = "") -> Iterator[str]:
    """Commits from this one back, newest first; with `path` those that changed it."""
    paths = [path.encode()] if path else None
    for one in Walker(git.store, [oid(commit)], paths=paths):
        yield one.commit.id.decode()


def between(git: GitRepository, base: str, head: str) -> list[str]:
    """The commits of `head` that `base` lacks, oldest first."""
    walker = Walker(git.store, [oid(head)], exclude=[oid(base)])
    return [one.commit.id.decode() for one in walker][::-1]


def merge_base(git: GitRepository, one: str, other: str) -> str | None:
    found = find_merge_base(git.repo, [oid(one), oid(other)])
    return found[0].decode() if found else None


def is_ancestor(git: GitRepository, older: str, newer: str) -> bool:
    return can_fast_forward(git.repo, oid(older), oid(newer))


def merged_tree(git: GitRepository, ours: str, theirs: str, base: str | None = None) -> str | None:
    """The tree of both commits merged; None where they conflict.

    `base` is the common ancestor, found where it is not given. Writes objects only.
    """
    common = base or _parted(git, ours, theirs)
    tree, conflicts = three_way_merge(
        git.store,
        git.commit(common) if common else None,
        git.the_commit(ours),
        git.the_commit(theirs),
    )
    if conflicts:
        return None
    git.store.add_object(tree)
    return tree.id.decode()


def _parted(git: GitRepository, ours: str, theirs: str) -> str | None:
    """Where two commits parted. Several such places are merged first, as git does: one of them
    alone, taken by chance, would decide what the merge changes (git-scm.com: merge strategies).
    """
    found = sorted(find_merge_base(git.repo, [oid(ours), oid(theirs)]))
    if len(found) < 2:
        return found[0].decode() if found else None
    common = found[0].decode()
    for one in (other.decode() for other in found[1:]):
        tree = merged_tree(git, common, one) or git.tree_of(common)
        common = git.write_commit(tree, [common, one], NOBODY, NOBODY, "")
    return common
