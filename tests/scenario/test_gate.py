"""Whoever wants a hub file of somebody else's merged finds the gate shut, by whichever way."""

import shutil
from pathlib import Path

import pytest

from provisioner.sandbox.github.people import Files
from provisioner.sandbox.seed import EXAMPLE_CATALOG
from tests.scenario.conftest import MakeNetwork
from tests.scenario.gate import (
    FILE,
    MOMBASA,
    NETWORKS_MAINTAINER,
    Gate,
    link,
    refused,
    submodule,
)
from tests.scenario.network import DOCS, Network
from tests.scenario.outcome import Meanwhile

EDITED = DOCS.replace("Nairobi Commons", "Somebody Else")
MANY = {f"docs/page-{number:04}.md": "text\n" for number in range(3_000)}


@pytest.fixture
def gate(network: Network) -> Gate:
    gate = Gate(network)
    gate.on_main({"nairobi": DOCS})
    return gate


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


def test_a_queued_merge_of_many_files_is_judged_whole(gate: Gate) -> None:
    broken = DOCS.replace("docs-site", "docs-sit")
    files = {f"a/{number:03}.txt": "x\n" for number in range(400)}
    number = gate.propose({**files, FILE: broken}, start="branch")
    told = gate.opened[number]["events"]["workflow_run"]["workflow_run"]
    told["event"] = "merge_group"
    gate.report(number)

    assert gate.state(gate.sha(number)) == "failure"


class TestThePullRequestMoves:
    """Between two requests of a report its author can push."""

    GOOD = {"hubs/kisumu.yaml": MOMBASA.replace("ombasa", "isumu")}

    @pytest.fixture
    def meanwhile(self) -> Meanwhile:
        return Meanwhile()

    @pytest.mark.parametrize(
        ("path", "states"),
        [
            ("*/pulls", ["pending"]),
            ("*/compare/*", ["pending"]),
            ("*/git/trees/*", ["pending"]),
            ("*/git/blobs/*", ["pending"]),
            ("*/pulls/*", ["success"]),
            ("*/comments", ["success"]),
        ],
    )
    def test_success_never_lands_on_a_commit_that_was_not_judged(
        self, make_network: MakeNetwork, meanwhile: Meanwhile, path: str, states: list[str]
    ) -> None:
        """Once it was looked at for the last time, its own good commit may be called good."""
        gate = Gate(make_network(observer=meanwhile))
        gate.on_main({"nairobi": DOCS})
        number = gate.propose(self.GOOD, "mallory")
        good = gate.sha(number)
        evil: list[str] = []

        def push() -> None:
            told = gate.network.sandbox.control.push_to_pull_request(number, {FILE: None})
            evil.append(told["head_sha"])

        meanwhile.after("GET", path, push)
        gate.report(number)

        assert evil
        assert gate.states(evil[0]) == []
        assert gate.states(good) == states

    def test_the_new_commit_is_judged_by_a_report_of_its_own(self, gate: Gate) -> None:
        number = gate.propose(self.GOOD, "mallory")
        gate.amend(number, {FILE: None})
        gate.report(number)

        assert gate.state(gate.sha(number)) == "failure"


def test_a_pull_request_into_another_branch_says_nothing_of_the_commit(gate: Gate) -> None:
    """Its base has no hub file of nairobi, so there nobody is asked."""
    evil = gate.propose({FILE: EDITED}, "mallory", branch="evil")
    gate.report(evil)
    main = gate.network.sandbox.github.network_repository()
    first = gate.network.sandbox.github.network_repository().git
    root = first.the_commit(first.head(main.default_branch) or "").parents[0].decode()
    gate.network.sandbox.github.repositories.move(main, "side", root)
    other = gate.propose({}, "mallory", branch="evil", into="side")

    gate.network.sandbox.control.close_pull_request(evil)
    said = gate.report(other)

    assert said.startswith("Nothing to report")
    assert gate.states(gate.sha(evil)) == ["failure"]


def test_what_was_merged_meanwhile_is_not_the_authors_doing(gate: Gate) -> None:
    number = gate.propose({"hubs/kisumu.yaml": MOMBASA.replace("ombasa", "isumu")}, "zuri-w")
    gate.on_main({"nairobi": EDITED})
    gate.report(number)

    assert gate.state(gate.sha(number)) == "success"


