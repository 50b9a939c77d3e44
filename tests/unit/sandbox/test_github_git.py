"""Files, git objects and references: nothing is overwritten that the writer has not seen."""

import base64
import os
import random
import subprocess
from pathlib import Path
from typing import Any

import httpx
import pytest

from provisioner.sandbox.server import Sandbox
from tests.conftest import MakeSandbox
from tests.unit.sandbox.client import NETWORK, SOURCE, encoded, github, head_of, said

FILE = f"{NETWORK}/contents/hubs/nairobi.yaml"


@pytest.fixture
def client(sandbox: Sandbox) -> httpx.Client:
    return github(sandbox, actions=True)


def _commit(client: httpx.Client, parent: str, text: str) -> str:
    """A commit that puts one file on top of `parent`, on no branch yet."""
    entry = {"path": "state.json", "mode": "100644", "type": "blob", "content": text}
    tree = client.post(f"{NETWORK}/git/trees", json={"base_tree": parent, "tree": [entry]}).json()
    body = {"message": "State", "tree": tree["sha"], "parents": [parent]}
    return str(client.post(f"{NETWORK}/git/commits", json=body).json()["sha"])


def _create(client: httpx.Client, sha: str) -> httpx.Response:
    return client.post(f"{NETWORK}/git/refs", json={"ref": "refs/heads/state", "sha": sha})


def test_of_two_writers_who_create_a_branch_the_second_is_refused(client: httpx.Client) -> None:
    head = head_of(client)

    assert _create(client, head).status_code == 201
    assert said(_create(client, head)) == (422, "Reference already exists")


def test_a_reference_leads_only_to_what_is_there(client: httpx.Client) -> None:
    assert said(_create(client, "0" * 40)) == (422, "Object does not exist")


def test_a_tree_takes_files_away_and_leaves_the_rest(client: httpx.Client) -> None:
    head = head_of(client)
    gone = {"path": "README.md", "mode": "100644", "type": "blob", "sha": None}
    tree = client.post(f"{NETWORK}/git/trees", json={"base_tree": head, "tree": [gone]}).json()

    shown = client.get(f"{NETWORK}/git/trees/{tree['sha']}?recursive=true").json()["tree"]
    assert [one["path"] for one in shown] == ["hubs", "hubs/README.md"]


def test_a_commit_is_by_the_tokens_account_unless_it_says_otherwise(client: httpx.Client) -> None:
    head = head_of(client)
    tree = client.get(f"{NETWORK}/git/commits/{head}").json()["tree"]["sha"]
    body = {"message": "State", "tree": tree, "parents": [head]}
    person = {"name": "Amina", "email": "amina@example.org", "date": "2026-02-03T04:05:06Z"}

    plain = client.post(f"{NETWORK}/git/commits", json=body).json()
    named = client.post(f"{NETWORK}/git/commits", json={**body, "author": person}).json()

    assert plain["author"]["name"] == "github-actions[bot]"
    assert named["author"] == named["committer"] == person


def test_a_file_is_replaced_only_by_who_knows_what_it_replaces(client: httpx.Client) -> None:
    body = {"message": "Add", "content": encoded("a: 1\n")}
    sha = client.put(FILE, json=body).json()["content"]["sha"]
    change = {"message": "Change", "content": encoded("a: 2\n")}

    assert client.put(FILE, json=change).status_code == 422
    assert client.put(FILE, json={**change, "sha": sha}).status_code == 200
    status, message = said(client.put(FILE, json={**change, "sha": sha}))
    assert (status, message) == (409, f"hubs/nairobi.yaml does not match {sha}")


def test_a_file_comes_back_as_it_was_written(client: httpx.Client) -> None:
    client.put(FILE, json={"message": "Add", "content": encoded("name: Ñairobi\n")})

    read = client.get(FILE).json()

    assert base64.b64decode(read["content"]).decode() == "name: Ñairobi\n"
    assert read["sha"] == read["git_url"].rsplit("/", 1)[1]


def test_above_one_megabyte_a_file_comes_without_its_bytes(client: httpx.Client) -> None:
    client.put(FILE, json={"message": "Add", "content": encoded("x" * (1024 * 1024 + 1))})

    read = client.get(FILE).json()

    assert (read["encoding"], read["content"]) == ("none", "")


def test_a_folder_lists_what_is_in_it(client: httpx.Client) -> None:
    listed = client.get(f"{NETWORK}/contents/hubs").json()
    root = client.get(f"{NETWORK}/contents/").json()

    assert [(one["path"], one["type"]) for one in listed] == [("hubs/README.md", "file")]
    assert [(one["path"], one["type"]) for one in root] == [("README.md", "file"), ("hubs", "dir")]


def test_commits_that_changed_a_path_are_found_newest_first(
    sandbox: Sandbox, client: httpx.Client
) -> None:
    for text in ("a: 1\n", "a: 2\n"):
        sandbox.control.push({"hubs/a.yaml": text}, message=f"Set {text.strip()}")
    sandbox.control.push({"README.md": "other\n"})

    found = client.get(f"{NETWORK}/commits?path=hubs/a.yaml").json()

    assert [one["commit"]["message"] for one in found] == ["Set a: 2", "Set a: 1"]


