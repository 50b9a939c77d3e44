"""Pull requests: opened and merged by people, found and read by the provisioner."""

from typing import Any

import pytest

from provisioner.clock import ManualClock
from provisioner.sandbox.github.people import ControlError
from provisioner.sandbox.server import Sandbox
from tests.unit.sandbox.client import NETWORK, github, head_of

HUB = {"hubs/nairobi.yaml": "name: Nairobi Commons\n"}


def _open(sandbox: Sandbox, title: str = "Add Nairobi", **more: Any) -> dict[str, Any]:
    return sandbox.control.open_pull_request(title, "amina-k", HUB, **more)


def _commit(sandbox: Sandbox, sha: str) -> dict[str, Any]:
    answer: dict[str, Any] = github(sandbox).get(f"{NETWORK}/commits/{sha}").json()
    return answer


def test_a_pull_request_from_a_fork_is_found_by_the_forks_branch(sandbox: Sandbox) -> None:
    opened = _open(sandbox)
    _open(sandbox, "Another")

    found = github(sandbox).get(f"{NETWORK}/pulls?head=amina-k:add-nairobi").json()

    assert [one["number"] for one in found] == [opened["number"]]
    assert opened["head_repository"] == "amina-k/hubs"
    assert found[0]["head"]["repo"]["full_name"] == "amina-k/hubs"
    assert found[0]["head"]["sha"] == opened["head_sha"]


def test_a_pull_request_from_a_branch_lives_in_the_repository_itself(sandbox: Sandbox) -> None:
    opened = _open(sandbox, start="branch", branch="nairobi")

    assert opened["head_repository"] == "example-network/hubs"
    assert head_of(github(sandbox), branch="nairobi") == opened["head_sha"]


def test_the_files_of_a_pull_request_are_a_real_diff(sandbox: Sandbox) -> None:
    control = sandbox.control
    control.push({"hubs/old.yaml": "name: Old\n", "hubs/mombasa.yaml": "name: Mombasa\n"})
    files = {**HUB, "hubs/old.yaml": None, "hubs/mombasa.yaml": "name: Mombasa Commons\n"}
    opened = control.open_pull_request("Change hubs", "amina-k", files)

    shown = github(sandbox).get(f"{NETWORK}/pulls/{opened['number']}/files").json()

    assert [(one["filename"], one["status"]) for one in shown] == [
        ("hubs/mombasa.yaml", "modified"),
        ("hubs/nairobi.yaml", "added"),
        ("hubs/old.yaml", "removed"),
    ]
    assert shown[0]["patch"] == "@@ -1 +1 @@\n-name: Mombasa\n+name: Mombasa Commons"
    blob = github(sandbox).get(f"{NETWORK}/git/blobs/{shown[1]['sha']}")
    assert blob.status_code == 200


def test_what_the_base_has_gained_since_is_not_part_of_a_pull_request(sandbox: Sandbox) -> None:
    opened = _open(sandbox)
    sandbox.control.push({"hubs/later.yaml": "name: Later\n"})

    shown = github(sandbox).get(f"{NETWORK}/pulls/{opened['number']}/files").json()

    assert [one["filename"] for one in shown] == ["hubs/nairobi.yaml"]


def test_the_files_of_a_forks_commit_can_be_read_in_the_base_too(sandbox: Sandbox) -> None:
    opened = _open(sandbox)

    read = github(sandbox).get(
        f"{NETWORK}/contents/hubs/nairobi.yaml", params={"ref": opened["head_sha"]}
    )

    assert read.status_code == 200


def test_a_commit_added_to_the_branch_moves_the_pull_request(sandbox: Sandbox) -> None:
    opened = _open(sandbox)

    changed = sandbox.control.push_to_pull_request(opened["number"], {"hubs/nairobi.yaml": "x\n"})

    event = changed["events"]["pull_request"]
    assert (event["action"], event["before"]) == ("synchronize", opened["head_sha"])
    pull = github(sandbox).get(f"{NETWORK}/pulls/{opened['number']}").json()
    assert (pull["head"]["sha"], pull["commits"]) == (changed["head_sha"], 2)


