"""The ids that git itself gives to objects are known before the objects are made."""

from datetime import UTC, datetime

from provisioner.github.git_objects import Signature, first_commit, object_id, tree_of_one_file

AMINA = Signature("Amina K", "amina@example.org", datetime(2026, 3, 1, 12, 0, 5, tzinfo=UTC))


def test_a_blob_has_the_id_that_git_gives_it() -> None:
    assert object_id("blob", b"") == "e69de29bb2d1d6434b8b29ae775ad8c2e48c5391"
    assert object_id("blob", b"hello\n") == "ce013625030ba8dba906f756967f9e9ca394464a"


def test_a_tree_of_one_file_has_the_id_that_git_gives_it() -> None:
    assert tree_of_one_file("hello.txt", b"hello\n") == "aaa96ced2d9a1c8e72c56b253a0e2fe78393feb7"


def test_a_first_commit_has_the_id_that_git_gives_it() -> None:
    tree = tree_of_one_file("hello.txt", b"hello\n")
    assert first_commit(tree, AMINA, "Begin") == "f25e7a09b376a59d087241ff6cfc569d7cb98858"


def test_a_signature_is_told_to_git_and_to_github() -> None:
    assert AMINA.line == "Amina K <amina@example.org> 1772366405 +0000"
    assert AMINA.as_json == {
        "name": "Amina K",
        "email": "amina@example.org",
        "date": "2026-03-01T12:00:05Z",
    }
