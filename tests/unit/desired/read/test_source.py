"""Whatever lies in the hubs directory is taken as bytes or told; no link, pipe or size stops us."""

import os
from pathlib import Path

import pytest

from provisioner.desired.read.source import (
    Source,
    read_directory,
    read_source,
    source_of,
    source_of_entry,
)
from provisioner.errors import ConfigurationError
from provisioner.models.finding import Finding
from provisioner.models.hub import MAX_FILE_BYTES
from provisioner.models.remote import TreeEntry
from tests.unit.desired.given import GOOD

OPEN = Path("/proc/self/fd")
"""What this process holds open."""


def entry(mode: str, size: int | None = None) -> TreeEntry:
    return TreeEntry(name="nairobi.yaml", mode=mode, sha="a1b2", size=size)


def never(_sha: str) -> bytes:
    raise AssertionError("nobody may ask for it")


class TestFromElsewhere:
    """Entries of a git tree, and bytes of any origin."""

    def test_a_file_is_fetched_by_its_id(self) -> None:
        for mode in ("100644", "100755", "100664"):
            source = source_of_entry("hubs/nairobi.yaml", entry(mode), lambda sha: sha.encode())
            assert source == Source("hubs/nairobi.yaml", b"a1b2")

    @pytest.mark.parametrize(
        ("mode", "code", "says"),
        [
            ("040000", "not-a-file", "this is a directory"),
            ("120000", "symbolic-link", "this is a symbolic link"),
            ("160000", "not-a-file", "this is a submodule"),
            ("177777", "not-a-file", "this is not an ordinary file"),
        ],
    )
    def test_what_is_no_file_is_told_and_not_fetched(self, mode: str, code: str, says: str) -> None:
        source = source_of_entry("x.yaml", entry(mode), never)
        assert source.problem is not None
        assert (source.problem.code, source.data) == (code, b"")
        assert says in source.problem.message

    @pytest.mark.parametrize("size", [None, 0, MAX_FILE_BYTES])
    def test_an_entry_of_a_fair_size_is_fetched(self, size: int | None) -> None:
        assert source_of_entry("x.yaml", entry("100644", size), lambda _sha: b"x").problem is None

    def test_an_entry_that_is_too_large_is_not_fetched(self) -> None:
        source = source_of_entry("x.yaml", entry("100644", MAX_FILE_BYTES + 1), never)
        assert source.problem is not None
        assert source.problem.code == "too-large"
        assert "larger than 64 KiB" in source.problem.message

    def test_bytes_are_held_to_the_same_limit(self) -> None:
        assert source_of("x.yaml", b"#" * MAX_FILE_BYTES).problem is None
        large = source_of("x.yaml", b"#" * (MAX_FILE_BYTES + 1))
        assert (large.problem is None, large.data) == (False, b"")

    def test_the_id_of_a_file_is_the_one_that_git_gives(self) -> None:
        assert Source("x", b"").blob == "e69de29bb2d1d6434b8b29ae775ad8c2e48c5391"
        assert Source("x", b"hello\n").blob == "ce013625030ba8dba906f756967f9e9ca394464a"

    def test_the_name_is_the_end_of_the_path(self) -> None:
        assert Source("hubs/a/nairobi.yaml").name == "nairobi.yaml"
        assert Source("nairobi.yaml").name == "nairobi.yaml"


