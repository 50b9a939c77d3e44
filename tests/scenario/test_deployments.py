"""Builds that fail, stall or are held back: who must act is said, and nothing is built twice."""

import pytest

from provisioner.models.run import RunState, StepState
from tests.scenario.network import DOCS, Network, app_of, step_of

PROJECT = "nairobi--docs"


@pytest.fixture
def number(network: Network) -> int:
    """The pull request that brought a hub with a site."""
    network.write("nairobi", DOCS)
    return network.merge("nairobi")


def builds(network: Network) -> int:
    return len(network.project(PROJECT)["deployments"])


def goes_live(network: Network) -> None:
    """Nothing stands in the way any more: one of everything, and live."""
    network.set_dns(network.apply())
    assert network.apply().state is RunState.COMPLETED
    assert "Nairobi Commons" in network.page("docs.nairobi.example.org")


def failing(network: Network, **outcome: object) -> None:
    network.sandbox.control.set_vercel(next_deployments=[outcome])


def test_a_failed_build_shows_its_log_and_is_tried_again_by_a_person_only(
    network: Network, number: int
) -> None:
    failing(network, state="ERROR", log=["npm error Missing script: <b>build</b>"])

    run = network.apply()

    assert run.state is RunState.FAILED
    assert "Network maintainer, please see “What to do” below." in network.headline(number)
    comment = network.comment(number)
    assert "npm error Missing script: <b>build</b>" in comment
    assert "```text" in comment
    assert builds(network) == 1
    goes_live(network)
    assert builds(network) == 2


def test_a_build_that_fails_while_nobody_looks_is_told_before_it_is_tried_again(
    network: Network, number: int
) -> None:
    failing(network, state="ERROR", build_seconds=3600, log=["it broke late"])
    assert network.apply().state is RunState.WAITING
    network.clock.advance(3600)

    run = network.apply()

    assert run.state is RunState.FAILED
    assert "it broke late" in network.comment(number)
    assert builds(network) == 1
    goes_live(network)
    assert builds(network) == 2


def test_a_build_longer_than_the_step_is_waited_for_and_not_doubled(
    network: Network, number: int
) -> None:
    failing(network, state="READY", build_seconds=3600)

    waiting = network.apply()

    assert waiting.state is RunState.WAITING
    assert "Nobody has to do anything" in network.headline(number)
    network.clock.advance(3600)
    goes_live(network)
    assert builds(network) == 1


def test_a_state_that_nobody_knows_yet_is_waited_for(network: Network, number: int) -> None:
    failing(network, state="SIMMERING")

    run = network.apply()

    assert run.state is RunState.WAITING
    assert step_of(run, "docs", "deploy").detail == "The app is being built."
    assert "Nobody has to do anything" in network.headline(number)
    assert builds(network) == 1


def test_a_build_that_is_ready_but_not_online_is_not_called_live(
    network: Network, number: int
) -> None:
    failing(network, alias="never")

    run = network.apply()

    assert run.state is RunState.WAITING
    assert step_of(run, "docs", "deploy").detail == "The build is ready; its names are being set."
    assert "Network maintainer, please" in network.headline(number)
    assert "promote the build" in network.comment(number)
    newest = network.project(PROJECT)["deployments"][0]["id"]
    network.by_hand("POST", f"/v10/projects/{PROJECT}/promote/{newest}")
    goes_live(network)
    assert builds(network) == 1


@pytest.mark.parametrize(
    ("outcome", "said"),
    [
        ({"alias": "error"}, "its names could not be set: No certificate could be found"),
        ({"checks": "failed"}, "its checks failed"),
        ({"state": "CANCELED"}, "The build was cancelled at Vercel."),
    ],
    ids=["names cannot be set", "checks fail", "cancelled"],
)
def test_a_build_that_will_never_be_online_fails_with_its_reason(
    network: Network, number: int, outcome: dict[str, str], said: str
) -> None:
    failing(network, **outcome)

    assert network.apply().state is RunState.FAILED

    assert "Network maintainer, please see “What to do” below." in network.headline(number)
    assert said in network.comment(number)
    assert "https://vercel.com/nairobi-commons/nairobi--docs/" in network.comment(number)
    goes_live(network)
    assert builds(network) == 2


@pytest.mark.parametrize("code", ["COMMIT_AUTHOR_REQUIRED", "TEAM_ACCESS_REQUIRED"])
def test_a_build_that_the_host_holds_back_names_its_code_and_the_way_out(
    network: Network, number: int, code: str
) -> None:
    failing(network, state="BLOCKED", block_code=code)

    assert network.apply().state is RunState.FAILED

    assert "Hub facilitator, please see “What to do” below." in network.headline(number)
    assert f"({code})" in network.comment(number).replace("&#95;", "_")
    assert "Invite the author to the team" in network.comment(number)
    goes_live(network)


def test_a_deployment_that_began_with_the_project_is_found(network: Network) -> None:
    network.sandbox.control.set_vercel(deploys_on_creation=True)
    network.write("nairobi", DOCS.replace("    env: {SITE_TITLE: Nairobi Commons}\n", ""))
    failing(network, build_seconds=60)

    waiting = network.apply()

    assert app_of(waiting, "docs").state is RunState.WAITING
    assert step_of(waiting, "docs", "deploy").state is StepState.DONE
    assert builds(network) == 1


def test_one_that_began_before_the_variables_were_set_does_not_count(network: Network) -> None:
    network.sandbox.control.set_vercel(deploys_on_creation=True)
    network.write("nairobi", DOCS)

    goes_live(network)

    assert builds(network) == 2