def test_a_merge_names_the_pull_request_and_has_two_parents(sandbox: Sandbox) -> None:
    opened = _open(sandbox)
    before = head_of(github(sandbox))

    sha = sandbox.control.merge_pull_request(opened["number"], "merge")["merge_commit_sha"]

    commit = _commit(sandbox, sha)
    assert commit["commit"]["message"] == (
        "Merge pull request #1 from amina-k/add-nairobi\n\nAdd Nairobi"
    )
    assert [one["sha"] for one in commit["parents"]] == [before, opened["head_sha"]]
    assert head_of(github(sandbox)) == sha


def test_a_squash_has_the_number_in_its_title(sandbox: Sandbox) -> None:
    one, several = _open(sandbox), _open(sandbox, "Add more")
    sandbox.control.push_to_pull_request(several["number"], {"hubs/b.yaml": "b\n"}, "Second")

    first = sandbox.control.merge_pull_request(one["number"], "squash")
    second = sandbox.control.merge_pull_request(several["number"], "squash")

    messages = [
        _commit(sandbox, merged["merge_commit_sha"])["commit"]["message"]
        for merged in (first, second)
    ]
    assert messages == ["Add Nairobi (#1)", "Add more (#2)\n\n* Add more\n\n* Second"]


def test_a_rebase_names_no_pull_request_and_makes_new_commits(sandbox: Sandbox) -> None:
    opened = _open(sandbox)
    sandbox.control.push_to_pull_request(opened["number"], {"hubs/b.yaml": "b\n"}, "Second")
    sandbox.control.push({"README.md": "changed\n"})
    before = head_of(github(sandbox))

    sha = sandbox.control.merge_pull_request(opened["number"], "rebase")["merge_commit_sha"]

    last = _commit(sandbox, sha)
    first = _commit(sandbox, last["parents"][0]["sha"])
    assert [first["commit"]["message"], last["commit"]["message"]] == ["Add Nairobi", "Second"]
    assert first["parents"][0]["sha"] == before


@pytest.mark.parametrize("method", ["merge", "squash", "rebase"])
def test_a_merged_commit_leads_back_to_its_pull_request(sandbox: Sandbox, method: Any) -> None:
    number = _open(sandbox)["number"]
    sha = sandbox.control.merge_pull_request(number, method)["merge_commit_sha"]

    found = github(sandbox).get(f"{NETWORK}/commits/{sha}/pulls").json()
    pull = github(sandbox).get(f"{NETWORK}/pulls/{number}").json()

    assert [one["number"] for one in found] == [number]
    assert (pull["merged"], pull["state"], pull["merge_commit_sha"]) == (True, "closed", sha)


def test_after_a_merge_the_way_back_may_be_missing_for_a_while(
    sandbox: Sandbox, clock: ManualClock
) -> None:
    sandbox.control.set_behaviour(pulls_lag=20)
    sha = sandbox.control.merge_pull_request(_open(sandbox)["number"], "squash")["merge_commit_sha"]
    client = github(sandbox)

    assert client.get(f"{NETWORK}/commits/{sha}/pulls").json() == []
    clock.advance(20)
    assert len(client.get(f"{NETWORK}/commits/{sha}/pulls").json()) == 1


def test_the_commit_of_an_open_pull_request_leads_to_it(sandbox: Sandbox) -> None:
    opened = _open(sandbox)

    found = github(sandbox).get(f"{NETWORK}/commits/{opened['head_sha']}/pulls").json()

    assert [one["number"] for one in found] == [opened["number"]]


def test_a_pull_request_that_conflicts_says_so_and_cannot_be_merged(sandbox: Sandbox) -> None:
    opened = _open(sandbox)
    sandbox.control.push({"hubs/nairobi.yaml": "name: Another Nairobi\n"})

    pull = github(sandbox).get(f"{NETWORK}/pulls/{opened['number']}").json()

    assert (pull["mergeable"], pull["mergeable_state"]) == (False, "dirty")
    with pytest.raises(ControlError, match="conflicts with main"):
        sandbox.control.merge_pull_request(opened["number"])