class TestOnTheDisk:
    """What is there instead of a file."""

    def read(self, path: Path) -> Finding:
        problem = read_source(path).problem
        assert problem is not None
        return problem

    def test_a_missing_file(self, tmp_path: Path) -> None:
        assert self.read(tmp_path / "nairobi.yaml").code == "not-found"

    def test_a_directory(self, tmp_path: Path) -> None:
        assert self.read(tmp_path).code == "not-a-file"
        assert self.read(tmp_path).message == "this is a directory, not a file"

    def test_a_symbolic_link_is_not_followed(self, tmp_path: Path) -> None:
        (tmp_path / "kisumu.yaml").write_text(GOOD)
        (tmp_path / "nairobi.yaml").symlink_to("kisumu.yaml")
        (tmp_path / "mombasa.yaml").symlink_to("nowhere")
        assert self.read(tmp_path / "nairobi.yaml").code == "symbolic-link"
        assert self.read(tmp_path / "mombasa.yaml").code == "symbolic-link"

    def test_a_pipe_does_not_make_us_wait(self, tmp_path: Path) -> None:
        os.mkfifo(tmp_path / "nairobi.yaml")
        assert self.read(tmp_path / "nairobi.yaml").code == "not-a-file"
        assert self.read(tmp_path / "nairobi.yaml").message == "this is not an ordinary file"

    def test_whatever_was_opened_is_closed(self, tmp_path: Path) -> None:
        (tmp_path / "nairobi.yaml").write_text(GOOD)
        before = len(list(OPEN.iterdir()))
        assert read_source(tmp_path / "nairobi.yaml").data == GOOD.encode()
        assert self.read(tmp_path).code == "not-a-file"
        assert len(list(OPEN.iterdir())) == before

    def test_an_endless_device(self) -> None:
        assert self.read(Path("/dev/zero")).code == "not-a-file"

    def test_a_path_below_a_file(self, tmp_path: Path) -> None:
        (tmp_path / "file").write_text("")
        problem = self.read(tmp_path / "file" / "nairobi.yaml")
        assert problem.code == "unreadable"
        assert problem.message == "the file cannot be read: Not a directory"

    def test_a_name_that_no_file_can_have(self) -> None:
        problem = self.read(Path("hubs/nai\0robi.yaml"))
        assert problem.code == "unreadable"
        assert problem.message == "the file cannot be read: its name cannot be used"

    def test_a_name_that_is_no_text_can_still_be_shown(self, tmp_path: Path) -> None:
        path = Path(os.fsdecode(os.fsencode(tmp_path) + b"/na\xefrobi.yaml"))
        path.write_text(GOOD)
        source = read_source(path)
        assert source.path.encode().decode() == source.path

    @pytest.mark.skipif(os.geteuid() == 0, reason="the superuser may read everything")
    def test_a_file_that_may_not_be_read(self, tmp_path: Path) -> None:
        (tmp_path / "nairobi.yaml").write_text(GOOD)
        (tmp_path / "nairobi.yaml").chmod(0)
        assert self.read(tmp_path / "nairobi.yaml").code == "unreadable"

    def test_a_file_just_below_the_limit_is_read(self, tmp_path: Path) -> None:
        path = tmp_path / "nairobi.yaml"
        path.write_text(GOOD + "#" * (MAX_FILE_BYTES - len(GOOD)))
        assert read_source(path).problem is None
        path.write_text(GOOD + "#" * (MAX_FILE_BYTES - len(GOOD) + 1))
        assert self.read(path).code == "too-large"


class TestDirectory:
    def test_everything_that_could_be_meant_as_a_hub_is_looked_at(self, tmp_path: Path) -> None:
        for name in (
            "b.yaml",
            "a.yml",
            "README.md",
            ".gitkeep",
            "notes.txt",
            ".c.yaml",
            "d.yaml.md",
        ):
            (tmp_path / name).write_text("")
        (tmp_path / "inside").mkdir()
        names = [source.name for source in read_directory(tmp_path)]
        assert names == [".c.yaml", "a.yml", "b.yaml", "d.yaml.md", "inside", "notes.txt"]

    def test_no_directory_is_not_an_empty_one(self, tmp_path: Path) -> None:
        with pytest.raises(ConfigurationError, match="no directory"):
            read_directory(tmp_path / "hubs")

    def test_a_link_to_a_directory_is_none(self, tmp_path: Path) -> None:
        (tmp_path / "real").mkdir()
        (tmp_path / "hubs").symlink_to("real")
        with pytest.raises(ConfigurationError):
            read_directory(tmp_path / "hubs")
