"""Projects that are there already, are made meanwhile, or may have been made."""

from provisioner.models.plan import Actor
from tests.scenario.conftest import MakeNetwork
from tests.scenario.network import ADOPTING, Network, app_of
from tests.scenario.outcome import (
    COPY,
    PROJECT,
    Meanwhile,
    assert_asks,
    assert_live,
    merged,
    project,
    repositories,
)

MAKING = "create-project"


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