def test_a_comparison_shows_what_the_second_has_and_the_first_lacks(
    sandbox: Sandbox, client: httpx.Client
) -> None:
    before = head_of(client)
    sandbox.control.push({"hubs/a.yaml": "a: 1\n", "hubs/README.md": None})
    sandbox.control.push({"hubs/b.yaml": "a: 1\n", "hubs/a.yaml": None})

    ahead = client.get(f"{NETWORK}/compare/{before}...main").json()
    behind = client.get(f"{NETWORK}/compare/main...{before}").json()

    assert (ahead["status"], ahead["ahead_by"], ahead["behind_by"]) == ("ahead", 2, 0)
    assert [(one["filename"], one["status"]) for one in ahead["files"]] == [
        ("hubs/README.md", "removed"),
        ("hubs/b.yaml", "added"),
    ]
    assert behind["status"] == "behind"


def test_a_commit_shows_a_file_that_moved_as_renamed(
    sandbox: Sandbox, client: httpx.Client
) -> None:
    text = "name: Nairobi\nmaintainers: [amina-k]\napps: {}\n"
    sandbox.control.push({"hubs/a.yaml": text})
    sha = sandbox.control.push({"hubs/a.yaml": None, "hubs/b.yaml": text})["sha"]

    (file,) = client.get(f"{NETWORK}/commits/{sha}").json()["files"]

    assert (file["status"], file["previous_filename"]) == ("renamed", "hubs/a.yaml")


def test_an_actions_token_writes_to_its_own_repository_alone(
    make_sandbox: MakeSandbox, sandbox: Sandbox, client: httpx.Client
) -> None:
    body = {"message": "Add", "content": encoded("a")}

    foreign = client.put(f"{SOURCE}/contents/a.md", json=body)

    assert client.get(SOURCE).status_code == 200
    assert said(foreign) == (403, "Resource not accessible by integration")
    assert said(client.patch(NETWORK, json={"description": "x"}))[0] == 403


@pytest.mark.parametrize(
    ("header", "message"),
    [
        ({}, "Requires authentication"),
        ({"Authorization": "Bearer ghs_wrong"}, "Bad credentials"),
        ({"Authorization": "Basic eDp5"}, "Bad credentials"),
    ],
)
def test_without_a_valid_token_nothing_is_answered(
    sandbox: Sandbox, header: dict[str, str], message: str
) -> None:
    url = f"{sandbox.environment['GITHUB_API_URL']}{NETWORK}"

    assert said(httpx.get(url, headers=header)) == (401, message)


@pytest.mark.parametrize("body", [b"{", b"[]", b'"text"'])
def test_a_body_that_is_no_object_is_refused(make_sandbox: MakeSandbox, body: bytes) -> None:
    client = github(make_sandbox(specs=None), maintainer=True)

    assert client.post(f"{NETWORK}/issues", content=body).status_code == 400


def _git(*arguments: str, cwd: Path | None = None, token: str = "") -> str:
    setup = ["-c", "user.name=Amina", "-c", "user.email=amina@example.org"]
    done = subprocess.run(
        ["git", *setup, *arguments],
        cwd=cwd,
        env={**os.environ, **_login(token)},
        check=True,
        capture_output=True,
        text=True,
        timeout=30,
    )
    return done.stdout.strip()


def _login(token: str) -> dict[str, str]:
    """By the environment: everybody on this machine can read a process's arguments."""
    if not token:
        return {}
    login = base64.b64encode(f"x-access-token:{token}".encode()).decode()
    return {
        "GIT_CONFIG_COUNT": "1",
        "GIT_CONFIG_KEY_0": "http.extraHeader",
        "GIT_CONFIG_VALUE_0": f"Authorization: Basic {login}",
    }


def _address(sandbox: Sandbox) -> str:
    return f"{sandbox.environment['GITHUB_API_URL']}/example-network/hubs.git"


def test_a_repository_can_be_cloned_by_everybody(sandbox: Sandbox, tmp_path: Path) -> None:
    clone = tmp_path / "clone"

    _git("clone", "--depth", "1", _address(sandbox), str(clone))

    assert (clone / "README.md").read_text().startswith("# Hubs")
    assert _git("rev-parse", "HEAD", cwd=clone) == head_of(github(sandbox))


def test_a_push_moves_the_branch_for_everybody(sandbox: Sandbox, tmp_path: Path) -> None:
    pushes: list[Any] = []
    sandbox.github.repositories.on_push(pushes.append)
    clone = tmp_path / "clone"
    token = sandbox.environment["GITHUB_TOKEN"]
    _git("clone", _address(sandbox), str(clone))
    (clone / "hubs" / "a.bin").write_bytes(random.Random(7).randbytes(3_000_000))
    _git("add", ".", cwd=clone)
    _git("commit", "-m", "Add a hub", cwd=clone)

    _git("push", "origin", "HEAD:main", "HEAD:refs/heads/other", cwd=clone, token=token)

    head = _git("rev-parse", "HEAD", cwd=clone)
    assert head_of(github(sandbox)) == head
    assert [(one.branch, one.after) for one in pushes] == [("main", head), ("other", head)]


def test_a_push_without_a_token_that_may_write_is_refused(sandbox: Sandbox, tmp_path: Path) -> None:
    clone = tmp_path / "clone"
    _git("clone", _address(sandbox), str(clone))
    _git("commit", "--allow-empty", "-m", "Nothing", cwd=clone)

    with pytest.raises(subprocess.CalledProcessError):
        _git("-c", "core.askPass=true", "push", "origin", "HEAD:main", cwd=clone)

    sandbox.control.set_repository("example-network/closed", private=True, files={"a": "b"})
    closed = _address(sandbox).replace("/hubs.git", "/closed.git")
    token = sandbox.environment["GITHUB_TOKEN"]
    with pytest.raises(subprocess.CalledProcessError):
        _git("clone", closed, str(tmp_path / "closed"), token=token)
