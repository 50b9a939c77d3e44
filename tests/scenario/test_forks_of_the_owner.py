"""Copies for the very account that owns the app's source: what GitHub gives decides."""

import pytest

from provisioner.models.plan import Actor
from provisioner.models.run import RunState
from provisioner.sandbox.github.accounts import USER_LOGIN
from tests.scenario.conftest import MakeNetwork
from tests.scenario.network import PLAIN, Network
from tests.scenario.outcome import SOURCE, assert_asks, repository

FORKING = "fork-repository"
NETWORK = "example-network"
OWN_COPY, OTHER_COPY = f"{NETWORK}/nairobi--docs", f"{NETWORK}/mombasa--docs"


@pytest.fixture
def network(make_network: MakeNetwork) -> Network:
    """The app's source is a plain repository, no template, unless a story says otherwise."""
    network = make_network()
    network.sandbox.control.set_repository(SOURCE, template=False)
    return network


def merged(network: Network, hub: str = "nairobi", owner: str = NETWORK) -> int:
    network.write(hub, PLAIN.replace("owner: nairobi-commons", f"owner: {owner}"))
    return network.merge(hub)


def test_the_organisation_that_owns_the_source_gets_a_fork_of_it(network: Network) -> None:
    merged(network)

    assert network.apply().state is RunState.COMPLETED

    assert repository(network, OWN_COPY)["parent"] == SOURCE


def test_the_forks_of_two_hubs_stand_side_by_side_where_github_allows_it(network: Network) -> None:
    network.sandbox.control.set_behaviour(several_forks=True)
    for hub in ("mombasa", "nairobi"):
        merged(network, hub)

        assert network.apply(hub).state is RunState.COMPLETED

    forks = [repository(network, name) for name in (OTHER_COPY, OWN_COPY)]
    assert [fork["parent"] for fork in forks] == [SOURCE, SOURCE]


def test_the_fork_of_another_hub_that_comes_back_is_not_taken_but_the_template_copied(
    network: Network,
) -> None:
    network.sandbox.control.set_repository(SOURCE, template=True)
    merged(network, "mombasa")
    network.apply("mombasa")
    before = repository(network, OTHER_COPY)
    merged(network)

    assert network.apply().state is RunState.COMPLETED

    assert repository(network, OTHER_COPY) == before
    assert repository(network, OWN_COPY)["template"] == SOURCE


def test_where_another_hubs_fork_comes_back_and_there_is_no_template_the_maintainer_is_asked(
    network: Network,
) -> None:
    merged(network, "mombasa")
    network.apply("mombasa")
    before = repository(network, OTHER_COPY)
    number = merged(network)

    run = network.apply()

    step = assert_asks(network, number, run, Actor.MAINTAINER, FORKING)
    assert OTHER_COPY in step.detail
    assert "template" in step.hint
    assert "delete" not in step.hint
    assert repository(network, OTHER_COPY) == before
    network.sandbox.control.set_repository(SOURCE, template=True)
    assert network.apply().state is RunState.COMPLETED


def test_a_person_who_owns_the_source_cannot_fork_it_and_the_template_is_copied(
    network: Network,
) -> None:
    network.sandbox.control.rename_repository(SOURCE, f"{USER_LOGIN}/docs-site")
    number = merged(network, owner=USER_LOGIN)

    run = network.apply()

    step = assert_asks(network, number, run, Actor.MAINTAINER, FORKING)
    assert "template" in step.hint
    assert not any(item.path.endswith("/forks") for item in network.requests())
    network.sandbox.control.set_repository(f"{USER_LOGIN}/docs-site", template=True)
    assert network.apply().state is RunState.COMPLETED
    copy = repository(network, f"{USER_LOGIN}/nairobi--docs")
    assert copy["template"] == f"{USER_LOGIN}/docs-site"
