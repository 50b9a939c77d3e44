"""A hub's name, and the right to its file, belong to accounts and not to logins or to the quick."""

import pytest

from provisioner.models.run import RunState
from tests.scenario.gate import FILE, NETWORKS_MAINTAINER, Gate
from tests.scenario.network import DOCS, PLAIN, Network

EDITED = DOCS.replace("Nairobi Commons", "Somebody Else")
TAKEN = PLAIN.replace("[amina-k]", "[mallory]")


@pytest.fixture
def gate(network: Network) -> Gate:
    """A hub that was set up, and its journal knows whose it is."""
    gate = Gate(network)
    gate.on_main({"nairobi": PLAIN})
    network.apply()
    gate.journal(
        "nairobi",
        maintainers=(gate.person("amina-k"),),
        network_maintainers=(gate.person(NETWORKS_MAINTAINER),),
    )
    return gate


@pytest.fixture
def removed(gate: Gate) -> Gate:
    """Its file was removed, and the hub is offline."""
    gate.push({FILE: None})
    gate.network.remove("nairobi")
    assert gate.network.apply().state is RunState.COMPLETED
    return gate


def test_whoever_registers_a_login_that_was_given_up_is_a_stranger(gate: Gate) -> None:
    gate.network.sandbox.control.register_anew("amina-k")
    number = gate.propose({FILE: EDITED}, "amina-k")
    gate.report(number)

    assert gate.state(gate.sha(number)) == "failure"
    assert "somebody else has registered the name since" in gate.comments(number)


def test_whoever_registers_her_login_gets_no_account_of_her_hub_either(gate: Gate) -> None:
    gate.network.sandbox.control.register_anew("amina-k")
    number = gate.propose({"hubs/kisumu.yaml": PLAIN.replace("Nairobi", "Kisumu")}, "amina-k")
    gate.report(number)

    assert gate.state(gate.sha(number)) == "failure"
    assert "`nairobi-commons` is an account of `nairobi`" in gate.comments(number)


def test_a_maintainer_who_was_renamed_is_still_the_same_person(gate: Gate) -> None:
    gate.network.sandbox.control.rename_account("amina-k", "amina-kamau")
    assert gate.judged({FILE: EDITED}, "amina-kamau") == "success"


def test_the_login_of_a_network_maintainer_that_was_given_up_opens_nothing(gate: Gate) -> None:
    gate.network.sandbox.control.register_anew(NETWORKS_MAINTAINER)
    assert gate.judged({FILE: EDITED}, NETWORKS_MAINTAINER) == "failure"


def test_it_opens_no_new_file_either_though_that_has_no_journal_yet(gate: Gate) -> None:
    gate.network.sandbox.control.register_anew(NETWORKS_MAINTAINER)
    beside = PLAIN.replace("Nairobi", "Kisumu")
    many = {
        f"hubs/hub-{n:02}.yaml": PLAIN.replace("nairobi-commons", f"org-{n}") for n in range(26)
    }

    assert gate.judged({"hubs/kisumu.yaml": beside}, NETWORKS_MAINTAINER) == "failure"
    assert gate.judged(many, NETWORKS_MAINTAINER) == "failure"


@pytest.mark.parametrize("name", ["hubs/nairobi.yaml", "hubs/Nairobi.yaml", "hubs/nairobi.yml"])
def test_a_stranger_cannot_take_the_name_of_a_removed_hub(removed: Gate, name: str) -> None:
    number = removed.propose({name: TAKEN}, "mallory")
    removed.report(number)

    assert removed.state(removed.sha(number)) == "failure"
    assert "here was a hub of this name before, of `amina-k`" in removed.comments(number)


def test_its_last_maintainer_may_bring_it_back_and_the_reviewer_reads_whose_it_was(
    removed: Gate,
) -> None:
    number = removed.propose({FILE: PLAIN}, "amina-k")
    removed.report(number)

    assert removed.state(removed.sha(number)) == "success"
    assert "its maintainers were `amina-k`" in removed.comments(number)


def test_who_registered_her_login_since_may_not_bring_it_back(removed: Gate) -> None:
    removed.network.sandbox.control.register_anew("amina-k")
    assert removed.judged({FILE: PLAIN}, "amina-k") == "failure"


def test_the_network_may_give_the_name_to_others_and_is_told_whose_it_was(removed: Gate) -> None:
    number = removed.propose({FILE: TAKEN}, NETWORKS_MAINTAINER)
    removed.report(number)

    assert removed.state(removed.sha(number)) == "success"
    assert "its maintainers were `amina-k`" in removed.comments(number)


def test_a_name_whose_journal_cannot_be_read_is_the_networks_to_give(removed: Gate) -> None:
    removed.push_state("hubs/nairobi.json", b"{")

    assert removed.judged({FILE: PLAIN}, "amina-k") == "failure"
    assert removed.judged({FILE: PLAIN}, NETWORKS_MAINTAINER) == "success"
