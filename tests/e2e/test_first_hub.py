"""A merged hub file goes live: provision.yml on a push, on a schedule, with nothing to do."""

import pytest

from tests.e2e.hub_files import TELEGRAM_TOKEN, docs_and_bot_hub
from tests.e2e.network import ActionsNetwork

DOMAIN = "docs.nairobi.example.org"


@pytest.fixture
def merged(network: ActionsNetwork) -> int:
    """The pull request of a hub with two apps, reviewed by nobody."""
    return network.open_unseen({"hubs/nairobi.yaml": docs_and_bot_hub(network, "nairobi", DOMAIN)})


def test_a_hub_waits_for_its_dns_goes_live_on_schedule_and_is_left_alone_then(
    network: ActionsNetwork, merged: int
) -> None:
    first = network.merge(merged)

    assert first.succeeded
    assert first.ran() == ["apply", "plan", "sign", "summary"]
    assert first.job("apply", hub="nairobi").matrix["environment"] == "provisioner"
    assert network.journal("nairobi")["run"]["state"] == "waiting"
    (comment,) = network.comments(merged)
    assert "waiting for DNS" in comment["body"]
    assert DOMAIN in comment["body"]
    assert "waiting for DNS" in first.job("apply").summary
    assert "waiting for DNS" in first.job("summary").summary

    network.set_dns("nairobi")
    network.an_hour_passes()
    second = network.on_schedule()

    assert second.succeeded
    assert network.journal("nairobi")["run"]["state"] == "completed"
    (edited,) = network.comments(merged)
    assert edited["id"] == comment["id"]
    assert "is live" in edited["body"]
    assert f"https://{DOMAIN}" in edited["body"]

    network.an_hour_passes()
    before = network.sandbox.control.world()
    third = network.on_schedule()

    assert third.succeeded
    assert third.ran() == ["plan"]
    assert network.sandbox.control.world() == before

    assert TELEGRAM_TOKEN in first.hidden
    for run in (first, second, third):
        assert network.secrets_told(run, TELEGRAM_TOKEN) == []
