"""Whoever wants a hub file of somebody else's merged finds the gate shut."""

import shutil
from pathlib import Path

import pytest

from provisioner.sandbox.github.people import Files
from provisioner.sandbox.seed import EXAMPLE_CATALOG
from tests.scenario.gate import (
    FILE,
    NETWORKS_MAINTAINER,
    Gate,
)
from tests.scenario.network import DOCS

EDITED = DOCS.replace("Nairobi Commons", "Somebody Else")
MANY = {f"docs/page-{number:04}.md": "text\n" for number in range(3_000)}


def test_a_maintainer_may_change_her_hubs_file(gate: Gate) -> None:
    assert gate.judged({FILE: EDITED}, "amina-k") == "success"


def test_a_maintainer_is_known_whatever_case_her_login_is_written_in(gate: Gate) -> None:
    assert gate.judged({FILE: EDITED}, "Amina-K") == "success"


@pytest.mark.parametrize("change", [EDITED, None, "name: [\n"], ids=["edit", "delete", "break"])
def test_a_stranger_may_not_touch_the_file_of_a_hub(gate: Gate, change: str | None) -> None:
    number = gate.propose({FILE: change}, "mallory")
    gate.report(number)

    assert gate.state(gate.sha(number)) == "failure"
    assert "mallory, may not change this hub's file" in gate.comments(number)


def test_who_writes_herself_into_the_list_has_no_right_by_it(gate: Gate) -> None:
    taken = DOCS.replace("[amina-k]", "[amina-k, mallory]")
    assert gate.judged({FILE: taken}, "mallory") == "failure"


def test_a_network_maintainer_may_change_any_hubs_file(gate: Gate) -> None:
    assert gate.judged({FILE: EDITED}, NETWORKS_MAINTAINER) == "success"


def test_a_file_that_is_renamed_is_taken_from_its_hub(gate: Gate) -> None:
    moved: Files = {FILE: None, "hubs/kisumu.yaml": DOCS.replace("[amina-k]", "[mallory]")}
    assert gate.judged(moved, "mallory") == "failure"


def test_three_thousand_other_files_hide_nothing(gate: Gate) -> None:
    assert gate.judged({**MANY, FILE: EDITED}, "mallory") == "failure"


def test_three_thousand_other_files_hide_no_deletion(gate: Gate) -> None:
    assert gate.judged({**MANY, FILE: None}, "mallory") == "failure"


class TestAccountsOfOtherHubs:
    """Anybody can write into a new file that the two hubs share a maintainer."""

    KISUMU = DOCS.replace("docs.nairobi", "docs.kisumu").replace("Nairobi", "Kisumu")

    def test_a_stranger_gets_none_by_naming_its_maintainer(self, gate: Gate) -> None:
        shared = self.KISUMU.replace("[amina-k]", "[mallory, amina-k]")
        number = gate.propose({"hubs/kisumu.yaml": shared}, "mallory")
        gate.report(number)

        assert gate.state(gate.sha(number)) == "failure"
        assert "`nairobi-commons` is an account of `nairobi`" in gate.comments(number)

    def test_its_maintainer_may_use_it_for_a_second_hub(self, gate: Gate) -> None:
        assert gate.judged({"hubs/kisumu.yaml": self.KISUMU}, "amina-k") == "success"

    def test_a_network_maintainer_may_decide_so(self, gate: Gate) -> None:
        assert gate.judged({"hubs/kisumu.yaml": self.KISUMU}, NETWORKS_MAINTAINER) == "success"

    def test_the_network_may_let_hubs_share_one_whoever_maintains_them(
        self, gate: Gate, tmp_path: Path
    ) -> None:
        catalog = tmp_path / "catalog"
        shutil.copytree(EXAMPLE_CATALOG, catalog)
        with (catalog / "network.yaml").open("a", encoding="utf-8") as settings:
            settings.write("\naccounts: {Nairobi-Commons: [nairobi, kisumu]}\n")
        gate.network.environ["PROVISIONER_CATALOG"] = str(catalog)
        shared = self.KISUMU.replace("[amina-k]", "[zuri-w]")

        assert gate.judged({"hubs/kisumu.yaml": shared}, "zuri-w") == "success"
        assert gate.judged({"hubs/mombasa.yaml": shared}, "zuri-w") == "failure"
