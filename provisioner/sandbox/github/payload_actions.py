"""Actions runs and jobs as GitHub's API shows them (docs.github.com: rest/actions).

Pure functions.
"""

from provisioner.sandbox.github.payload_accounts import simple_user
from provisioner.sandbox.github.payload_basics import Payload, node_id, time_of
from provisioner.sandbox.github.payload_commits import simple_commit
from provisioner.sandbox.github.payload_pulls import pull_minimal
from provisioner.sandbox.github.payload_repositories import (
    api_url,
    html_url,
    linked_repository,
)
from provisioner.sandbox.github.records import PullRequest
from provisioner.sandbox.github.run_records import ActionsJob, ActionsRun
from provisioner.sandbox.github.state import GitHubWorld


def workflow_id(run: ActionsRun) -> int:
    """The same for every run of a workflow."""
    return run.repository.id * 100 + sum(run.workflow.encode()) % 100


def run_payload(github: GitHubWorld, run: ActionsRun) -> Payload:
    url = f"{api_url(github, run.repository)}/actions/runs/{run.id}"
    actor = simple_user(github, run.actor)
    return {
        "id": run.id,
        "name": run.workflow,
        "node_id": node_id("WFR", run.id),
        "check_suite_id": run.id + 1,
        "check_suite_node_id": node_id("CS", run.id + 1),
        "head_branch": run.head_branch,
        "head_sha": run.head_sha,
        "path": run.path,
        "display_title": run.pull_requests[0].issue.title if run.pull_requests else run.workflow,
        "run_number": run.number,
        "run_attempt": run.attempt,
        "event": run.event,
        "status": run.status,
        "conclusion": run.conclusion,
        "workflow_id": workflow_id(run),
        "url": url,
        "html_url": f"{html_url(github, run.repository)}/actions/runs/{run.id}",
        "pull_requests": [pull_minimal(github, one) for one in _named(run)],
        "created_at": time_of(run.created_at),
        "updated_at": time_of(run.updated_at),
        "run_started_at": time_of(run.created_at),
        "actor": actor,
        "triggering_actor": actor,
        **_run_links(github, run, url),
        "head_commit": simple_commit(run.head_repository, run.head_sha),
        "repository": linked_repository(github, run.repository),
        "head_repository": linked_repository(github, run.head_repository),
    }


def _named(run: ActionsRun) -> list[PullRequest]:
    """GitHub names no pull request from a fork here."""
    return [one for one in run.pull_requests if one.head_repository is run.repository]


def _run_links(github: GitHubWorld, run: ActionsRun, url: str) -> Payload:
    repository = api_url(github, run.repository)
    previous = f"{url}/attempts/{run.attempt - 1}" if run.attempt > 1 else None
    return {
        "jobs_url": f"{url}/jobs",
        "logs_url": f"{url}/logs",
        "check_suite_url": f"{repository}/check-suites/{run.id + 1}",
        "artifacts_url": f"{url}/artifacts",
        "cancel_url": f"{url}/cancel",
        "rerun_url": f"{url}/rerun",
        "previous_attempt_url": previous,
        "workflow_url": f"{repository}/actions/workflows/{workflow_id(run)}",
    }


def job_payload(github: GitHubWorld, run: ActionsRun, job: ActionsJob) -> Payload:
    repository = api_url(github, run.repository)
    run_url = f"{repository}/actions/runs/{run.id}"
    ended = time_of(run.updated_at) if job.status == "completed" else None
    return {
        "id": job.id,
        "run_id": run.id,
        "run_url": run_url,
        "run_attempt": run.attempt,
        "node_id": node_id("CR", job.id),
        "head_sha": run.head_sha,
        "url": f"{repository}/actions/jobs/{job.id}",
        "html_url": f"{html_url(github, run.repository)}/actions/runs/{run.id}/job/{job.id}",
        "status": job.status,
        "conclusion": job.conclusion,
        "created_at": time_of(run.created_at),
        "started_at": time_of(run.created_at),
        "completed_at": ended,
        "name": job.name,
        "steps": [],
        "check_run_url": f"{repository}/check-runs/{job.id}",
        "labels": ["ubuntu-24.04"],
        "runner_id": 1,
        "runner_name": "GitHub Actions 1",
        "runner_group_id": 0,
        "runner_group_name": "GitHub Actions",
        "workflow_name": run.workflow,
        "head_branch": run.head_branch,
    }
