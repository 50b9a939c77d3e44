"""An empty answer is not a "no": nothing is made, left out or forgotten because of one."""

import pytest

from provisioner.models.run import RunState
from tests.scenario.network import Network


@pytest.mark.parametrize(
    ("api", "path"),
    [
        ("vercel", "/v9/projects/nairobi--docs"),
        ("vercel", "/v9/projects/nairobi--docs/domains"),
        ("github", "/repos/example-network/hubs/commits"),
    ],
)
def test_a_removal_is_complete_although_a_service_answered_nothing_for_a_while(
    network: Network, api: str, path: str
) -> None:
    network.go_live()
    network.remove("nairobi")
    number = network.merge("nairobi")
    network.sandbox.control.add_faults({"api": api, "path": path, "kind": "empty", "times": 3})

    run = network.apply()

    assert run.state is RunState.COMPLETED
    assert run.pull_request == number
    assert [item["paused"] for item in network.world()["vercel"]["projects"]] == [True, True]
    assert "skipped" not in [step.state for app in run.apps for step in app.steps]
