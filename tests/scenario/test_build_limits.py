"""Limits of the host's plan, and what it cannot see yet: waited for, never run into twice."""

from typing import Any

import pytest

from provisioner.models.run import RunState
from tests.scenario.network import PLAIN, Network, step_of

PROJECT = "nairobi--docs"
DAY = 86_400


@pytest.fixture
def number(network: Network) -> int:
    network.write("nairobi", PLAIN)
    return network.merge("nairobi")


def builds(network: Network) -> int:
    return len(network.project(PROJECT)["deployments"])


def sent(network: Network) -> int:
    """How often a build was asked for."""
    wanted = ("POST", "/v13/deployments")
    return sum((one.method, one.path) == wanted for one in network.requests())


def allow_no_build(network: Network, **limit: Any) -> None:
    network.sandbox.control.set_vercel(
        limits=[{"operation": "deployments", "total": 0, "window": DAY, **limit}]
    )


def fixed(network: Network) -> None:
    network.sandbox.control.set_vercel(limits=[], blind_to=[])
    assert network.apply().state is RunState.COMPLETED
    assert builds(network) == 1


@pytest.mark.parametrize("tells", [True, False], ids=["Retry-After", "no Retry-After"])
@pytest.mark.parametrize(
    ("status", "code"),
    [(402, "api-deployments-free-per-day"), (429, "builds_rate_limited"), (429, "rate_limited")],
)
def test_builds_that_are_used_up_are_waited_for_by_nobody(
    network: Network, number: int, status: int, code: str, tells: bool
) -> None:
    allow_no_build(network, status=status, code=code, retry_after=tells)

    run = network.apply()

    assert run.state is RunState.WAITING
    assert "Nobody has to do anything" in network.headline(number)
    assert "has used up its builds for now" in network.comment(number)
    assert (sent(network), builds(network)) == (1, 0)
    assert run.wake_at is not None
    assert (run.wake_at - network.clock.now()).total_seconds() >= DAY - 5
    fixed(network)


def test_a_quota_without_any_time_is_looked_at_again_within_the_hour(
    network: Network, number: int
) -> None:
    network.sandbox.control.add_faults(
        {"api": "vercel", "method": "POST", "path": "/v13/deployments", "kind": "html"}
        | {"status": 429, "times": 5}
    )

    assert network.apply().state is not RunState.COMPLETED

    assert "Nobody has to do anything" in network.headline(number)
    fixed(network)


def test_an_account_that_may_not_build_is_the_facilitator_s_to_fix(
    network: Network, number: int
) -> None:
    network.sandbox.control.add_faults(
        {"path": "/v13/deployments", "kind": "status", "status": 402, "times": "forever"}
    )

    assert network.apply().state is RunState.FAILED

    assert "Hub facilitator, please see “What to do” below." in network.headline(number)
    assert "under Billing" in network.comment(number)
    network.sandbox.control.clear_faults()
    fixed(network)


def test_a_copy_that_the_host_does_not_see_is_tried_for_a_while(
    network: Network, number: int
) -> None:
    allow_no_build(network)
    network.apply()
    network.sandbox.control.set_vercel(limits=[], blind_to=["nairobi-commons"])
    before = network.clock.now()

    run = network.apply()

    failed = step_of(run, "docs", "deploy")
    assert "cannot see the newest commit of nairobi-commons/nairobi--docs" in failed.detail
    assert (network.clock.now() - before).total_seconds() >= 60
    assert failed.wake_at is not None
    assert "Nobody has to do anything" in network.headline(number)
    fixed(network)


def test_a_project_that_changes_hands_is_waited_for(network: Network, number: int) -> None:
    allow_no_build(network)
    network.apply()
    network.sandbox.control.set_vercel(limits=[], in_transfer=[PROJECT])

    assert network.apply().state is RunState.WAITING

    assert "Hub facilitator, please" in network.headline(number)
    assert "handed over to another account" in network.comment(number)
    network.sandbox.control.set_vercel(in_transfer=[])
    fixed(network)


def test_a_framework_that_the_host_did_not_expect_is_no_hindrance(network: Network) -> None:
    network.sandbox.control.push(
        files={"package.json": '{"dependencies": {"astro": "^5.0.0"}}'},
        repository="example-network/docs-site",
    )
    network.write("nairobi", PLAIN)

    fixed(network)


def test_a_lost_answer_does_not_double_a_build(network: Network, number: int) -> None:
    network.sandbox.control.add_faults(
        {"method": "POST", "path": "/v13/deployments", "when": "after", "kind": "reset"}
    )

    fixed(network)
