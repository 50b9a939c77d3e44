"""The copy is deleted on GitHub and made anew: same name, another repository, the same project."""

from typing import Any

import pytest

from provisioner.models.plan import Actor, Verdict
from provisioner.models.run import RunState
from tests.scenario.network import PLAIN, Network, step_of
from tests.scenario.outcome import (
    COPY,
    PROJECT,
    assert_asks,
    assert_live,
    merged,
    planned,
    project,
    repository,
)

MAKING = "create-project"
ADDRESS = f"{PROJECT}.vercel.app"
LINK = f"/v9/projects/{PROJECT}/link"
NO_BUILDS = [{"operation": "deployments", "total": 0}]


def waits_for_builds(network: Network) -> None:
    """The copy and the project are made; the host takes no build just now."""
    network.sandbox.control.set_vercel(limits=NO_BUILDS)
    merged(network)
    assert network.apply().state is RunState.WAITING


def builds_again(network: Network) -> None:
    network.sandbox.control.set_vercel(limits=[])
    network.clock.advance(3_600)


def made_from(deployment: dict[str, Any]) -> str:
    """The number of the repository that a deployment says it was made from."""
    return str(deployment["meta"]["provisionerRepository"])


def posts(network: Network, path: str, since: int = 0) -> int:
    sent = network.requests()[since:]
    return sum(item.method == "POST" and item.path == path for item in sent)


def test_a_copy_that_was_deleted_before_the_build_is_built_from_the_new_one(
    network: Network,
) -> None:
    waits_for_builds(network)
    network.sandbox.control.delete_repository(COPY)
    builds_again(network)
    asked = len(network.requests())

    (applied,) = network.tick()

    assert applied.run is not None
    assert "made anew" not in step_of(applied.run, "docs", MAKING).detail, "that is behind us"
    assert project(network)["link"]["repository_id"] == repository(network)["id"]
    assert posts(network, "/v13/deployments", asked) == 1
    assert_live(network, applied.run)


def test_a_plan_says_that_the_project_is_connected_to_the_copy_that_is_made_anew(
    network: Network,
) -> None:
    waits_for_builds(network)
    network.sandbox.control.delete_repository(COPY)

    plan = planned(network)

    assert plan[MAKING].verdict is Verdict.UPDATE
    assert plan[MAKING].detail == (
        f"The copy is made anew, so the project is connected to it: {COPY}."
    )
    assert plan["deploy"].detail == f"Deploy {COPY}."


def test_a_live_site_is_built_from_the_new_copy_and_stays_online_until_then(
    network: Network,
) -> None:
    merged(network)
    network.apply()
    network.sandbox.control.push(files={"docs/index.md": "# Ours\n"}, repository=COPY)
    network.sandbox.control.delete_repository(COPY)
    assert "Nairobi Commons" in network.page(ADDRESS)

    run = network.apply()

    assert run.state is RunState.COMPLETED
    newest, *older = project(network)["deployments"]
    assert made_from(newest) == str(repository(network)["id"])
    assert newest["aliases"][0] == ADDRESS
    assert len(older) == 2
    assert network.apply() == run


def test_a_host_that_builds_what_is_connected_by_itself_is_not_asked_to_build_it_again(
    network: Network,
) -> None:
    merged(network)
    network.apply()
    network.sandbox.control.delete_repository(COPY)
    network.sandbox.control.set_vercel(deploys_on_creation=True)

    run = network.apply()

    assert run.state is RunState.COMPLETED
    assert len(project(network)["deployments"]) == 2
    assert posts(network, "/v13/deployments") == 1


def test_a_stop_between_disconnecting_and_connecting_is_gone_on_from(network: Network) -> None:
    merged(network)
    network.apply()
    network.sandbox.control.delete_repository(COPY)
    fault = {"kind": "status", "status": 500, "times": "forever", "method": "POST"}
    network.sandbox.control.add_faults({**fault, "path": "/v9/projects/*/link"})

    stopped = network.apply()

    assert step_of(stopped, "docs", MAKING).wake_at is not None
    assert project(network)["link"] is None
    assert "Nairobi Commons" in network.page(ADDRESS)
    network.sandbox.control.clear_faults()
    network.clock.advance(3_600)
    (applied,) = network.tick()
    assert applied.run is not None
    assert applied.run.state is RunState.COMPLETED
    assert project(network)["link"]["repository_id"] == repository(network)["id"]


def test_a_project_of_ours_that_somebody_disconnected_is_connected_again(network: Network) -> None:
    merged(network)
    network.apply()
    network.by_hand("DELETE", LINK)

    assert_live(network, network.apply())


@pytest.mark.parametrize("consent", [False, True])
def test_a_project_that_somebody_connected_to_something_else_stays_so(
    network: Network, consent: bool
) -> None:
    number = merged(network)
    network.apply()
    network.sandbox.control.set_repository("nairobi-commons/handmade", files={"a.md": "# A"})
    network.by_hand("DELETE", LINK)
    network.by_hand("POST", LINK, {"type": "github", "repo": "nairobi-commons/handmade"})
    before = project(network)
    if consent:
        network.write("nairobi", PLAIN.replace("app: docs-site", "app: docs-site\n    adopt: true"))

    run = network.apply()

    step = assert_asks(network, number, run, Actor.FACILITATOR, MAKING)
    assert "linked to nairobi-commons/handmade" in step.detail
    assert project(network) == before


def test_a_new_copy_that_the_host_cannot_see_is_said_and_waited_for(network: Network) -> None:
    number = merged(network)
    network.apply()
    network.sandbox.control.delete_repository(COPY)
    network.sandbox.control.set_vercel(blind_to=["nairobi-commons"])

    run = network.apply()

    step = assert_asks(network, number, run, Actor.FACILITATOR, MAKING)
    assert step.detail == (f"Vercel cannot see the repository {COPY}. What is online stays online.")
    assert posts(network, "/v13/deployments") == 1
    network.sandbox.control.set_vercel(blind_to=[])
    network.clock.advance(3_600)
    (applied,) = network.tick()
    assert applied.run is not None
    assert applied.run.state is RunState.COMPLETED
    assert "Nairobi Commons" in network.page(ADDRESS)
