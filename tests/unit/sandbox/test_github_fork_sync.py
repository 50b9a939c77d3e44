"""Forks are brought up to their upstream, unless the two conflict or the token may not."""

from provisioner.sandbox.server import Sandbox
from tests.unit.sandbox.client import SOURCE, github, head_of, said

HUB = {"organization": "nairobi-commons"}
FORK = "/repos/nairobi-commons/docs-site"


def test_a_fork_is_brought_up_to_its_upstream(sandbox: Sandbox) -> None:
    client = github(sandbox)
    sandbox.control.set_behaviour(scopes=["repo"])
    client.post(f"{SOURCE}/forks", json=HUB)
    sync = f"{FORK}/merge-upstream"
    assert client.post(sync, json={"branch": "main"}).json()["merge_type"] == "none"

    sandbox.control.push({"docs/new.md": "new\n"}, repository="example-network/docs-site")
    assert client.post(sync, json={"branch": "main"}).json()["merge_type"] == "fast-forward"
    assert head_of(client, FORK) == head_of(client, SOURCE)

    sandbox.control.push({"docs/a.md": "ours\n"}, repository="nairobi-commons/docs-site")
    sandbox.control.push({"docs/b.md": "theirs\n"}, repository="example-network/docs-site")
    assert client.post(sync, json={"branch": "main"}).json()["merge_type"] == "merge"
    tree = client.get(f"{FORK}/contents/docs").json()
    assert {"a.md", "b.md"} <= {one["name"] for one in tree}


def test_a_fork_that_conflicts_with_its_upstream_is_left_alone(sandbox: Sandbox) -> None:
    client = github(sandbox)
    sandbox.control.set_behaviour(scopes=["repo"])
    client.post(f"{SOURCE}/forks", json=HUB)
    sandbox.control.push({"docs/a.md": "ours\n"}, repository="nairobi-commons/docs-site")
    sandbox.control.push({"docs/a.md": "theirs\n"}, repository="example-network/docs-site")
    before = head_of(client, FORK)

    answer = client.post(f"{FORK}/merge-upstream", json={"branch": "main"})

    assert said(answer) == (409, "There are merge conflicts")
    assert head_of(client, FORK) == before


def test_workflow_files_need_a_permission_of_their_own(sandbox: Sandbox) -> None:
    client = github(sandbox)
    sandbox.control.set_behaviour(scopes=["repo"])
    client.post(f"{SOURCE}/forks", json=HUB)
    sandbox.control.set_behaviour(changes_workflows=False)
    sandbox.control.push(
        {".github/workflows/ci.yml": "on: push\n"}, repository="example-network/docs-site"
    )

    status, message = said(client.post(f"{FORK}/merge-upstream", json={"branch": "main"}))

    assert status == 422
    assert "refusing to allow" in message
    assert ".github/workflows/ci.yml" in message
