"""`/_sandbox/`: the world seen and set from another process."""

from collections.abc import Iterator
from typing import Any

import httpx
import pytest

from provisioner.sandbox.server import Sandbox
from tests.unit.sandbox.client import NETWORK, SOURCE, github, head_of

HUB = {"hubs/nairobi.yaml": "name: Nairobi Commons\n"}


@pytest.fixture
def outside(sandbox: Sandbox) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=f"{sandbox.environment['GITHUB_API_URL']}/_sandbox") as client:
        yield client


def _world(outside: httpx.Client) -> dict[str, Any]:
    answer: dict[str, Any] = outside.get("/world").json()
    return answer


def test_a_fresh_world_holds_the_network_and_the_sources_of_its_apps(
    outside: httpx.Client,
) -> None:
    world = _world(outside)

    assert set(world) == {"github", "vercel", "dns", "telegram"}
    assert [one["full_name"] for one in world["github"]["repositories"]] == [
        "example-network/docs-site",
        "example-network/telegram-bot",
        "example-network/hubs",
    ]
    assert world["vercel"]["projects"] == []
    assert world["dns"]["records"] == []


def test_an_app_source_has_more_than_one_commit(sandbox: Sandbox) -> None:
    commits = github(sandbox).get(f"{SOURCE}/commits").json()

    assert len(commits) >= 2


def test_looking_leaves_no_trace(sandbox: Sandbox, outside: httpx.Client) -> None:
    before = _world(outside)
    client = github(sandbox)
    for path in ("/orgs/nairobi-commons", "/users/amina-k", f"{NETWORK}/pulls", NETWORK):
        client.get(path)

    assert _world(outside) == before


def test_the_control_is_served_on_the_hosts_port_too(
    sandbox: Sandbox, outside: httpx.Client
) -> None:
    host = f"{sandbox.environment['VERCEL_API_URL']}/_sandbox"

    assert httpx.get(f"{host}/world").json() == _world(outside)
    assert "behaviour" in httpx.get(f"{host}/vercel").json()


def test_requests_are_listed_as_they_came_but_not_the_controls_own(
    sandbox: Sandbox, outside: httpx.Client
) -> None:
    github(sandbox).get(f"{NETWORK}/pulls?state=all")
    outside.get("/world")
    httpx.get(f"{sandbox.environment['VERCEL_API_URL']}/v2/user")

    first, second = outside.get("/requests").json()

    assert {key: first[key] for key in ("api", "method", "path", "query", "status")} == {
        "api": "github",
        "method": "GET",
        "path": f"{NETWORK}/pulls",
        "query": "state=all",
        "status": 200,
    }
    assert (second["api"], second["status"]) == ("vercel", 403)
    assert first["time"].startswith("2026-01-01T")


def test_a_pull_request_goes_from_opening_to_merging(
    sandbox: Sandbox, outside: httpx.Client
) -> None:
    opened = outside.post(
        "/pull-requests",
        json={"title": "Add Nairobi", "author": "amina-k", "from": "fork", "files": HUB},
    ).json()
    number = opened["number"]
    added = outside.post(f"/pull-requests/{number}/commits", json={"files": {"hubs/b.yaml": "b"}})
    outside.post(f"/pull-requests/{number}/comments", json={"author": "joseph-m", "body": "Hi"})
    merged = outside.post(f"/pull-requests/{number}/merge", json={"method": "squash"}).json()

    (pull,) = _world(outside)["github"]["pull_requests"]
    assert opened["events"]["pull_request"]["action"] == "opened"
    assert added.json()["events"]["pull_request"]["action"] == "synchronize"
    assert (pull["merged"], pull["merge_commit_sha"]) == (True, merged["merge_commit_sha"])
    assert [one["path"] for one in pull["files"]] == ["hubs/b.yaml", "hubs/nairobi.yaml"]
    assert head_of(github(sandbox)) == merged["events"]["push"]["after"]


def test_merging_without_saying_how_makes_a_merge_commit(
    sandbox: Sandbox, outside: httpx.Client
) -> None:
    outside.post("/pull-requests", json={"title": "Add", "author": "amina-k", "files": HUB})

    merged = outside.post("/pull-requests/1/merge").json()

    message = merged["events"]["push"]["head_commit"]["message"]
    assert message.startswith("Merge pull request #1 from amina-k/add")


def test_a_pull_request_can_be_closed(outside: httpx.Client) -> None:
    outside.post("/pull-requests", json={"title": "Add", "author": "amina-k", "files": HUB})

    closed = outside.post("/pull-requests/1/close").json()

    assert closed["events"]["pull_request"]["action"] == "closed"
    assert closed["events"]["pull_request"]["pull_request"]["merged"] is False


