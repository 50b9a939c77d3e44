"""Projects that Vercel does not make before somebody has done something."""

import pytest

from provisioner.clock import ManualClock
from provisioner.models.plan import Actor
from provisioner.models.run import RunState, StepState
from tests.scenario.network import ADOPTING, Network
from tests.scenario.outcome import (
    COPY,
    assert_asks,
    assert_live,
    merged,
    projects,
    repositories,
)

MAKING = "create-project"


@pytest.mark.parametrize("app", ["none", "selected"])
def test_vercels_github_app_that_is_missing_or_blind_is_asked_for_and_waited_for(
    network: Network, clock: ManualClock, app: str
) -> None:
    network.sandbox.control.set_account("nairobi-commons", app=app)
    number = merged(network)

    run = network.apply()

    step = assert_asks(network, number, run, Actor.FACILITATOR, MAKING)
    assert step.state is StepState.WAITING
    assert "https://github.com/apps/vercel" in step.hint
    assert repositories(network) == [COPY]
    assert projects(network) == []

    network.sandbox.control.set_account("nairobi-commons", app="all")
    assert step.wake_at is not None
    clock.advance((step.wake_at - clock.now()).total_seconds())
    live = network.apply()
    assert_live(network, live)
    assert live.id == run.id
    assert repositories(network) == [COPY]


def test_as_long_as_the_app_is_missing_it_is_asked_for_ever_more_rarely(
    network: Network, clock: ManualClock
) -> None:
    network.sandbox.control.set_account("nairobi-commons", app="none")
    number = merged(network)
    waits = []
    for _ in range(4):
        run = network.apply()
        assert run.wake_at is not None
        waits.append((run.wake_at - clock.now()).total_seconds())
        clock.advance(waits[-1])

    assert waits == sorted(waits)
    assert waits[-1] > waits[0]
    assert len(network.comments(number)) == 1


def test_a_token_user_without_a_github_login_is_the_maintainers(network: Network) -> None:
    network.sandbox.control.set_vercel(login_connection=False)
    number = merged(network)

    run = network.apply()

    step = assert_asks(network, number, run, Actor.MAINTAINER, MAKING)
    assert "Authentication" in step.hint
    network.sandbox.control.set_vercel(login_connection=True)
    assert_live(network, network.apply())


def test_a_free_team_cannot_use_an_organisations_repository(
    network: Network, clock: ManualClock
) -> None:
    network.sandbox.control.set_vercel(teams={"nairobi-commons": {"plan": "hobby"}})
    number = merged(network)

    run = network.apply()

    step = assert_asks(network, number, run, Actor.FACILITATOR, MAKING)
    assert "Pro plan" in step.hint
    assert projects(network) == []
    network.sandbox.control.set_vercel(teams={"nairobi-commons": {"plan": "pro"}})
    assert step.wake_at is not None
    clock.advance((step.wake_at - clock.now()).total_seconds())
    assert_live(network, network.apply())


def test_a_team_that_is_full_is_for_the_facilitator(network: Network) -> None:
    network.sandbox.control.set_vercel(max_projects=0)
    number = merged(network)

    run = network.apply()

    step = assert_asks(network, number, run, Actor.FACILITATOR, MAKING)
    assert "as many projects" in step.detail
    network.sandbox.control.set_vercel(max_projects=None)
    assert_live(network, network.apply())


def test_a_repository_with_too_many_projects_is_for_the_facilitator(network: Network) -> None:
    network.sandbox.control.set_repository(COPY, fork_of="example-network/docs-site")
    for index in range(60):
        body = {"name": f"other-{index}", "gitRepository": {"type": "github", "repo": COPY}}
        network.by_hand("POST", "/v11/projects", body)
    number = merged(network, ADOPTING)

    run = network.apply()

    step = assert_asks(network, number, run, Actor.FACILITATOR, MAKING)
    assert "linked to as many" in step.detail
    network.by_hand("DELETE", "/v9/projects/other-0")
    assert network.apply().state is RunState.COMPLETED


@pytest.mark.parametrize("forked", [False, True])
def test_a_team_that_does_not_let_us_in_stops_everything_before_it_begins(
    network: Network, forked: bool
) -> None:
    network.sandbox.control.set_vercel(teams={"nairobi-commons": {"member": False}})
    if forked:
        network.sandbox.control.set_repository(COPY, fork_of="example-network/docs-site")
    number = merged(network, ADOPTING)

    run = network.apply()

    step = assert_asks(
        network, number, run, Actor.FACILITATOR, "fork-repository" if forked else MAKING
    )
    assert "invite" in step.hint
    assert repositories(network) == [COPY] * forked
    network.sandbox.control.set_vercel(teams={})
    assert_live(network, network.apply())
