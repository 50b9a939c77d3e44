"""Each operation of GitHub's stand-in, called over HTTP and judged by the official description."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx
import pytest

from provisioner.sandbox.descriptions import load
from provisioner.sandbox.github.api import ROUTES
from provisioner.sandbox.server import Sandbox
from tests.unit.sandbox.client import NETWORK, SOURCE, encoded, github, head_of

Caller = Callable[..., Any]


class Session:
    """Calls an operation, insists on the status, and remembers which operation it was."""

    def __init__(self, sandbox: Sandbox, specs: Path) -> None:
        self.description = load(specs / "github.json")
        self.clients = {
            "user": github(sandbox),
            "actions": github(sandbox, actions=True),
            "maintainer": github(sandbox, maintainer=True),
        }
        self.sandbox = sandbox
        self.seen: set[str] = set()

    def call(self, status: int, method: str, path: str, body: object = None, who: str = "") -> Any:
        """By default what concerns the network's repository is its maintainer's to ask."""
        who = who or ("maintainer" if path.startswith(NETWORK) else "user")
        answer: httpx.Response = self.clients[who].request(method, path, json=body)
        assert answer.status_code == status, answer.text
        operation = self.description.find(method, path.partition("?")[0])
        assert operation is not None
        self.seen.add(str(operation))
        return answer.json() if answer.content else None


@pytest.fixture
def session(sandbox: Sandbox, specs: Path) -> Session:
    return Session(sandbox, specs)


def _accounts(session: Session) -> None:
    session.call(200, "GET", "/user")
    session.call(403, "GET", "/user", who="actions")
    session.call(200, "GET", "/users/provisioner-bot")
    session.call(200, "GET", "/users/nairobi-commons")
    session.call(404, "GET", "/users/not--a--login")
    session.call(200, "GET", "/orgs/nairobi-commons")
    session.call(404, "GET", "/orgs/provisioner-bot")
    session.call(200, "GET", "/orgs/example-network/repos?type=all&per_page=1")
    session.call(200, "GET", "/orgs/nairobi-commons/memberships/provisioner-bot")
    session.call(404, "GET", "/orgs/nairobi-commons/memberships/amina-k")
    session.sandbox.control.set_account("kisumu-commons", public_members=["amina-k"])
    session.call(204, "GET", "/orgs/kisumu-commons/public_members/amina-k")
    session.call(404, "GET", "/orgs/kisumu-commons/public_members/joseph-m")


def _repositories(session: Session) -> None:
    session.call(200, "GET", NETWORK)
    session.call(404, "GET", "/repos/example-network/nothing")
    session.call(202, "POST", f"{SOURCE}/forks", {"organization": "nairobi-commons"})
    session.call(422, "POST", f"{SOURCE}/forks", {"organization": "provisioner-bot"})
    session.call(200, "GET", f"{SOURCE}/forks?sort=newest")
    copy = {"owner": "nairobi-commons", "name": "site", "private": False}
    session.call(201, "POST", f"{SOURCE}/generate", copy)
    session.call(422, "POST", f"{SOURCE}/generate", copy)
    session.call(200, "PATCH", "/repos/nairobi-commons/site", {"description": "A site"})
    session.call(200, "PATCH", "/repos/nairobi-commons/site", {"name": "page"})
    session.call(301, "GET", "/repos/nairobi-commons/site")
    session.call(307, "PATCH", "/repos/nairobi-commons/site", {"homepage": ""})
    session.sandbox.control.push({"docs/new.md": "new"}, repository="example-network/docs-site")
    upstream = "/repos/nairobi-commons/docs-site/merge-upstream"
    session.call(403, "POST", upstream, {"branch": "main"})
    session.sandbox.control.set_behaviour(scopes=["repo"])  # what is done with a classic token
    session.call(200, "POST", upstream, {"branch": "main"})
    session.call(422, "POST", upstream, {"branch": "nothing"})
    session.call(204, "DELETE", "/repos/nairobi-commons/page")


def _branches(session: Session) -> None:
    session.call(200, "GET", f"{NETWORK}/branches/main")
    session.call(404, "GET", f"{NETWORK}/branches/nothing")
    session.sandbox.control.set_protection(contexts=["provisioner/check"], reviews=1, strict=True)
    session.call(200, "GET", f"{NETWORK}/branches/main")
    control = session.sandbox.control
    control.set_environment(name="chosen", branches="custom", policies=["main", "release/*"])
    policies = f"{NETWORK}/environments/chosen/deployment-branch-policies"
    told = session.call(200, "GET", policies)
    assert [one["name"] for one in told["branch_policies"]] == ["main", "release/*"]
    control.set_protection(
        contexts=["ci"], ruleset=True, strict=True, reviews=1, code_owners=True, updates=True
    )
    rules = session.call(200, "GET", f"{NETWORK}/rules/branches/main")
    assert {one["type"] for one in rules} == {
        "deletion",
        "non_fast_forward",
        "pull_request",
        "required_status_checks",
        "update",
    }
    session.call(200, "GET", f"{NETWORK}/environments")


def _files(session: Session) -> None:
    contents = f"{NETWORK}/contents"
    session.call(200, "GET", f"{contents}/")
    session.call(200, "GET", f"{contents}/hubs?ref=main")
    session.call(404, "GET", f"{contents}/nothing.yaml")
    written = session.call(
        201, "PUT", f"{contents}/hubs/a.yaml", {"message": "Add", "content": encoded("a: 1\n")}
    )
    session.call(200, "GET", f"{contents}/hubs/a.yaml")
    change = {"message": "Change", "content": encoded("a: 2\n")}
    session.call(422, "PUT", f"{contents}/hubs/a.yaml", change)
    session.call(409, "PUT", f"{contents}/hubs/a.yaml", {**change, "sha": "0" * 40})
    sha = written["content"]["sha"]
    session.call(200, "PUT", f"{contents}/hubs/a.yaml", {**change, "sha": sha})


def _objects(session: Session) -> None:
    git = f"{NETWORK}/git"
    who = {"who": "actions"}
    head = head_of(session.clients["user"])
    entry = {"path": "hubs/a.json", "mode": "100644", "type": "blob", "content": "{}"}
    tree = session.call(201, "POST", f"{git}/trees", {"base_tree": head, "tree": [entry]}, **who)
    shown = session.call(200, "GET", f"{git}/trees/{tree['sha']}?recursive=1")["tree"]
    (blob,) = (one["sha"] for one in shown if one["path"] == "hubs/a.json")
    session.call(200, "GET", f"{git}/blobs/{blob}")
    session.call(404, "GET", f"{git}/blobs/{'0' * 40}")
    session.call(404, "GET", f"{git}/trees/{'0' * 40}")
    commit = {"message": "State", "tree": tree["sha"], "parents": [head]}
    made = session.call(201, "POST", f"{git}/commits", commit, **who)
    session.call(422, "POST", f"{git}/commits", {**commit, "tree": "0" * 40}, **who)
    session.call(200, "GET", f"{git}/commits/{made['sha']}")
    session.call(404, "GET", f"{git}/commits/{'0' * 40}")
    ref = {"ref": "refs/heads/provisioner-state", "sha": made["sha"]}
    session.call(201, "POST", f"{git}/refs", ref, **who)
    session.call(422, "POST", f"{git}/refs", ref, **who)
    session.call(200, "GET", f"{git}/ref/heads/provisioner-state")
    session.call(404, "GET", f"{git}/ref/heads/nothing")


def _commits(session: Session) -> None:
    head = head_of(session.clients["user"])
    session.call(200, "GET", f"{NETWORK}/commits?path=README.md&per_page=5&sha=main")
    session.call(200, "GET", f"{NETWORK}/commits/main")
    session.call(422, "GET", f"{NETWORK}/commits/nothing")
    pull = session.sandbox.control.open_pull_request("Add", "amina-k", {"hubs/b.yaml": "b: 1\n"})
    session.call(200, "GET", f"{NETWORK}/compare/{head}...{pull['head_sha']}")
    session.call(200, "GET", f"{NETWORK}/compare/main...amina-k:{pull['head_branch']}")
    session.call(404, "GET", f"{NETWORK}/compare/main...nothing")
    session.call(200, "GET", f"{NETWORK}/commits/{pull['head_sha']}/pulls")
    session.call(422, "GET", f"{NETWORK}/commits/{'0' * 40}/pulls")


def _pulls(session: Session) -> None:
    control = session.sandbox.control
    number = control.open_pull_request("Add", "amina-k", {"hubs/c.yaml": "c: 1\n"})["number"]
    pull = f"{NETWORK}/pulls/{number}"
    session.call(200, "GET", f"{NETWORK}/pulls?head=amina-k:add&state=all&sort=updated")
    session.call(200, "GET", pull)
    session.call(200, "GET", f"{pull}/files?per_page=100")
    session.call(404, "GET", f"{NETWORK}/pulls/999")
    control.merge_pull_request(number, "squash")
    merged = session.call(200, "GET", pull)
    assert merged["merged"]
    session.call(200, "GET", f"{NETWORK}/commits/{merged['merge_commit_sha']}/pulls")


def _issues(session: Session) -> None:
    issues = f"{NETWORK}/issues"
    made = session.call(
        201, "POST", issues, {"title": "Drift", "body": "A domain is gone.", "labels": ["drift"]}
    )
    issue = f"{issues}/{made['number']}"
    session.call(422, "POST", issues, {"title": ""})
    session.call(200, "GET", f"{issues}?labels=drift&state=open&since=2026-01-01T00:00:00Z")
    session.call(200, "GET", issue)
    session.call(404, "GET", f"{issues}/999")
    session.call(200, "POST", f"{issue}/labels", {"labels": ["urgent"]})
    session.call(200, "GET", f"{issue}/labels")
    comment = session.call(201, "POST", f"{issue}/comments", {"body": "Found."}, who="actions")
    session.call(422, "POST", f"{issue}/comments", {"body": "x" * 65_537})
    session.call(200, "GET", f"{issue}/comments?per_page=1")
    edit = f"{issues}/comments/{comment['id']}"
    session.call(200, "PATCH", edit, {"body": "Fixed."}, who="actions")
    session.call(200, "GET", edit)
    session.call(404, "GET", f"{issues}/comments/1")
    session.call(404, "PATCH", f"{issues}/comments/1", {"body": "No."})
    closed = {"state": "closed", "state_reason": "completed"}
    session.call(200, "PATCH", issue, closed)
    session.call(200, "PATCH", issue, {"state": "open"})


def _checks(session: Session) -> None:
    head = head_of(session.clients["user"])
    status = {"state": "success", "context": "provisioner/check", "description": "Fine"}
    session.call(201, "POST", f"{NETWORK}/statuses/{head}", status, who="actions")
    session.call(422, "POST", f"{NETWORK}/statuses/{head}", {**status, "description": "x" * 141})
    session.call(200, "GET", f"{NETWORK}/commits/main/status")
    run = {"name": "hubs", "head_sha": head, "status": "in_progress"}
    session.call(201, "POST", f"{NETWORK}/check-runs", run, who="actions")


def _actions(session: Session) -> None:
    runs = f"{NETWORK}/actions/runs"
    ended = session.sandbox.control.add_run("provision", jobs=["plan", "apply (nairobi)"])
    session.call(200, "GET", f"{runs}?event=push&branch=main&per_page=1")
    session.call(200, "GET", f"{runs}/{ended}")
    session.call(404, "GET", f"{runs}/1")
    session.call(200, "GET", f"{runs}/{ended}/jobs?filter=latest")
    dispatches = f"{NETWORK}/actions/workflows/provision.yml/dispatches"
    session.call(204, "POST", dispatches, {"ref": "main", "inputs": {"hub": "nairobi"}})
    session.call(200, "POST", dispatches, {"ref": "main", "return_run_details": True})
    wake = {"event_type": "wake", "client_payload": {"hub": "nairobi"}}
    session.call(204, "POST", f"{NETWORK}/dispatches", wake)
    session.call(200, "GET", f"{NETWORK}/actions/permissions")


AREAS = (
    _accounts,
    _repositories,
    _branches,
    _files,
    _objects,
    _commits,
    _pulls,
    _issues,
    _checks,
    _actions,
)


@pytest.mark.parametrize("area", AREAS, ids=lambda area: area.__name__.strip("_"))
def test_answers_are_as_described(area: Callable[[Session], None], session: Session) -> None:
    area(session)

    report = session.sandbox.control.contract()
    assert report["violations"] == []
    assert report["validated"] > 0


def test_every_operation_that_is_offered_is_called_above(session: Session) -> None:
    for area in AREAS:
        area(session)

    offered = {str(session.description.find(route.method, route.path)) for route in ROUTES}
    assert offered == session.seen
