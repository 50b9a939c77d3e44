"""Where commits come from: logs, common ancestors, merges. Moves no reference."""

from collections.abc import Iterator

from dulwich.graph import can_fast_forward, find_merge_base
from dulwich.merge import three_way_merge
from dulwich.walk import Walker

from provisioner.sandbox.github.git import GitRepository, oid


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
    common = base or merge_base(git, ours, theirs)
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
