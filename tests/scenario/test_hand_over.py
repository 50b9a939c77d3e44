"""A domain is handed from one project of a hub to another, and from nobody else's."""

import pytest

from provisioner.models.run import RunState
from tests.scenario.network import PLAIN, Network, app_of
from tests.scenario.test_moves import HOST, MOVED, Watched, projects, watched

__all__ = ["watched"]

GENERAL = {"type": "CNAME", "name": HOST, "value": "cname.vercel-dns.com"}


def domains(network: Network, team: str) -> list[str]:
    names = [item["name"] for item in projects(network)[team]["domains"]]
    return [name for name in names if not name.endswith(".vercel.app")]


@pytest.fixture
def moving(watched: Watched) -> Watched:
    """The domain's entry serves every project, and the hub's file names another team."""
    network, _ = watched
    network.sandbox.control.set_dns([GENERAL])
    network.write("nairobi", MOVED)
    return watched


def test_it_is_taken_off_once_and_put_on_once(moving: Watched) -> None:
    network, _ = moving
    network.sandbox.control.clear_requests()

    assert network.apply().state is RunState.COMPLETED

    calls = [item.method for item in network.requests() if item.path.endswith(f"/domains/{HOST}")]
    assert calls.count("DELETE") == 1


def test_a_project_that_does_not_answer_yet_gets_none(moving: Watched) -> None:
    network, uptime = moving
    network.sandbox.control.set_vercel(page_status={"nairobi--docs": 500})

    waiting = network.apply()

    assert waiting.state is RunState.WAITING
    assert "stays where it is until" in app_of(waiting, "docs").steps[4].detail
    assert domains(network, "nairobi-commons") == [HOST]
    assert HOST not in uptime.gaps


def test_one_that_the_new_project_cannot_get_is_given_back(moving: Watched) -> None:
    network, uptime = moving
    refusal = {"api": "vercel", "method": "POST", "path": "*/domains", "when": "before"}
    network.sandbox.control.add_faults({**refusal, "kind": "status", "status": 403, "times": 1})

    network.apply()

    assert uptime.answers(HOST)
    assert domains(network, "nairobi-commons") == [HOST]


def test_a_stranger_who_has_the_old_projects_name_keeps_it(moving: Watched) -> None:
    network, _ = moving
    network.by_hand("DELETE", "/v9/projects/nairobi--docs")
    network.sandbox.control.set_repository(full_name="nairobi-commons/other", files={"a.md": "a"})
    link = {"type": "github", "repo": "nairobi-commons/other"}
    network.by_hand("POST", "/v11/projects", {"name": "nairobi--docs", "gitRepository": link})
    found = network.sandbox.github.repositories.find("nairobi-commons/other")
    source = {"type": "github", "repoId": found.id if found else 0, "ref": "main"}
    build = {"name": "nairobi--docs", "target": "production", "gitSource": source}
    settings = {"projectSettings": {"framework": None}}
    network.by_hand("POST", "/v13/deployments", {**build, **settings, "project": "nairobi--docs"})
    network.by_hand("POST", "/v10/projects/nairobi--docs/domains", {"name": HOST})

    run = network.apply()

    assert run.state is not RunState.COMPLETED
    assert domains(network, "nairobi-commons") == [HOST]
    assert projects(network)["nairobi-commons"]["paused"] is False


def test_one_app_alone_retires_what_it_leaves_in_the_same_run(moving: Watched) -> None:
    network, _ = moving

    network.apply(app="docs")

    assert projects(network)["nairobi-commons"]["paused"] is True


def test_an_app_without_a_domain_moves_without_a_gap(network: Network) -> None:
    network.write("nairobi", PLAIN)
    network.apply()
    network.write("nairobi", PLAIN.replace("{team: nairobi-commons}", "{team: nairobi-new}"))

    assert network.apply().state is RunState.COMPLETED
    assert {team: item["paused"] for team, item in projects(network).items()} == {
        "nairobi-commons": True,
        "nairobi-new": False,
    }
