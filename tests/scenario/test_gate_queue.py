"""A merge queue asks for the status of a commit of its own."""

from tests.scenario.gate import (
    FILE,
    MOMBASA,
    Gate,
    refused,
)
from tests.scenario.network import DOCS

EDITED = DOCS.replace("Nairobi Commons", "Somebody Else")


def test_a_queued_merge_of_many_files_is_judged_whole(gate: Gate) -> None:
    broken = DOCS.replace("docs-site", "docs-sit")
    files = {f"a/{number:03}.txt": "x\n" for number in range(400)}
    number = gate.propose({**files, FILE: broken}, start="branch")
    queued = gate.queue(number)
    gate.report(queued)

    assert gate.state(gate.sha(queued)) == "failure"


class TestTheMergeQueue:
    """What was in order when it was proposed need not be when its turn comes."""

    def test_what_is_still_in_order_may_be_merged(self, gate: Gate) -> None:
        queued = gate.queue(gate.propose({FILE: EDITED}, "amina-k"))
        gate.report(queued)
        assert gate.state(gate.sha(queued)) == "success"

    def test_who_is_no_maintainer_any_more_changes_nothing(self, gate: Gate) -> None:
        gate.on_main({"nairobi": DOCS.replace("maintainers: [amina-k]", "maintainers: [zuri-w]")})
        number = gate.propose({FILE: EDITED}, "amina-k")
        queued = gate.queue(number)
        gate.report(queued)

        assert gate.state(gate.sha(queued)) == "failure"

    def test_a_hub_that_came_in_meanwhile_is_not_taken_by_who_built_upon_it(
        self, gate: Gate
    ) -> None:
        network = gate.network
        theirs = gate.propose({"hubs/mombasa.yaml": MOMBASA}, "zuri-w")
        gate.propose({"notes.md": "x\n"}, "mallory")
        people = network.sandbox.github
        fork, mallory = people.repositories.find("mallory/hubs"), people.accounts.person("mallory")
        assert fork is not None
        people.repositories.move(fork, "on-top", gate.sha(theirs))
        taken = {"hubs/mombasa.yaml": MOMBASA.replace("[zuri-w]", "[mallory]").encode()}
        people.repositories.commit_files(fork, "on-top", taken, "Mine", mallory)
        number = gate.propose({}, "mallory", branch="on-top")
        gate.report(number)
        assert gate.state(gate.sha(number)) == "success"
        network.sandbox.control.merge_pull_request(theirs, "merge")
        network.write("mombasa", MOMBASA)
        queued = gate.queue(number)
        gate.report(queued)

        assert gate.state(gate.sha(queued)) == "failure"

    def test_what_stands_ahead_in_the_queue_is_its_own_authors_doing(self, gate: Gate) -> None:
        first = gate.queue(gate.propose({FILE: EDITED}, "amina-k"))
        second = gate.propose({"hubs/mombasa.yaml": MOMBASA}, "zuri-w")
        queued = gate.queue(second, gate.sha(first))
        gate.report(queued)

        assert gate.state(gate.sha(queued)) == "success"

    def test_a_queue_whose_branch_says_nothing_lets_nothing_in(self, gate: Gate) -> None:
        queued = gate.queue(gate.propose({FILE: EDITED}, "amina-k"))
        run = gate.opened[queued]["events"]["workflow_run"]["workflow_run"]
        run["head_branch"] = "gh-readonly-queue/main"
        refused(lambda: gate.report(queued))

        assert gate.state(gate.sha(queued)) == "failure"
