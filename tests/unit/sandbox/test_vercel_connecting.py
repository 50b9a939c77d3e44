"""Connecting a project of the host's stand-in to another repository, and what refuses it."""

import pytest

from tests.unit.sandbox.host import NAME, SITE, SOURCE, Host, Reply

OTHER = "nairobi-commons/another"
LINK = f"/v9/projects/{NAME}/link"


def connect(host: Host, repository: str = OTHER) -> Reply:
    return host.call("POST", LINK, {"type": "github", "repo": repository})


def test_a_project_is_connected_to_another_repository_and_what_is_online_stays(host: Host) -> None:
    host.live()
    other = host.repositories.add(OTHER, SITE)

    disconnected = host.call("DELETE", LINK)
    connected = connect(host)

    assert "link" not in disconnected.body
    assert (connected.status, connected["link"]["repoId"]) == (200, other)
    shown = host.get(f"/v9/projects/{NAME}")
    assert shown["link"]["repo"] == "another"
    assert shown["targets"]["production"]["meta"]["githubRepoId"] == str(host.source)


def test_connecting_deploys_nothing_unless_the_host_is_told_to(host: Host) -> None:
    host.create_project()
    host.call("DELETE", LINK)
    connect(host, SOURCE)
    assert host.get("/v6/deployments", projectId=NAME)["deployments"] == []

    host.call("DELETE", LINK)
    host.vercel.behaviour.deploys_on_creation = True
    connect(host, SOURCE)
    assert len(host.get("/v6/deployments", projectId=NAME)["deployments"]) == 1


def test_what_is_connected_has_to_be_disconnected_first(host: Host) -> None:
    host.create_project()
    host.repositories.add(OTHER)

    assert connect(host).status == 400
    assert host.get(f"/v9/projects/{NAME}")["link"]["repoId"] == host.source


def test_a_repository_that_is_not_there_or_not_seen_cannot_be_connected(host: Host) -> None:
    host.create_project()
    host.call("DELETE", LINK)

    assert connect(host).error["code"] == "repo_not_found"
    host.repositories.add(OTHER, installed=False)
    assert connect(host).error["action"] == "Install GitHub App"


@pytest.mark.parametrize("method", ["POST", "DELETE"])
def test_a_project_in_transfer_is_not_connected_to_anything_else(host: Host, method: str) -> None:
    host.create_project()
    host.vercel.behaviour.in_transfer = [NAME]
    body = {"type": "github", "repo": SOURCE} if method == "POST" else None

    assert host.call(method, LINK, body).status == 409
