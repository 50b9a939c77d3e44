"""What GitHub tells Actions when something happens: the event payloads, in full. Pure functions.

See docs.github.com: webhooks/webhook-events-and-payloads. A push as Actions
gets it does not list the files of its commits, so neither does this.
"""

from typing import Any

from provisioner.sandbox.github.accounts import email_of
from provisioner.sandbox.github.history import between, is_ancestor
from provisioner.sandbox.github.payload_accounts import organization_simple, simple_user
from provisioner.sandbox.github.payload_actions import run_payload, workflow_id
from provisioner.sandbox.github.payload_basics import Payload, node_id, time_of
from provisioner.sandbox.github.payload_commits import author_of, committer_of, message_of
from provisioner.sandbox.github.payload_pulls import pull_payload
from provisioner.sandbox.github.payload_repositories import (
    api_url,
    html_url,
    repository_payload,
)
from provisioner.sandbox.github.records import Account, PullRequest, Repository
from provisioner.sandbox.github.run_records import ActionsRun
from provisioner.sandbox.github.state import GitHubWorld

NO_COMMIT = "0" * 40


def _about(github: GitHubWorld, repository: Repository, sender: Account) -> Payload:
    """What every event says: where, and by whom."""
    owner = repository.owner
    organization = (
        {"organization": organization_simple(github, owner)} if owner.is_organization else {}
    )
    return {
        "repository": repository_payload(github, repository),
        **organization,
        "sender": simple_user(github, sender),
    }


def pull_request_event(
    github: GitHubWorld,
    pull: PullRequest,
    action: str,
    sender: Account,
    before: str | None = None,
) -> Payload:
    """`before` is the former head of a branch that moved (action `synchronize`)."""
    moved = {"before": before, "after": pull.head_sha} if before else {}
    return {
        "action": action,
        "number": pull.number,
        **moved,
        "pull_request": pull_payload(github, pull),
        **_about(github, pull.repository, sender),
    }


def workflow_run_event(github: GitHubWorld, run: ActionsRun, action: str = "completed") -> Payload:
    return {
        "action": action,
        "workflow_run": run_payload(github, run),
        "workflow": _workflow(github, run),
        **_about(github, run.repository, run.actor),
    }


def _workflow(github: GitHubWorld, run: ActionsRun) -> Payload:
    key, created = workflow_id(run), time_of(run.repository.created_at)
    url, page = api_url(github, run.repository), html_url(github, run.repository)
    return {
        "id": key,
        "node_id": node_id("W", key),
        "name": run.workflow,
        "path": run.path,
        "state": "active",
        "created_at": created,
        "updated_at": created,
        "url": f"{url}/actions/workflows/{key}",
        "html_url": f"{page}/blob/{run.repository.default_branch}/{run.path}",
        "badge_url": f"{page}/workflows/{run.workflow}/badge.svg",
    }


def push_event(
    github: GitHubWorld,
    repository: Repository,
    branch: str,
    before: str | None,
    after: str,
    pusher: Account,
) -> Payload:
    """`before` None: the branch is new."""
    shas = between(repository.git, before, after) if before else [after]
    commits = [_commit(github, repository, sha) for sha in shas]
    page = html_url(github, repository)
    compared = f"compare/{before[:12]}...{after[:12]}" if before else f"commit/{after[:12]}"
    return {
        "ref": f"refs/heads/{branch}",
        "before": before or NO_COMMIT,
        "after": after,
        "pusher": {"name": pusher.login, "email": email_of(pusher)},
        "created": before is None,
        "deleted": False,
        "forced": before is not None and not is_ancestor(repository.git, before, after),
        "base_ref": None,
        "compare": f"{page}/{compared}",
        "commits": commits,
        "head_commit": _commit(github, repository, after),
        **_about_push(github, repository, pusher),
    }


def _about_push(github: GitHubWorld, repository: Repository, pusher: Account) -> Payload:
    """In a push, and nowhere else, a repository's times are numbers and its URL is the page's."""
    about = _about(github, repository, pusher)
    owner = repository.owner
    about["repository"] |= {
        "url": html_url(github, repository),
        "created_at": int(repository.created_at.timestamp()),
        "pushed_at": int(repository.pushed_at.timestamp()),
        "stargazers": 0,
        "master_branch": repository.default_branch,
        "owner": {
            **simple_user(github, owner),
            "name": owner.login,
            "email": email_of(owner),
        },
    }
    return about


def _commit(github: GitHubWorld, repository: Repository, sha: str) -> Payload:
    commit = repository.git.the_commit(sha)
    author, committer = author_of(commit), committer_of(commit)
    return {
        "id": sha,
        "tree_id": commit.tree.decode(),
        "distinct": True,
        "message": message_of(commit),
        "timestamp": author["date"],
        "url": f"{html_url(github, repository)}/commit/{sha}",
        "author": _person(github, author),
        "committer": _person(github, committer),
    }


def _person(github: GitHubWorld, identity: Payload) -> Payload:
    known = github.accounts.by_email(identity["email"])
    named = {"username": known.login} if known else {}
    return {"name": identity["name"], "email": identity["email"], **named}


def workflow_dispatch_event(
    github: GitHubWorld,
    repository: Repository,
    workflow: str,
    inputs: dict[str, Any],
    sender: Account,
) -> Payload:
    return {
        "inputs": inputs,
        "ref": f"refs/heads/{repository.default_branch}",
        "workflow": f".github/workflows/{workflow}.yml",
        **_about(github, repository, sender),
    }


def repository_dispatch_event(
    github: GitHubWorld,
    repository: Repository,
    action: str,
    client_payload: dict[str, Any],
    sender: Account,
) -> Payload:
    return {
        "action": action,
        "branch": repository.default_branch,
        "client_payload": client_payload,
        **_about(github, repository, sender),
    }
