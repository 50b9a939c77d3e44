"""One commit is judged, against the branch it is for, whatever moves meanwhile."""

import pytest

from tests.scenario.conftest import MakeNetwork
from tests.scenario.gate import (
    FILE,
    MOMBASA,
    Gate,
)
from tests.scenario.network import DOCS
from tests.scenario.outcome import Meanwhile

EDITED = DOCS.replace("Nairobi Commons", "Somebody Else")


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


@pytest.mark.parametrize("words", ["Merge", "Merge it", "Merge this", "Merge that"])
def test_a_revert_is_seen_through_a_history_that_the_author_arranged(
    gate: Gate, words: str
) -> None:
    """Two commits where the sides parted: by the older one, the file seems untouched. Which of
    them comes first depends on nothing but chance, such as the words of a commit."""
    network, control = gate.network, gate.network.sandbox.control
    side = gate.propose({"README.md": f"{words}\n"}, "mallory", branch="side")
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
