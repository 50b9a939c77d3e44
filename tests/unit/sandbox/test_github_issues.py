"""Comments, issues, statuses and lists over several pages."""

import httpx
import pytest

from provisioner.clock import ManualClock
from provisioner.sandbox.server import Sandbox
from tests.conftest import MakeSandbox
from tests.unit.sandbox.client import NETWORK, github, head_of, said


@pytest.fixture
def client(sandbox: Sandbox) -> httpx.Client:
    return github(sandbox, actions=True)


@pytest.fixture
def comments(sandbox: Sandbox) -> str:
    """Where the comments of an open pull request are."""
    opened = sandbox.control.open_pull_request("Add", "amina-k", {"hubs/a.yaml": "a: 1\n"})
    return f"{NETWORK}/issues/{opened['number']}/comments"


def test_a_comment_is_by_the_tokens_own_account(
    sandbox: Sandbox, client: httpx.Client, comments: str
) -> None:
    by_actions = client.post(comments, json={"body": "Hello"}).json()
    by_user = github(sandbox, maintainer=True).post(comments, json={"body": "Hello"}).json()

    assert by_actions["user"]["login"] == "github-actions[bot]"
    assert by_actions["user"]["type"] == "Bot"
    assert by_user["user"]["login"] == "example-maintainer"


def test_a_comment_is_edited_in_place(
    client: httpx.Client, comments: str, clock: ManualClock
) -> None:
    made = client.post(comments, json={"body": "Waiting"}).json()
    clock.advance(60)

    client.patch(f"{NETWORK}/issues/comments/{made['id']}", json={"body": "Live"})

    (comment,) = client.get(comments).json()
    assert (comment["id"], comment["body"]) == (made["id"], "Live")
    assert comment["updated_at"] > comment["created_at"]


def test_a_list_may_be_behind_and_the_comment_itself_is_there_at_once(
    sandbox: Sandbox, client: httpx.Client, comments: str, clock: ManualClock
) -> None:
    sandbox.control.set_behaviour(comments_lag=20)
    made = client.post(comments, json={"body": "Waiting"}).json()

    assert client.get(comments).json() == []
    assert client.get(f"{NETWORK}/issues/comments/{made['id']}").json() == made
    clock.advance(20)
    assert client.get(comments).json() == [made]


def test_people_comment_too(sandbox: Sandbox, client: httpx.Client, comments: str) -> None:
    sandbox.control.comment(1, "a-stranger", "<!-- a marker -->")

    (comment,) = client.get(comments).json()

    assert (comment["user"]["login"], comment["author_association"]) == ("a-stranger", "NONE")


@pytest.mark.parametrize(("length", "status"), [(65_536, 201), (65_537, 422)])
def test_a_comment_has_a_greatest_length(
    client: httpx.Client, comments: str, length: int, status: int
) -> None:
    answer = client.post(comments, json={"body": "ñ" * length})

    assert answer.status_code == status
    if status == 422:
        assert "65536" in answer.json()["errors"][0]["message"]


def test_an_empty_comment_is_refused(client: httpx.Client, comments: str) -> None:
    assert said(client.post(comments, json={"body": " "})) == (422, "Validation Failed")


def test_a_list_comes_in_pages_with_links_between_them(client: httpx.Client, comments: str) -> None:
    for number in range(5):
        client.post(comments, json={"body": f"Comment {number}"})

    first = client.get(f"{comments}?per_page=2")
    second = client.get(first.links["next"]["url"])
    last = client.get(first.links["last"]["url"])

    bodies = [one["body"] for page in (first, second, last) for one in page.json()]
    assert bodies == [f"Comment {number}" for number in range(5)]
    assert set(first.links) == {"next", "last"}
    assert set(second.links) == {"prev", "next", "last", "first"}
    assert set(last.links) == {"prev", "first"}


def test_a_list_on_one_page_has_no_links(client: httpx.Client, comments: str) -> None:
    client.post(comments, json={"body": "Only"})

    assert client.get(comments).links == {}


def test_an_issue_is_opened_labelled_and_closed(client: httpx.Client) -> None:
    body = {"title": "Drift: nairobi", "body": "Gone.", "labels": ["drift"]}
    made = client.post(f"{NETWORK}/issues", json=body).json()

    found = client.get(f"{NETWORK}/issues?labels=drift").json()
    client.patch(f"{NETWORK}/issues/{made['number']}", json={"state": "closed"})

    assert [one["number"] for one in found] == [made["number"]]
    assert client.get(f"{NETWORK}/issues?labels=drift").json() == []
    assert client.get(f"{NETWORK}/issues?state=closed").json()[0]["state_reason"] == "completed"


def test_issues_and_pull_requests_share_their_numbers(
    sandbox: Sandbox, client: httpx.Client, comments: str
) -> None:
    issue = client.post(f"{NETWORK}/issues", json={"title": "Second"}).json()

    listed = client.get(f"{NETWORK}/issues").json()

    assert issue["number"] == 2
    assert [(one["number"], "pull_request" in one) for one in listed] == [(2, False), (1, True)]


def test_of_a_status_the_newest_of_each_context_counts(client: httpx.Client) -> None:
    head = head_of(client)
    for context, state in [("check", "failure"), ("check", "success"), ("other", "pending")]:
        client.post(f"{NETWORK}/statuses/{head}", json={"state": state, "context": context})

    combined = client.get(f"{NETWORK}/commits/{head}/status").json()

    states = {one["context"]: one["state"] for one in combined["statuses"]}
    assert states == {"check": "success", "other": "pending"}
    assert combined["state"] == "pending"


def test_a_status_belongs_to_a_commit_that_is_there(client: httpx.Client) -> None:
    answer = client.post(f"{NETWORK}/statuses/{'0' * 40}", json={"state": "success"})

    assert said(answer) == (422, f"No commit found for SHA: {'0' * 40}")


def test_a_dispatch_carries_ten_properties_at_most(make_sandbox: MakeSandbox) -> None:
    sandbox = make_sandbox(specs=None)
    payload = {str(number): number for number in range(11)}

    answer = github(sandbox, maintainer=True).post(
        f"{NETWORK}/dispatches", json={"event_type": "wake", "client_payload": payload}
    )

    status, message = said(answer)
    assert (status, "11 were supplied" in message) == (422, True)
    assert sandbox.control.world()["github"]["dispatches"] == []


def test_a_dispatch_of_a_workflow_is_on_record(sandbox: Sandbox) -> None:
    body = {"ref": "main", "inputs": {"hub": "nairobi"}}
    github(sandbox, maintainer=True).post(
        f"{NETWORK}/actions/workflows/provision.yml/dispatches", json=body
    )

    (dispatch,) = sandbox.control.world()["github"]["dispatches"]
    (run,) = sandbox.control.world()["github"]["runs"]
    assert (dispatch["name"], dispatch["payload"]) == ("provision.yml", {"hub": "nairobi"})
    assert (run["workflow"], run["status"]) == ("provision", "queued")
