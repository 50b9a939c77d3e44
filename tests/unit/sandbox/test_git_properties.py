"""The git repositories under the stand-in, with files of every kind."""

from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from provisioner.sandbox.github.diff import changes
from provisioner.sandbox.github.git import GitRepository, Identity
from provisioner.sandbox.github.history import between, is_ancestor, merge_base, merged_tree

SOMEBODY = Identity("Amina", "amina@example.org", datetime(2026, 1, 1, tzinfo=UTC))

names = st.sampled_from(["a", "b", "hubs/a.yaml", "hubs/b.yaml", "deep/er/c"])
files = st.dictionaries(names, st.binary(max_size=40))
edits = st.dictionaries(names, st.none() | st.binary(max_size=40))
Files = dict[str, bytes]
Edits = dict[str, bytes | None]


def _commit(git: GitRepository, parent: str | None, change: Edits | Files) -> str:
    tree = git.write_files(parent, change)
    return git.write_commit(tree, [parent] if parent else [], SOMEBODY, SOMEBODY, "Change")


def _content(git: GitRepository, tree: str) -> Files:
    return {
        one.path: git.blob(one.sha) or b""
        for one in git.entries(tree, recursive=True)
        if one.kind == "blob"
    }


def _edited(before: Files, change: Edits) -> Files:
    merged = {**before, **change}
    return {path: data for path, data in merged.items() if data is not None}


@given(files, edits)
def test_a_commit_holds_what_was_there_with_the_changes_made(start: Files, change: Edits) -> None:
    git = GitRepository()

    second = _commit(git, _commit(git, None, start), change)

    assert _content(git, git.tree_of(second)) == _edited(start, change)


@given(files, edits)
def test_the_changes_between_two_trees_name_every_path_that_differs(
    start: Files, change: Edits
) -> None:
    git = GitRepository()
    first = _commit(git, None, start)
    second = _commit(git, first, change)
    after = _edited(start, change)

    found = changes(git, git.tree_of(first), git.tree_of(second))

    differing = {path for path in start.keys() | after.keys() if start.get(path) != after.get(path)}
    named = {one.path for one in found} | {one.previous_path for one in found if one.previous_path}
    copied_from = {one.previous_path for one in found if one.status == "copied"}
    assert named - copied_from <= differing <= named


@given(files, st.binary(max_size=40), st.binary(max_size=40))
def test_changes_to_different_files_merge_into_both(
    start: Files, ours: bytes, theirs: bytes
) -> None:
    git = GitRepository()
    base = _commit(git, None, start)
    our, their = _commit(git, base, {"ours": ours}), _commit(git, base, {"theirs": theirs})

    tree = merged_tree(git, our, their)

    assert tree is not None
    assert _content(git, tree) == {**start, "ours": ours, "theirs": theirs}
    assert merge_base(git, our, their) == base
    assert between(git, our, their) == [their]
    assert is_ancestor(git, base, our)
    assert not is_ancestor(git, our, their)