def test_a_pull_request_is_merged_once(sandbox: Sandbox) -> None:
    number = _open(sandbox)["number"]
    sandbox.control.merge_pull_request(number)

    with pytest.raises(ControlError, match="is closed"):
        sandbox.control.merge_pull_request(number)


def test_an_open_pull_request_shows_a_merge_commit_that_proves_nothing(sandbox: Sandbox) -> None:
    opened = _open(sandbox)
    client = github(sandbox)

    first, again = (client.get(f"{NETWORK}/pulls/{opened['number']}").json() for _ in range(2))
    sandbox.control.close_pull_request(opened["number"])
    closed = client.get(f"{NETWORK}/pulls/{opened['number']}").json()

    assert first["merge_commit_sha"] == again["merge_commit_sha"] != opened["head_sha"]
    assert (first["merged"], closed["merged"], closed["merge_commit_sha"]) == (False, False, None)
    assert client.get(f"{NETWORK}/commits/{first['merge_commit_sha']}").status_code == 200


def test_changes_to_different_lines_of_a_file_merge(sandbox: Sandbox) -> None:
    lines = [f"line {number}\n" for number in range(9)]
    sandbox.control.push({"hubs/a.yaml": "".join(lines)})
    theirs = "".join(["first\n", *lines[1:]])
    opened = sandbox.control.open_pull_request("Change", "amina-k", {"hubs/a.yaml": theirs})
    sandbox.control.push({"hubs/a.yaml": "".join([*lines[:-1], "last\n"])})

    sandbox.control.merge_pull_request(opened["number"])

    repository = sandbox.github.network_repository()
    head = repository.git.head("main") or ""
    merged = (repository.git.file(head, "hubs/a.yaml") or b"").decode()
    assert merged == "".join(["first\n", *lines[1:-1], "last\n"])


def test_the_events_say_what_happened_and_where(sandbox: Sandbox) -> None:
    opened = _open(sandbox)
    before = head_of(github(sandbox))
    merged = sandbox.control.merge_pull_request(opened["number"], "squash")

    pull, run = opened["events"]["pull_request"], opened["events"]["workflow_run"]
    push = merged["events"]["push"]
    assert (pull["action"], pull["pull_request"]["head"]["sha"]) == ("opened", opened["head_sha"])
    assert run["workflow_run"]["head_sha"] == opened["head_sha"]
    assert run["workflow_run"]["head_repository"]["full_name"] == "amina-k/hubs"
    assert run["workflow_run"]["pull_requests"] == []
    assert (push["before"], push["after"]) == (before, merged["merge_commit_sha"])
    assert push["ref"] == "refs/heads/main"
    assert "added" not in push["head_commit"]


def test_the_run_of_a_check_names_a_pull_request_of_the_repository_itself(
    sandbox: Sandbox,
) -> None:
    opened = _open(sandbox, start="branch")

    run = github(sandbox).get(f"{NETWORK}/actions/runs/{opened['run_id']}").json()

    assert [one["number"] for one in run["pull_requests"]] == [opened["number"]]
    assert (run["name"], run["event"], run["conclusion"]) == ("check", "pull_request", "success")


def test_a_pull_request_outlives_its_fork(sandbox: Sandbox) -> None:
    opened = _open(sandbox)
    sandbox.control.delete_repository("amina-k/hubs")

    read = github(sandbox).get(f"{NETWORK}/pulls/{opened['number']}").json()
    assert (read["head"]["repo"], read["head"]["sha"]) == (None, opened["head_sha"])
    assert sandbox.control.world()["github"]["pull_requests"][0]["head"]["repository"] is None
    merged = sandbox.control.merge_pull_request(opened["number"], "squash")
    assert merged["merge_commit_sha"] == head_of(github(sandbox))
