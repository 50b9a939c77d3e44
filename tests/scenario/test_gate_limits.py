"""What a report may cost, and what it says when it cannot look at everything."""

from provisioner.sandbox.github.people import Files
from tests.scenario.gate import (
    FILE,
    NETWORKS_MAINTAINER,
    Gate,
    refused,
)
from tests.scenario.network import DOCS

EDITED = DOCS.replace("Nairobi Commons", "Somebody Else")


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
        """Each needs its journal, its content, its account looked at and its comment, once."""
        number = gate.propose(self.files(25), "amina-k")
        before = len(gate.network.requests())
        gate.report(number)
        ours = [call for call in gate.calls(before) if call.token == "GITHUB_TOKEN"]

        assert gate.state(gate.sha(number)) == "success"
        assert len(gate.network.comments(number)) == 25
        assert len(ours) <= 4 * 25 + 20

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
    assert "could not be checked" in gate.network.headline(number)

    gate.network.sandbox.control.clear_faults()
    gate.report(number)

    assert gate.state(gate.sha(number)) == "success"
    assert "What this comment was about is fixed" in gate.comments(number)


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


def test_a_comment_whose_answer_is_lost_is_not_written_twice(gate: Gate) -> None:
    number = gate.propose({FILE: EDITED})
    fault = {"api": "github", "method": "POST", "path": "*/comments", "kind": "reset"}
    gate.network.sandbox.control.add_faults([{**fault, "when": "after"}])

    gate.report(number)

    assert len(gate.network.comments(number)) == 1
    assert gate.state(gate.sha(number)) == "success"
