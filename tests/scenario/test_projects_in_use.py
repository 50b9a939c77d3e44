"""Projects of ours that somebody changed by hand, paused, protected or is handing over."""

import ssl

import httpx
import pytest

from provisioner.clock import ManualClock
from provisioner.models.plan import Actor
from provisioner.models.run import RunState, StepState
from tests.scenario.network import PLAIN, Network
from tests.scenario.outcome import COPY, PROJECT, assert_asks, assert_live, merged, project

MAKING = "create-project"


def status_of(network: Network, host: str) -> int:
    """What a visitor gets who is not logged in to Vercel."""
    context = ssl.create_default_context(cafile=network.environ["PROVISIONER_EDGE_CA"])
    with httpx.Client(verify=context) as client:
        address = network.environ["PROVISIONER_EDGE"] + "/"
        extensions = {"sni_hostname": host}
        return client.get(address, headers={"Host": host}, extensions=extensions).status_code


def test_what_visitors_see_is_judged_by_the_production_name_not_the_protected_one(
    network: Network,
) -> None:
    merged(network)

    run = network.apply()

    assert_live(network, run)
    (deployment,) = project(network)["deployments"]
    assert project(network)["protection"] == "prod_deployment_urls_and_all_previews"
    assert status_of(network, deployment["url"]) == 401
    assert run.apps[0].url == f"https://{PROJECT}.vercel.app"
    assert status_of(network, f"{PROJECT}.vercel.app") == 200


def test_a_paused_project_of_ours_is_taken_out_of_its_pause(network: Network) -> None:
    merged(network)
    network.apply()
    network.by_hand("POST", f"/v1/projects/{project(network)['id']}/pause")

    run = network.apply()

    assert run.state is RunState.COMPLETED
    assert project(network)["paused"] is False
    assert len(project(network)["deployments"]) == 1


def test_build_settings_that_somebody_changed_are_set_back(network: Network) -> None:
    merged(network)
    network.apply()
    network.by_hand("PATCH", f"/v9/projects/{PROJECT}", {"buildCommand": "make"})

    run = network.apply()

    assert run.state is RunState.COMPLETED
    assert project(network)["settings"]["buildCommand"] == "npm run build"


def test_settings_of_a_persons_own_stay(network: Network) -> None:
    merged(network)
    live = network.apply()
    network.by_hand("PATCH", f"/v9/projects/{PROJECT}", {"devCommand": "make dev"})

    assert network.apply() == live
    assert project(network)["settings"]["devCommand"] == "make dev"


def test_a_project_that_was_unlinked_is_not_linked_again_behind_anybodys_back(
    network: Network,
) -> None:
    number = merged(network)
    network.apply()
    network.by_hand("DELETE", f"/v9/projects/{PROJECT}")
    network.by_hand("POST", "/v11/projects", {"name": PROJECT})

    run = network.apply()

    step = assert_asks(network, number, run, Actor.FACILITATOR, MAKING)
    assert COPY in step.detail
    assert project(network)["link"] is None
    network.by_hand("DELETE", f"/v9/projects/{PROJECT}")
    assert_live(network, network.apply())


def test_a_project_that_was_deleted_by_hand_is_made_again(network: Network) -> None:
    merged(network)
    network.apply()
    network.by_hand("DELETE", f"/v9/projects/{PROJECT}")

    assert_live(network, network.apply())


@pytest.mark.parametrize(
    "change",
    ["buildCommand", "env"],
)
def test_a_project_that_is_being_handed_over_is_waited_for(
    network: Network, clock: ManualClock, change: str
) -> None:
    number = merged(network)
    network.apply()
    if change == "env":
        network.write("nairobi", PLAIN.replace("Nairobi Commons}", "Karibu}"))
    else:
        network.by_hand("PATCH", f"/v9/projects/{PROJECT}", {"buildCommand": "make"})
    network.sandbox.control.set_vercel(in_transfer=[PROJECT])

    run = network.apply()

    action = MAKING if change == "buildCommand" else "set-environment"
    step = assert_asks(network, number, run, Actor.FACILITATOR, action)
    assert step.state is StepState.WAITING
    assert "handed over" in step.detail
    network.sandbox.control.set_vercel(in_transfer=[])
    assert step.wake_at is not None
    clock.advance((step.wake_at - clock.now()).total_seconds())
    assert network.apply().state is RunState.COMPLETED
