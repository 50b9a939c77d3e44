"""A report writes one comment a hub file, also where GitHub's lists are some seconds behind."""

import pytest

from provisioner.clock import ManualClock
from tests.scenario.gate import FILE, Gate
from tests.scenario.lists import EDITED, LOST, MOMENT, bodies, lists, with_lag
from tests.scenario.network import DOCS, Network


@pytest.fixture
def network(network: Network) -> Network:
    return with_lag(network)


def test_the_first_report_of_a_pull_request_lists_once(gate: Gate) -> None:
    gate.report(gate.propose({FILE: EDITED}))

    assert lists(gate.network) == 1


def test_a_push_moments_after_the_first_finds_what_that_one_said(
    gate: Gate, clock: ManualClock
) -> None:
    number = gate.propose({FILE: EDITED})
    clock.advance(11)
    gate.report(number)
    gate.amend(number, {FILE: EDITED.replace("[docs.", "[guide.")})
    gate.report(number)

    assert len(bodies(gate.network, number)) == 1


def test_so_does_a_report_that_is_run_again(gate: Gate) -> None:
    number = gate.propose({FILE: EDITED})
    gate.report(number)
    gate.network.environ["GITHUB_RUN_ATTEMPT"] = "2"
    gate.report(number)

    assert len(bodies(gate.network, number)) == 1


def test_so_does_a_report_after_a_check_that_was_run_again(gate: Gate) -> None:
    number = gate.propose({FILE: EDITED})
    gate.report(number)
    gate.opened[number]["events"]["workflow_run"]["workflow_run"]["run_attempt"] = 2
    gate.report(number)

    assert len(bodies(gate.network, number)) == 1


def test_all_comments_of_a_report_wait_together(gate: Gate, clock: ManualClock) -> None:
    files = {f"hubs/hub-{n}.yaml": DOCS.replace("nairobi", f"hub-{n}") for n in range(5)}
    number = gate.propose(files)
    gate.report(number)
    before = lists(gate.network)
    gate.network.environ["GITHUB_RUN_ATTEMPT"] = "2"
    began = clock.now()
    gate.report(number)

    assert len(bodies(gate.network, number)) == 5
    assert lists(gate.network) == before + 2
    assert (clock.now() - began).total_seconds() <= 2 * MOMENT


def test_a_comment_whose_answer_was_lost_is_found_later(gate: Gate) -> None:
    gate.network.sandbox.control.add_faults(LOST)
    number = gate.propose({FILE: EDITED})

    gate.report(number)

    assert len(bodies(gate.network, number)) == 1


def test_that_it_could_not_be_checked_is_said_once(gate: Gate) -> None:
    number = gate.propose({FILE: EDITED})
    fault = {"path": "*/compare/*", "kind": "status", "status": 404, "times": "forever"}
    gate.network.sandbox.control.add_faults(fault)
    for _ in range(2):
        with pytest.raises(Exception, match=r".+"):
            gate.report(number)

    assert len(bodies(gate.network, number)) == 1
