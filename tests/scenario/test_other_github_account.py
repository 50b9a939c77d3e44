"""A hub's copies move to another GitHub account: the project stays, and so does what is online."""

from dataclasses import dataclass, field

import pytest

from provisioner.models.plan import Actor, Verdict
from provisioner.models.run import RunState
from provisioner.sandbox.requests import Logged
from tests.scenario.conftest import MakeNetwork
from tests.scenario.network import DOCS, Network
from tests.scenario.outcome import (
    COPY,
    PROJECT,
    assert_asks,
    planned,
    project,
    repositories,
    repository,
)

MAKING = "create-project"
OWN = DOCS.replace("github: {owner: nairobi-commons}", "github: {owner: nairobi-own}")
NEW_COPY = f"nairobi-own/{PROJECT}"
DOMAIN = "docs.nairobi.example.org"


@dataclass
class Visitor:
    """Opens the site after each change of the host's world, once told of a network to watch."""

    network: Network | None = None
    pages: list[str] = field(default_factory=list)

    def __call__(self, logged: Logged) -> None:
        if self.network is not None and logged.api == "vercel" and logged.method != "GET":
            network, self.network = self.network, None
            self.pages.append(network.page(DOMAIN))
            self.network = network


def live(network: Network) -> None:
    network.write("nairobi", DOCS)
    network.merge("nairobi")
    network.set_dns(network.apply())
    assert network.apply().state is RunState.COMPLETED


def moves(network: Network) -> int:
    """The hub's file names another GitHub account; the pull request's number."""
    network.write("nairobi", OWN)
    return network.merge("nairobi")


def test_the_project_is_connected_to_the_copy_there_and_nothing_is_offline_meanwhile(
    make_network: MakeNetwork,
) -> None:
    visitor = Visitor()
    network = make_network(observer=visitor)
    live(network)
    before = repository(network)
    moves(network)
    visitor.network = network

    (applied,) = network.tick()

    assert applied.run is not None
    assert applied.run.state is RunState.COMPLETED
    found = project(network)
    assert found["link"]["repository"] == NEW_COPY
    newest, oldest = found["deployments"]
    made_from = [item["meta"]["provisionerRepository"] for item in (newest, oldest)]
    assert made_from == [str(repository(network, NEW_COPY)["id"]), str(before["id"])]
    assert DOMAIN in newest["aliases"]
    assert len(visitor.pages) >= 3, "disconnected, connected, deployed"
    assert all("Nairobi Commons" in page for page in visitor.pages)
    assert repository(network) == before
    assert network.apply() == applied.run


def test_a_plan_says_what_becomes_of_the_project(network: Network) -> None:
    live(network)
    moves(network)

    plan = planned(network)

    assert [plan[action].verdict for action in ("fork-repository", MAKING, "deploy")] == [
        Verdict.CREATE,
        Verdict.UPDATE,
        Verdict.CREATE,
    ]
    assert plan[MAKING].detail == (
        "The hub's GitHub account is another one now, so the project is connected to the copy "
        f"there: {NEW_COPY}, instead of {COPY}."
    )


def test_an_account_that_the_host_cannot_see_is_waited_for_with_the_old_copy_connected(
    network: Network,
) -> None:
    live(network)
    number = moves(network)
    network.sandbox.control.set_vercel(blind_to=["nairobi-own"])

    (applied,) = network.tick()

    assert applied.run is not None
    step = assert_asks(network, number, applied.run, Actor.FACILITATOR, MAKING)
    assert step.detail == (
        f"Vercel cannot see the repository {NEW_COPY}. Until then the project builds {COPY}, and "
        "what is online stays online."
    )
    assert "choose Configure and the GitHub account nairobi-own" in step.hint
    assert project(network)["link"]["repository"] == COPY
    assert "Nairobi Commons" in network.page(DOMAIN)
    network.sandbox.control.set_vercel(blind_to=[])
    network.clock.advance(600)
    (applied,) = network.tick()
    assert applied.run is not None
    assert applied.run.state is RunState.COMPLETED
    assert project(network)["link"]["repository"] == NEW_COPY


def test_where_neither_account_is_seen_any_more_the_site_stays_online(network: Network) -> None:
    live(network)
    number = moves(network)
    network.sandbox.control.set_vercel(blind_to=["nairobi-own", "nairobi-commons"])

    (applied,) = network.tick()

    assert applied.run is not None
    step = assert_asks(network, number, applied.run, Actor.FACILITATOR, MAKING)
    assert "Until then the project builds nothing; what is online stays online." in step.detail
    assert project(network)["link"] is None
    assert "Nairobi Commons" in network.page(DOMAIN)
    network.sandbox.control.set_vercel(blind_to=[])
    network.clock.advance(600)
    (applied,) = network.tick()
    assert applied.run is not None
    assert applied.run.state is RunState.COMPLETED


@pytest.mark.parametrize("method", ["DELETE", "POST"])
def test_an_answer_that_is_lost_while_it_is_connected_is_survived(
    network: Network, method: str
) -> None:
    live(network)
    moves(network)
    network.sandbox.control.add_faults(
        {"method": method, "path": "/v9/projects/*/link", "when": "after", "kind": "reset"}
    )

    (applied,) = network.tick()

    assert applied.run is not None
    assert applied.run.state is RunState.COMPLETED
    assert project(network)["link"]["repository"] == NEW_COPY


def test_a_hub_that_goes_back_uses_its_first_copy_again(network: Network) -> None:
    live(network)
    moves(network)
    network.tick()
    network.write("nairobi", DOCS)

    (applied,) = network.tick()

    assert applied.run is not None
    assert applied.run.state is RunState.COMPLETED
    assert project(network)["link"]["repository"] == COPY
    assert repositories(network, "nairobi-own") == [NEW_COPY]
