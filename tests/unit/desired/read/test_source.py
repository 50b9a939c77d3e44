"""Whatever lies in the hubs directory is taken as bytes or told; no link, pipe or size stops us."""

import os
from pathlib import Path

import pytest

from provisioner.desired.read.source import (
    read_directory,
    read_source,
)
from provisioner.errors import ConfigurationError
from provisioner.models.finding import Finding
from provisioner.models.hub import MAX_FILE_BYTES
from tests.unit.desired.given import GOOD


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

    def test_a_symbolic_link_is_not_followed(self, tmp_path: Path) -> None:
        (tmp_path / "kisumu.yaml").write_text(GOOD)
        (tmp_path / "nairobi.yaml").symlink_to("kisumu.yaml")
        (tmp_path / "mombasa.yaml").symlink_to("nowhere")
        assert self.read(tmp_path / "nairobi.yaml").code == "symbolic-link"
        assert self.read(tmp_path / "mombasa.yaml").code == "symbolic-link"

    def test_a_pipe_does_not_make_us_wait(self, tmp_path: Path) -> None:
        os.mkfifo(tmp_path / "nairobi.yaml")
        assert self.read(tmp_path / "nairobi.yaml").code == "not-a-file"

    def test_an_endless_device(self) -> None:
        assert self.read(Path("/dev/zero")).code == "not-a-file"

    def test_a_path_below_a_file(self, tmp_path: Path) -> None:
        (tmp_path / "file").write_text("")
        assert self.read(tmp_path / "file" / "nairobi.yaml").code == "unreadable"

    def test_a_name_that_no_file_can_have(self) -> None:
        assert self.read(Path("hubs/nai\0robi.yaml")).code == "unreadable"

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
