"""A hub file that lies where nobody looks for it is told, and nothing else is taken for one."""

import pytest

from provisioner.desired.rules.misplaced import MOST_READ, candidates, misplaced
from provisioner.models.finding import Severity
from provisioner.models.remote import ChangedFile
from tests.unit.desired.given import GOOD


def changed(path: str, status: str = "added") -> ChangedFile:
    return ChangedFile(path=path, status=status, sha="a1b2")


def looked_at(*paths: str) -> list[str]:
    return [file.path for file in candidates(map(changed, paths))]


@pytest.mark.parametrize(
    "path", ["nairobi.yaml", "nairobi.yml", "Nairobi.YAML", "nairobi.yaml.txt", "a/b.txt"]
)
def test_a_file_with_a_likely_name_is_looked_at(path: str) -> None:
    assert looked_at(path) == [path]


@pytest.mark.parametrize(
    "path",
    [
        "README.md",
        "nairobi",
        "hubs/nairobi.yaml",
        ".github/workflows/check.yml",
        "provisioner/catalog/network.yaml",
        "schemas/a.yaml",
        "tests/a.yaml",
        "docs/a.yaml",
    ],
)
def test_a_file_that_is_surely_something_else_is_not(path: str) -> None:
    assert looked_at(path) == []


def test_a_folder_whose_name_only_begins_alike_is_looked_at() -> None:
    assert looked_at("hubs-new/nairobi.yaml", "hub/nairobi.yaml") == [
        "hub/nairobi.yaml",
        "hubs-new/nairobi.yaml",
    ]


def test_a_file_that_is_removed_is_not_looked_at() -> None:
    assert candidates([changed("nairobi.yaml", "removed")]) == []


def test_of_many_files_the_first_few_are_looked_at() -> None:
    assert MOST_READ == 3
    assert looked_at("d.yaml", "b.yaml", "c.yaml", "a.yaml") == ["a.yaml", "b.yaml", "c.yaml"]


def test_a_hub_file_elsewhere_is_told_with_the_place_where_it_belongs() -> None:
    finding = misplaced("new/Nairobi.yml", GOOD.encode())
    assert finding is not None
    assert (finding.code, finding.severity) == ("wrong-place", Severity.ERROR)
    assert "`new/Nairobi.yml` looks like a hub file" in finding.message
    assert finding.hint.startswith("move it to `hubs/nairobi.yaml`")


@pytest.mark.parametrize(
    "text",
    [
        "apps: {}\nname: x\n",
        "apps: {}\nmaintainers: []\n",
        "name: x\nmaintainers: []\n",
        "name: x\nmaintainers: []\nmore: 1\n",
    ],
)
def test_two_of_a_hub_files_keys_are_enough(text: str) -> None:
    assert misplaced("nairobi.yaml", text.encode()) is not None


@pytest.mark.parametrize(
    "text", ["name: x\n", "apps: {}\n", "maintainers: []\n", "", "- name\n- apps\n", "a: [\n"]
)
def test_a_file_that_holds_something_else_is_left_alone(text: str) -> None:
    assert misplaced("nairobi.yaml", text.encode()) is None
