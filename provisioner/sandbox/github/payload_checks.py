"""Commit statuses and check runs as GitHub's API shows them. Pure functions.

See docs.github.com: rest/commits/statuses, rest/checks/runs.
"""

from provisioner.sandbox.github.payload_accounts import simple_user
from provisioner.sandbox.github.payload_basics import Payload, maybe_time, node_id, time_of
from provisioner.sandbox.github.payload_repositories import (
    api_url,
    html_url,
    linked_repository,
)
from provisioner.sandbox.github.records import Repository
from provisioner.sandbox.github.run_records import CheckRun, Status
from provisioner.sandbox.github.state import GitHubWorld

APP_ID = 15368


def status_payload(github: GitHubWorld, status: Status) -> Payload:
    return {
        **_status(github, status),
        "avatar_url": simple_user(github, status.creator)["avatar_url"],
        "creator": simple_user(github, status.creator),
    }


def _status(github: GitHubWorld, status: Status) -> Payload:
    when = time_of(status.created_at)
    return {
        "id": status.id,
        "node_id": node_id("SC", status.id),
        "url": f"{api_url(github, status.repository)}/statuses/{status.sha}",
        "state": status.state,
        "description": status.description,
        "target_url": status.target_url,
        "context": status.context,
        "created_at": when,
        "updated_at": when,
    }


def latest_statuses(github: GitHubWorld, repository: Repository, sha: str) -> list[Status]:
    """The newest of each context."""
    own = [one for one in github.statuses if one.repository is repository and one.sha == sha]
    return list({one.context: one for one in own}.values())


def combined_status(github: GitHubWorld, repository: Repository, sha: str) -> Payload:
    latest = latest_statuses(github, repository, sha)
    url = f"{api_url(github, repository)}/commits/{sha}"
    shown = [
        {
            **_status(github, one),
            "avatar_url": simple_user(github, one.creator)["avatar_url"],
            "required": _is_required(repository, one.context),
        }
        for one in latest
    ]
    return {
        "state": _combined({one.state for one in latest}),
        "statuses": shown,
        "sha": sha,
        "total_count": len(shown),
        "repository": linked_repository(github, repository),
        "commit_url": url,
        "url": f"{url}/status",
    }


def _is_required(repository: Repository, context: str) -> bool:
    return any(context in one.contexts for one in repository.protections.values())


def _combined(states: set[str]) -> str:
    if states & {"error", "failure"}:
        return "failure"
    return "success" if states == {"success"} else "pending"


def check_run_payload(github: GitHubWorld, run: CheckRun) -> Payload:
    url = f"{api_url(github, run.repository)}/check-runs/{run.id}"
    page = f"{html_url(github, run.repository)}/runs/{run.id}"
    output = run.details.get("output") or {}
    return {
        "id": run.id,
        "head_sha": run.head_sha,
        "node_id": node_id("CR", run.id),
        "external_id": run.details.get("external_id", ""),
        "url": url,
        "html_url": page,
        "details_url": run.details.get("details_url", page),
        "status": run.details.get("status", "queued"),
        "conclusion": run.details.get("conclusion"),
        "started_at": time_of(run.started_at),
        "completed_at": maybe_time(run.completed_at),
        "output": {
            "title": output.get("title"),
            "summary": output.get("summary"),
            "text": output.get("text"),
            "annotations_count": len(output.get("annotations", [])),
            "annotations_url": f"{url}/annotations",
        },
        "name": run.name,
        "check_suite": {"id": APP_ID},
        "app": _actions_app(github),
        "pull_requests": [],
    }


def _actions_app(github: GitHubWorld) -> Payload:
    created = time_of(github.accounts.bot.created_at)
    return {
        "id": APP_ID,
        "slug": "github-actions",
        "node_id": node_id("A", APP_ID),
        "owner": simple_user(github, github.accounts.bot),
        "name": "GitHub Actions",
        "description": "Automate your workflow from idea to production",
        "external_url": f"{github.url}/features/actions",
        "html_url": f"{github.url}/apps/github-actions",
        "created_at": created,
        "updated_at": created,
        "permissions": {"checks": "write", "contents": "write", "metadata": "read"},
        "events": [],
    }