def test_pushes_and_dispatches_answer_with_their_events(
    sandbox: Sandbox, outside: httpx.Client
) -> None:
    pushed = outside.post("/pushes", json={"files": {"hubs/README.md": None}}).json()
    asked = outside.post("/dispatches", json={"workflow": "provision", "inputs": {"hub": "a"}})
    woken = outside.post("/repository-dispatches", json={"action": "wake"}).json()

    assert pushed["sha"] == pushed["events"]["push"]["after"] == head_of(github(sandbox))
    event = asked.json()["events"]["workflow_dispatch"]
    assert (event["inputs"], event["workflow"]) == (
        {"hub": "a"},
        ".github/workflows/provision.yml",
    )
    assert woken["events"]["repository_dispatch"]["action"] == "wake"


def test_dns_records_are_set_and_taken_away(outside: httpx.Client) -> None:
    record = {"type": "A", "name": "docs.example.org", "value": "192.0.2.1"}

    outside.post("/dns", json=[record])
    set_records = _world(outside)["dns"]["records"]
    outside.request("DELETE", "/dns", json=[record])

    assert [one["value"] for one in set_records] == ["192.0.2.1"]
    assert _world(outside)["dns"]["records"] == []


def test_faults_are_ordered_looked_at_and_forgotten(
    sandbox: Sandbox, outside: httpx.Client
) -> None:
    outside.post("/faults", json=[{"kind": "status", "status": 503, "path": "/user"}])
    github(sandbox).get("/user")
    listed = outside.get("/faults").json()
    outside.delete("/faults")

    assert [(one["kind"], one["matched"]) for one in listed] == [("status", 1)]
    assert outside.get("/faults").json() == []


@pytest.mark.parametrize(
    ("method", "path", "body", "complaint"),
    [
        ("POST", "/faults", {"kind": "explode"}, "kind (fault 1)"),
        ("POST", "/pull-requests", {"title": "Add"}, "author: Field required"),
        ("POST", "/pull-requests/9/merge", {}, "there is no pull request 9"),
        ("POST", "/pull-requests/9/merge", {"method": "octopus"}, "method: "),
        ("POST", "/accounts", {"login": "a", "type": "robot"}, "type: "),
        ("POST", "/repositories", {"full_name": "no-owner"}, "full_name: "),
        ("POST", "/pushes", {"files": {}, "repository": "a/b"}, "there is no repository a/b"),
        ("POST", "/dns", {"type": "A"}, ""),
        ("POST", "/behaviour", {"gravity": 1}, "gravity: Extra inputs"),
        ("POST", "/behaviour", None, "send JSON"),
        ("DELETE", "/repositories/a/b", None, "there is no repository a/b"),
    ],
)
def test_what_cannot_be_done_is_refused_with_the_reason(
    outside: httpx.Client, method: str, path: str, body: object, complaint: str
) -> None:
    answer = outside.request(method, path, json=body)

    assert answer.status_code == 400
    assert complaint in answer.json()["error"]


def test_circumstances_are_set_from_outside(sandbox: Sandbox, outside: httpx.Client) -> None:
    orders = {
        "/accounts": {"login": "nairobi-commons", "app": "none"},
        "/repositories": {"full_name": "nairobi-commons/old", "files": {"a": "b"}},
        "/renames": {"full_name": "nairobi-commons/old", "to": "nairobi-commons/new"},
        "/protection": {"contexts": ["provisioner/check"]},
        "/environments": {"name": "hubs", "branches": "protected"},
        "/behaviour": {"pulls_lag": 5},
    }
    for path, body in orders.items():
        assert outside.post(path, json=body).json() == {"ok": True}
    run = outside.post("/runs", json={"workflow": "provision", "jobs": ["plan"]}).json()["id"]

    client = github(sandbox)
    assert client.get("/repos/nairobi-commons/new").status_code == 200
    assert client.get(f"{NETWORK}/branches/main").json()["protected"] is True
    environments = client.get(f"{NETWORK}/environments").json()["environments"]
    assert "hubs" in {one["name"] for one in environments}
    assert client.get(f"{NETWORK}/actions/runs/{run}/jobs").json()["total_count"] == 1
    outside.delete("/repositories/nairobi-commons/new")
    assert client.get("/repos/nairobi-commons/new").status_code == 404


def test_the_environment_is_told(sandbox: Sandbox, outside: httpx.Client) -> None:
    assert outside.get("/environment").json() == sandbox.environment
