"""What remote services hold: what an entry of a tree is, and whether a page answers."""

import pytest

from provisioner.models.remote import PageObservation, PageTrouble, TreeEntry


@pytest.mark.parametrize(
    ("mode", "is_file", "is_folder"),
    [
        ("100644", True, False),
        ("100755", True, False),
        ("100664", True, False),
        ("040000", False, True),
        ("120000", False, False),
        ("160000", False, False),
    ],
)
def test_its_mode_tells_what_an_entry_is(mode: str, is_file: bool, is_folder: bool) -> None:
    entry = TreeEntry(name="x", mode=mode, sha="a1")

    assert (entry.is_file, entry.is_folder) == (is_file, is_folder)


def test_a_page_answers_unless_something_keeps_it_from_that() -> None:
    assert PageObservation().answers
    assert not any(PageObservation(trouble=trouble).answers for trouble in PageTrouble)
