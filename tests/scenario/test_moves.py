"""A live hub moves to other accounts: what leaves is touched last, and never when it is wanted."""

from datetime import timedelta
from typing import Any

import pytest

from provisioner.models.dns import DnsState
from provisioner.models.run import RunState
from tests.scenario.conftest import MakeNetwork
from tests.scenario.network import DOCS, Network, app_of
from tests.scenario.schedule import completed, newest, passed
from tests.scenario.uptime import Uptime

HOST = "docs.nairobi.example.org"
MOVED = DOCS.replace("vercel: {team: nairobi-commons}", "vercel: {team: nairobi-new}")
LONG = timedelta(hours=30)
REFUSED = {
    "api": "vercel",
    "method": "DELETE",
    "path": "*/domains/*",
    "kind": "status",
    "status": 500,
    "times": "forever",
}

Watched = tuple[Network, Uptime]


@pytest.fixture
def watched(make_network: MakeNetwork) -> Watched:
    """A site is live in its first team, and somebody watches its domain."""
    uptime = Uptime()
    network = make_network(observer=uptime)
    network.write("nairobi", DOCS)
    network.set_dns(network.apply())
    assert network.apply().state is RunState.COMPLETED
    uptime.watch(network.sandbox, HOST)
    return network, uptime


def projects(network: Network) -> dict[str, dict[str, Any]]:
    """By team."""
    return {item["team"]: item for item in network.world()["vercel"]["projects"]}


def test_a_site_moves_to_another_team_with_one_short_gap(watched: Watched) -> None:
    network, uptime = watched
    entry = {"type": "CNAME", "name": HOST, "value": "cname.vercel-dns.com"}
    network.sandbox.control.set_dns([entry])
    network.write("nairobi", MOVED)

    assert network.apply().state is RunState.COMPLETED

    assert uptime.answers(HOST)
    (down,) = uptime.gaps[HOST]
    assert down.startswith("DELETE"), "from giving it up until the very next request"
    assert projects(network)["nairobi-commons"]["paused"] is True
    assert projects(network)["nairobi-new"]["paused"] is False


def test_a_domain_whose_entry_leads_to_the_old_place_waits_for_the_new_entry(
    watched: Watched,
) -> None:
    network, uptime = watched
    network.write("nairobi", MOVED)
    number = network.merge("nairobi")

    waiting = network.apply()

    assert uptime.gaps == {}
    assert "set the DNS entry" in network.headline(number)
    assert "former account" not in network.headline(number), "nothing of it is asked of anybody"
    (entry,) = app_of(waiting, "docs").dns
    assert entry.state is DnsState.WRONG
    network.set_dns(waiting)
    passed(network, LONG, completed)
    assert completed(network)
    assert uptime.answers(HOST)
    assert projects(network)["nairobi-commons"]["paused"] is True


def test_who_goes_back_before_the_move_was_finished_is_never_offline(watched: Watched) -> None:
    network, uptime = watched
    network.write("nairobi", MOVED)
    network.sandbox.control.add_faults(REFUSED)
    network.apply()
    network.sandbox.control.clear_faults()

    network.write("nairobi", DOCS)
    passed(network, LONG, completed)

    assert completed(network)
    assert uptime.gaps == {}
    assert projects(network)["nairobi-commons"]["paused"] is False
    assert projects(network)["nairobi-new"]["paused"] is True
    assert app_of(newest(network), "docs").url == f"https://{HOST}"


def test_who_goes_back_while_the_old_project_is_being_retired_is_online(watched: Watched) -> None:
    network, uptime = watched
    network.sandbox.control.add_faults({**REFUSED, "method": "POST", "path": "*/pause"})
    network.write("nairobi", MOVED)
    network.apply()
    network.set_dns(newest(network))
    network.clock.advance(3600)
    network.tick()
    network.sandbox.control.clear_faults()

    network.write("nairobi", DOCS)
    network.apply()
    network.set_dns(newest(network))
    passed(network, LONG, completed)

    assert completed(network)
    assert uptime.answers(HOST)
    assert projects(network)["nairobi-commons"]["paused"] is False
    assert projects(network)["nairobi-new"]["paused"] is True


def test_a_move_to_a_team_that_lets_nobody_in_leaves_the_site_as_it_is(watched: Watched) -> None:
    network, uptime = watched
    network.sandbox.control.set_vercel(teams={"nairobi-new": {"member": False}})
    network.write("nairobi", MOVED)

    network.apply()
    passed(network, LONG)

    assert newest(network).state is RunState.FAILED
    assert uptime.gaps == {}
    assert projects(network)["nairobi-commons"]["paused"] is False


def test_a_move_whose_new_build_fails_leaves_the_site_as_it_is(watched: Watched) -> None:
    network, uptime = watched
    network.sandbox.control.set_vercel(
        next_deployments=[{"project": "nairobi--docs", "state": "ERROR"}]
    )
    network.write("nairobi", MOVED)

    network.apply()
    passed(network, LONG)

    assert newest(network).state is RunState.FAILED
    assert uptime.gaps == {}


def test_a_new_project_that_does_not_answer_gets_no_domain_yet(watched: Watched) -> None:
    network, _ = watched
    network.sandbox.control.set_vercel(page_status={"nairobi--docs": 500})
    network.write("nairobi", MOVED)

    run = network.apply()

    assert run.state is RunState.WAITING
    assert [item["name"] for item in projects(network)["nairobi-new"]["domains"]] != [HOST]
    assert HOST in {item["name"] for item in projects(network)["nairobi-commons"]["domains"]}


def test_one_app_alone_takes_what_it_leaves_behind_along(watched: Watched) -> None:
    network, _ = watched
    network.write("nairobi", MOVED)

    network.apply(app="docs")
    network.set_dns(newest(network))
    passed(network, LONG, completed)

    assert completed(network)
    assert projects(network)["nairobi-commons"]["paused"] is True


def test_an_app_that_is_run_alone_loses_nothing_of_the_other_ones_move(network: Network) -> None:
    network.go_live()
    text = (network.directory / "nairobi.yaml").read_text(encoding="utf-8")
    network.write("nairobi", text.replace("{team: nairobi-commons}", "{team: nairobi-new}"))

    network.apply(app="docs")
    network.set_dns(newest(network))
    passed(network, LONG, completed)

    assert completed(network)
    found = network.world()["vercel"]["projects"]
    assert {item["team"]: item["paused"] for item in found} == {
        "nairobi-commons": True,
        "nairobi-new": False,
    }
    assert len(found) == 4


def test_every_project_of_a_hub_that_goes_is_taken_offline(watched: Watched) -> None:
    network, _ = watched
    network.remove("nairobi")
    passed(network, LONG, completed)
    network.write("nairobi", MOVED)
    network.apply()
    network.set_dns(newest(network))
    passed(network, LONG, completed)
    assert projects(network)["nairobi-new"]["paused"] is False

    network.remove("nairobi")
    passed(network, LONG, completed)

    assert {team: item["paused"] for team, item in projects(network).items()} == {
        "nairobi-commons": True,
        "nairobi-new": True,
    }
