"""Copies that are slow, refused, private, or of a source that moved."""

from datetime import timedelta

import pytest

from provisioner.clock import ManualClock
from provisioner.models.plan import Actor
from provisioner.models.run import RunState, StepState
from provisioner.sandbox.world import Latency
from tests.scenario.conftest import MakeNetwork
from tests.scenario.network import Network, step_of
from tests.scenario.outcome import (
    COPY,
    SOURCE,
    assert_asks,
    assert_live,
    merged,
    repositories,
    repository,
    unfinished,
)

FORKING = "fork-repository"


@pytest.fixture
def slow(make_network: MakeNetwork) -> Network:
    """GitHub takes an hour to copy a repository's files."""
    return make_network(latency=Latency(fork_readable=3600.0))


def test_a_copy_whose_files_come_late_is_waited_for(make_network: MakeNetwork) -> None:
    network = make_network(latency=Latency(fork_readable=90.0))
    merged(network)

    run = network.apply()

    assert_live(network, run)
    copying = step_of(run, "docs", FORKING)
    assert copying.started_at is not None
    assert copying.ended_at is not None
    assert copying.ended_at - copying.started_at >= timedelta(seconds=90)
    assert repositories(network) == [COPY]


def test_a_copy_that_takes_longer_than_a_job_should_is_looked_at_again_later(
    slow: Network, clock: ManualClock
) -> None:
    number = merged(slow)

    run = slow.apply()

    step = assert_asks(slow, number, run, Actor.NOBODY, FORKING)
    assert step.state is StepState.WAITING
    assert step.wake_at is not None
    assert "still copying" in step.detail
    clock.advance(3600)
    assert_live(slow, slow.apply())
    assert repositories(slow) == [COPY]


def test_a_copy_that_cannot_be_seen_at_once_is_not_made_twice(network: Network) -> None:
    merged(network)
    network.sandbox.control.add_faults(
        {"method": "GET", "path": f"/repos/{COPY}", "kind": "status", "status": 404, "times": 4}
    )

    assert_live(network, network.apply())

    asked = [item for item in network.requests() if item.method == "POST"]
    assert sum(item.path.endswith("/forks") for item in asked) == 1
    assert repositories(network) == [COPY]


def test_forking_that_is_not_allowed_is_for_the_maintainer_to_allow(network: Network) -> None:
    network.sandbox.control.set_repository(SOURCE, forking=False)
    number = merged(network)

    run = network.apply()

    step = assert_asks(network, number, run, Actor.MAINTAINER, FORKING)
    assert run.state is RunState.FAILED
    assert "Allow forking" in step.hint
    assert repositories(network) == []
    network.sandbox.control.set_repository(SOURCE)
    assert_live(network, network.apply())


def test_an_empty_source_is_for_the_maintainer_to_fill(network: Network) -> None:
    network.sandbox.control.delete_repository(SOURCE)
    network.sandbox.control.set_repository(SOURCE)
    number = merged(network)

    run = network.apply()

    step = assert_asks(network, number, run, Actor.MAINTAINER, FORKING)
    assert "empty" in step.detail
    assert repositories(network) == []
    network.sandbox.control.push({"README.md": "# Docs\n"}, repository=SOURCE)
    assert_live(network, network.apply())


def test_a_source_that_nobody_can_see_is_for_the_maintainer(network: Network) -> None:
    network.sandbox.control.delete_repository(SOURCE)
    number = merged(network)

    run = network.apply()

    step = assert_asks(network, number, run, Actor.MAINTAINER, FORKING)
    assert SOURCE in step.detail
    assert repositories(network) == []


@pytest.mark.parametrize("template", [False, True])
def test_a_private_source_makes_a_private_copy(network: Network, template: bool) -> None:
    control = network.sandbox.control
    control.set_repository(SOURCE, private=True, template=template, permission="read")
    if template:  # the hub's account holds a fork already, so that a template copy is made
        control.set_repository("nairobi-commons/old", fork_of=SOURCE)
    merged(network)

    assert_live(network, network.apply())

    assert repository(network)["private"] is True


def test_private_code_that_may_not_be_forked_is_for_the_maintainer(network: Network) -> None:
    network.sandbox.control.set_repository(SOURCE, private=True, permission="read")
    network.sandbox.control.set_account("example-network", forks_of_private=False)
    number = merged(network)

    run = network.apply()

    step = assert_asks(network, number, run, Actor.MAINTAINER, FORKING)
    assert "member privileges" in step.hint
    network.sandbox.control.set_account("example-network")
    assert_live(network, network.apply())


def test_a_source_that_was_renamed_is_still_the_source(network: Network) -> None:
    network.sandbox.control.rename_repository(SOURCE, "example-network/guides")
    merged(network)

    assert_live(network, network.apply())

    assert repository(network)["parent"] == "example-network/guides"


def test_a_live_hub_does_not_mind_that_the_source_is_renamed(network: Network) -> None:
    merged(network)
    live = network.apply()
    network.sandbox.control.rename_repository(SOURCE, "example-network/guides")

    assert network.apply() == live


def test_a_copy_that_takes_days_says_so_in_the_same_words(
    slow: Network, clock: ManualClock
) -> None:
    merged(slow)
    first = unfinished(slow.apply())
    clock.advance(600)

    second = unfinished(slow.apply())

    assert second.detail == first.detail
    assert second.wake_at is not None
    assert first.wake_at is not None
    assert second.wake_at > first.wake_at
