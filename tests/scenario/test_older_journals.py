"""A new version of the provisioner comes while hubs are live, or on their way."""

import json

from provisioner.models.run import RunState
from tests.scenario.journals import commits, document_of, put, without_hosts
from tests.scenario.network import DOCS, Network

MOVED = DOCS.replace("vercel: {team: nairobi-commons}", "vercel: {team: nairobi-new}")


def write_as_before(network: Network) -> None:
    put(network, nairobi=json.dumps(without_hosts(document_of(network))))


def live(network: Network) -> None:
    network.write_with_bot()
    network.set_dns(network.apply())
    assert network.apply().state is RunState.COMPLETED


def test_a_hub_that_is_live_is_not_even_due(network: Network) -> None:
    live(network)
    write_as_before(network)
    before = network.requests()

    assert network.due() == []
    assert network.apply().state is RunState.COMPLETED
    assert [item for item in network.requests()[len(before) :] if item.method != "GET"] == []


def test_one_that_changes_is_written_in_the_new_form(network: Network) -> None:
    live(network)
    write_as_before(network)
    written = commits(network)

    network.write_with_bot()
    path = network.directory / "nairobi.yaml"
    changed = path.read_text().replace("SITE_TITLE: Nairobi Commons", "SITE_TITLE: Karibu")
    path.write_text(changed)
    assert "Karibu" in changed
    assert network.apply().state is RunState.COMPLETED

    assert commits(network) > written
    assert document_of(network)["version"] == 5
    assert "vercel:nairobi-commons/nairobi--docs" in json.dumps(document_of(network))
    assert len(network.world()["vercel"]["projects"]) == 2


def test_a_move_that_was_begun_before_is_finished_and_the_former_project_is_paused(
    network: Network,
) -> None:
    network.write("nairobi", DOCS)
    network.set_dns(network.apply())
    network.apply()
    network.write("nairobi", MOVED)
    waiting = network.apply()
    assert waiting.state is RunState.WAITING
    write_as_before(network)

    network.set_dns(waiting)
    assert network.apply().state is RunState.COMPLETED

    projects = {one["team"]: one["paused"] for one in network.world()["vercel"]["projects"]}
    assert projects == {"nairobi-commons": True, "nairobi-new": False}
