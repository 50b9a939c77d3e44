"""A list that is some seconds behind makes nothing twice."""

from datetime import timedelta

from provisioner.sandbox.world import Latency
from tests.scenario.conftest import MakeNetwork
from tests.scenario.network import PLAIN
from tests.scenario.schedule import completed, passed

DAY = timedelta(days=1)
LOST = {
    "api": "vercel",
    "method": "POST",
    "path": "/v13/deployments",
    "when": "after",
    "kind": "reset",
}


def test_a_build_whose_answer_was_lost_is_found_although_the_list_is_behind(
    make_network: MakeNetwork,
) -> None:
    network = make_network(latency=Latency(build=60))
    network.sandbox.control.set_vercel(deployments_lag=5)
    network.sandbox.control.add_faults(LOST)
    network.write("nairobi", PLAIN)

    network.tick()
    passed(network, DAY, completed)

    assert completed(network)
    assert len(network.project("nairobi--docs")["deployments"]) == 1


def test_a_build_that_the_list_does_not_show_for_minutes_is_found_by_its_id(
    make_network: MakeNetwork,
) -> None:
    network = make_network(latency=Latency(build=3600))
    network.sandbox.control.set_vercel(deployments_lag=3000)
    network.write("nairobi", PLAIN)

    network.apply()
    passed(network, DAY, completed)

    assert completed(network)
    assert len(network.project("nairobi--docs")["deployments"]) == 1