def test_a_revert_is_seen_through_a_history_that_the_author_arranged(gate: Gate) -> None:
    """Two commits where the sides parted: by the older one, the file seems untouched."""
    network, control = gate.network, gate.network.sandbox.control
    side = gate.propose({"README.md": "A harmless change.\n"}, "mallory", branch="side")
    gate.on_main({"nairobi": EDITED})
    control.merge_pull_request(side, "merge")
    git = network.sandbox.github.network_repository().git
    old_tip = gate.sha(side)
    new_main = git.head("main") or ""
    edited = git.the_commit(new_main).parents[0].decode()
    who = network.sandbox.github.repositories.identity(
        network.sandbox.github.accounts.person("mallory")
    )
    reverted = git.write_commit(git.tree_of(old_tip), [old_tip, edited], who, who, "Merge")
    gate.push({"hubs/README.md": "Main moves on.\n"})
    fork = network.sandbox.github.repositories.find("mallory/hubs")
    assert fork is not None
    network.sandbox.github.repositories.move(fork, "again", reverted)
    number = gate.propose({}, "mallory", branch="again")
    gate.report(number)

    assert gate.state(gate.sha(number)) == "failure"


def test_a_branch_that_conflicts_is_never_called_in_order(gate: Gate) -> None:
    number = gate.propose({FILE: EDITED}, "amina-k")
    gate.on_main({"nairobi": DOCS.replace("Nairobi Commons", "Nairobi Centre")})
    gate.report(number)

    assert gate.state(gate.sha(number)) == "failure"
    assert "conflicts with what was merged meanwhile" in gate.comments(number)


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

    def test_other_files_are_nobodys_hub(self, gate: Gate) -> None:
        assert gate.judged({"compose.yaml": "services: {}\n", "notes.txt": "x\n"}) == "success"


class TestManyFiles:
    """Each hub file costs calls, of which the whole repository has a thousand an hour."""

    @staticmethod
    def files(number: int) -> Files:
        return {
            f"hubs/hub-{n:04}.yaml": DOCS.replace("nairobi", f"hub-{n:04}") for n in range(number)
        }

    def test_more_than_twenty_five_by_a_stranger_are_one_finding(self, gate: Gate) -> None:
        number = gate.propose(self.files(600), "mallory")
        before = len(gate.network.requests())
        gate.report(number)
        calls = gate.calls(before)

        assert gate.state(gate.sha(number)) == "failure"
        (comment,) = gate.network.comments(number)
        assert "changes 600 hub files; at most 25" in comment["body"]
        assert len(calls) <= 60

    def test_twenty_five_are_judged(self, gate: Gate) -> None:
        number = gate.propose(self.files(25), "amina-k")
        gate.report(number)
        assert gate.state(gate.sha(number)) == "success"
        assert len(gate.network.comments(number)) == 25

    def test_a_network_maintainer_may_change_more(self, gate: Gate) -> None:
        assert gate.judged(self.files(26), NETWORKS_MAINTAINER) == "success"
        assert gate.judged(self.files(251), NETWORKS_MAINTAINER) == "failure"

    def test_a_report_leaves_calls_to_the_jobs_that_provision(self, gate: Gate) -> None:
        network = gate.network
        number = gate.propose({FILE: EDITED})
        used = 0
        while used < 705:
            network.wiring().network.default_branch()
            used += 1
        wiring = network.wiring()
        wiring = type(wiring)(network.environ, network.clock, wiring.rng, reserve=300)
        before = len(network.requests())

        error = refused(lambda: gate.report(number, wiring))

        assert "nearly used up" in error.message
        assert gate.state(gate.sha(number)) == "failure"
        assert len(gate.calls(before)) <= 5


def test_a_report_that_breaks_says_that_it_could_not_check(gate: Gate) -> None:
    number = gate.propose({FILE: EDITED})
    fault = {"api": "github", "method": "GET", "path": "*/git/trees/*", "kind": "status"}
    gate.network.sandbox.control.add_faults([{**fault, "status": 500, "times": 1000}])

    refused(lambda: gate.report(number))

    assert gate.state(gate.sha(number)) == "failure"
    assert "Could not be checked" in str(gate.network.world()["github"]["statuses"])


def test_a_tree_that_github_had_to_cut_is_no_evidence(gate: Gate) -> None:
    number = gate.propose({FILE: EDITED})
    gate.network.sandbox.control.set_behaviour(tree_entries=1)

    refused(lambda: gate.report(number))

    assert gate.state(gate.sha(number)) == "failure"


def test_a_comment_that_cannot_be_written_keeps_the_status_from_success(gate: Gate) -> None:
    number = gate.propose({FILE: EDITED})
    fault = {"api": "github", "method": "POST", "path": "*/comments", "kind": "status"}
    gate.network.sandbox.control.add_faults([{**fault, "status": 403, "times": 1000}])

    error = refused(lambda: gate.report(number))

    assert "not every comment could be written" in error.message
    assert gate.state(gate.sha(number)) == "failure"


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
