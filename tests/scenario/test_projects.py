"""Projects that Vercel does not make, or that are there already."""

import pytest

from provisioner.clock import ManualClock
from provisioner.models.plan import Actor
from provisioner.models.run import RunState, StepState
from tests.scenario.conftest import MakeNetwork
from tests.scenario.network import PLAIN, Network, app_of
from tests.scenario.outcome import (
    COPY,
    PROJECT,
    Meanwhile,
    assert_asks,
    assert_live,
    project,
    projects,
    repositories,
)

MAKING = "create-project"
ADOPTING = PLAIN.replace("    app: docs-site\n", "    app: docs-site\n    adopt: true\n")


def merged(network: Network, text: str = PLAIN) -> int:
    network.write("nairobi", text)
    return network.merge("nairobi")


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


def test_somebody_elses_project_of_our_name_is_left_alone(network: Network) -> None:
    network.by_hand("POST", "/v11/projects", {"name": PROJECT})
    before = project(network)
    number = merged(network, ADOPTING)

    run = network.apply()

    step = assert_asks(network, number, run, Actor.FACILITATOR, MAKING)
    assert "something else" in step.detail
    assert project(network) == before
    assert repositories(network) == []
    network.by_hand("DELETE", f"/v9/projects/{PROJECT}")
    assert_live(network, network.apply())


def test_a_project_on_the_copy_that_somebody_made_needs_consent(network: Network) -> None:
    network.sandbox.control.set_repository(COPY, fork_of="example-network/docs-site")
    body = {"name": PROJECT, "gitRepository": {"type": "github", "repo": COPY}}
    network.by_hand("POST", "/v11/projects", body)
    number = merged(network)

    run = network.apply()

    step = assert_asks(network, number, run, Actor.FACILITATOR, "fork-repository")
    assert "adopt: true" in step.hint
    assert project(network)["deployments"] == []
    network.write("nairobi", ADOPTING)
    adopted = network.apply()
    assert_live(network, adopted)
    kept = {item.kind: item.existed for item in app_of(adopted, "docs").resources}
    assert kept == {"repository": True, "project": True}


def test_a_project_whose_answer_was_lost_is_found_again(network: Network) -> None:
    merged(network)
    network.sandbox.control.add_faults(
        {"method": "POST", "path": "/v11/projects", "when": "after", "kind": "reset"}
    )

    assert_live(network, network.apply())


def test_a_name_that_is_taken_in_the_last_moment_is_looked_at_again(
    make_network: MakeNetwork,
) -> None:
    somebody = Meanwhile()
    network = make_network(observer=somebody)
    number = merged(network)
    somebody.after(
        "POST",
        "/repos/example-network/docs-site/forks",
        lambda: network.by_hand("POST", "/v11/projects", {"name": PROJECT}),
    )

    run = network.apply()

    step = assert_asks(network, number, run, Actor.FACILITATOR, MAKING)
    assert "should be linked" in step.detail
    network.by_hand("DELETE", f"/v9/projects/{PROJECT}")
    assert_live(network, network.apply())
