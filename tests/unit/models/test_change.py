"""What a merge would change, and whether a reviewer has anything to judge."""

from typing import Any

import pytest

from provisioner.models.change import FirstUse, MergeEffect, Neighbour, Review
from provisioner.models.remote import TreeEntry


def entry(name: str, sha: str = "a1", mode: str = "100644") -> TreeEntry:
    return TreeEntry(name=name, mode=mode, sha=sha)


def test_what_differs_in_content_or_kind_is_changed_and_told_by_name() -> None:
    before = {name: entry(name) for name in ("same", "gone", "edited", "linked")}
    after = {
        "same": entry("same"),
        "edited": entry("edited", sha="b2"),
        "linked": entry("linked", mode="120000"),
        "added": entry("added"),
    }
    assert MergeEffect(before=before, after=after).changed == ("added", "edited", "gone", "linked")


def test_a_merge_that_changes_nothing_changes_no_name() -> None:
    assert MergeEffect(before={"a": entry("a")}, after={"a": entry("a")}).changed == ()


@pytest.mark.parametrize(
    "seen",
    [
        {"elsewhere": ("README.md",)},
        {"first_uses": (FirstUse(kind="owner", account="x"),)},
        {"neighbours": (Neighbour(domain="a", relation="above", hub="b", other="c"),)},
        {"former_maintainers": ("amina-k",)},
    ],
)
def test_a_review_with_anything_to_judge_is_not_empty(seen: dict[str, Any]) -> None:
    assert not Review(author="amina-k", **seen).is_empty
    assert Review(author="amina-k").is_empty
