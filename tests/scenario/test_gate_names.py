"""What is no plain hub file by its name, kind or place gets a finding that is shown."""

import pytest

from provisioner.sandbox.github.people import Files
from tests.scenario.gate import (
    FILE,
    NETWORKS_MAINTAINER,
    Gate,
    link,
    submodule,
)
from tests.scenario.network import DOCS

EDITED = DOCS.replace("Nairobi Commons", "Somebody Else")


@pytest.mark.parametrize(
    "name",
    [
        "x\\nairobi.yaml",
        "nairobi.yaml ",
        "Nairobi.yaml",
        "NAIROBI.YAML",
        "na\u0131robi.yaml",
        "a\nb.yaml",
    ],
)
def test_a_name_that_looks_like_another_is_judged_as_what_it_is(gate: Gate, name: str) -> None:
    number = gate.propose({f"hubs/{name}": EDITED.replace("docs.nairobi", "x.nairobi")}, "amina-k")
    gate.report(number)

    assert gate.state(gate.sha(number)) == "failure"
    assert len(gate.network.comments(number)) == 1


class TestWhatIsNoPlainFile:
    """An entry is what its mode says, whatever the contents API answers for it."""

    NEW = DOCS.replace("nairobi", "kisumu").replace("Nairobi", "Kisumu")

    @pytest.mark.parametrize(
        ("files", "word"),
        [
            ({"hubs/kisumu.yaml": link("../a.txt"), "a.txt": NEW}, "a symbolic link"),
            ({"hubs/kisumu.yaml": link("nairobi.yaml")}, "a symbolic link"),
            ({"hubs/kisumu.yaml": submodule()}, "a submodule"),
            ({"hubs/kisumu.yaml/readme": "hello\n"}, "a directory"),
            ({"hubs/kenya/kisumu.yaml": NEW}, "a directory"),
        ],
        ids=["link", "link to another hub's", "submodule", "folder", "folder of a country"],
    )
    def test_it_gets_a_finding_that_is_shown(self, gate: Gate, files: Files, word: str) -> None:
        number = gate.propose(files, "amina-k")
        gate.report(number)

        assert gate.state(gate.sha(number)) == "failure"
        assert word in gate.comments(number)

    def test_the_folder_itself_must_stay_one(self, gate: Gate) -> None:
        number = gate.propose({FILE: None, "hubs/README.md": None}, NETWORKS_MAINTAINER)
        gate.amend(number, {"hubs": link("elsewhere")})
        gate.report(number)

        assert gate.state(gate.sha(number)) == "failure"
        assert "in the place of the folder" in gate.comments(number)

    @pytest.mark.parametrize("path", ["kisumu.yaml", "hub/kisumu.yml", "kisumu.txt"])
    def test_a_hub_file_elsewhere_is_told_where_it_belongs(self, gate: Gate, path: str) -> None:
        number = gate.propose({path: self.NEW}, "amina-k")
        gate.report(number)

        assert gate.state(gate.sha(number)) == "failure"
        assert "`hubs/kisumu.yaml`" in gate.comments(number)

    def test_a_submodule_elsewhere_is_no_obstacle(self, gate: Gate) -> None:
        assert gate.judged({"b.yaml": submodule()}, "amina-k") == "success"

    def test_other_files_are_nobodys_hub(self, gate: Gate) -> None:
        assert gate.judged({"compose.yaml": "services: {}\n", "notes.txt": "x\n"}) == "success"


class TestABackslashInAName:
    """Git takes it for a letter; whoever takes it for a slash sees another file."""

    OTHER = DOCS.replace("nairobi", "kisumu").replace("Nairobi", "Kisumu")

    @pytest.mark.parametrize("name", ["kisumu\\new.yaml", "x\\_example.yaml", "x\\nairobi.yaml"])
    def test_the_file_gets_its_finding(self, gate: Gate, name: str) -> None:
        number = gate.propose({f"hubs/{name}": self.OTHER}, "mallory")
        gate.report(number)

        assert gate.state(gate.sha(number)) == "failure"

    def test_one_that_is_there_hides_no_other_hub(self, gate: Gate) -> None:
        (gate.network.directory / "x\\nairobi.yaml").write_text("name: x\n", encoding="utf-8")
        gate.push({"hubs/x\\nairobi.yaml": "name: x\n"})
        taken = self.OTHER.replace("docs.kisumu", "docs.nairobi").replace("[amina-k]", "[mallory]")
        own = taken.replace("kisumu-commons", "mallory-org")

        assert gate.judged({"hubs/kisumu.yaml": own}, "mallory") == "failure"


def test_no_journal_is_asked_for_by_a_name_that_no_hub_can_have(gate: Gate) -> None:
    before = len(gate.network.requests())
    assert gate.judged({"hubs/kisumu\n.yaml": DOCS, "hubs/a b.yaml": DOCS}) == "failure"
    assert not [one for one in gate.calls(before) if "/contents/" in one.path]
