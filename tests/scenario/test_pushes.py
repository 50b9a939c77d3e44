"""People push to a hub's copy while the provisioner works, and after: no build is doubled."""

import pytest

from provisioner.models.run import RunState, StepState
from tests.scenario.network import DOCS, PLAIN, Network, step_of

PROJECT = "nairobi--docs"
COPY = "nairobi-commons/nairobi--docs"


@pytest.fixture
def number(network: Network) -> int:
    network.write("nairobi", PLAIN)
    return network.merge("nairobi")


def builds(network: Network) -> list[str]:
    """What became of each build, the newest first."""
    return [item["state"] for item in network.project(PROJECT)["deployments"]]


def push(network: Network, text: str, **outcome: object) -> None:
    """Somebody changes a page of the copy, and the host builds it in its own time."""
    if outcome:
        network.sandbox.control.set_vercel(next_deployments=[outcome])
    network.sandbox.control.push(files={"docs/index.md": text}, repository=COPY)


def test_a_push_to_a_live_hub_is_the_host_s_to_build(network: Network, number: int) -> None:
    network.apply()

    push(network, "# Karibu\n")

    assert network.apply().state is RunState.COMPLETED
    assert builds(network) == ["READY", "READY"]


def test_a_push_that_breaks_the_code_takes_no_live_site_down(network: Network, number: int) -> None:
    network.apply()

    push(network, "# Broken\n", state="ERROR")

    assert network.apply().state is RunState.COMPLETED
    assert builds(network) == ["ERROR", "READY"]


def test_a_push_overtakes_a_build_that_was_cancelled_for_it(network: Network, number: int) -> None:
    network.sandbox.control.set_vercel(next_deployments=[{"build_seconds": 3600}])
    network.apply()
    first = network.project(PROJECT)["deployments"][0]["id"]
    push(network, "# Karibu\n", build_seconds=60)
    network.by_hand("PATCH", f"/v12/deployments/{first}/cancel")

    assert network.apply().state is RunState.COMPLETED

    assert builds(network) == ["READY", "CANCELED"]


def test_a_push_fixes_a_build_that_failed(network: Network, number: int) -> None:
    network.sandbox.control.set_vercel(next_deployments=[{"state": "ERROR"}])
    assert network.apply().state is RunState.FAILED

    push(network, "# Fixed\n")

    assert network.apply().state is RunState.COMPLETED
    assert builds(network) == ["READY", "ERROR"]


def test_a_variable_that_was_taken_away_is_not_left_in_a_build_of_a_push(
    network: Network, number: int
) -> None:
    network.apply()
    push(network, "# Karibu\n")
    network.write("nairobi", PLAIN.replace("    env: {SITE_TITLE: Nairobi Commons}\n", ""))

    assert network.apply().state is RunState.COMPLETED

    assert builds(network) == ["READY", "READY", "READY"]
    assert "Nairobi Commons" not in network.page("nairobi--docs.vercel.app")


def test_a_domain_waits_until_a_broken_push_is_fixed(network: Network, number: int) -> None:
    network.apply()
    push(network, "# Broken\n", state="ERROR")
    network.write("nairobi", DOCS)
    number = network.merge("nairobi")

    run = network.apply()

    assert step_of(run, "docs", "attach-domains").state is StepState.WAITING
    assert "Network maintainer, please" in network.headline(number)
    assert "fix its code" in network.comment(number)
    push(network, "# Fixed\n")
    network.set_dns(network.apply())
    assert network.apply().state is RunState.COMPLETED
    assert builds(network) == ["READY", "ERROR", "READY"]


def test_a_project_with_more_builds_than_a_page_is_known_as_ours_without_its_journal(
    network: Network, number: int
) -> None:
    network.apply()
    for page in range(101):
        push(network, f"# Page {page}\n")
    network.sandbox.control.delete_branch("example-network/hubs", "provisioner-state")

    assert network.apply().state is RunState.COMPLETED

    assert len(builds(network)) == 102
