"""Everything that exists on GitHub, for tests and curious users. Changes nothing."""

from typing import Any

from provisioner.sandbox.github.payload_basics import maybe_time, time_of
from provisioner.sandbox.github.records import PullRequest, Repository
from provisioner.sandbox.github.state import GitHubWorld

Snapshot = dict[str, Any]


def snapshot(github: GitHubWorld) -> Snapshot:
    """Lists in the order in which things came to be. Accounts only if they own or did something."""
    with github.world.lock:
        return {
            "accounts": _accounts(github),
            "repositories": [_repository(github, one) for one in github.repositories.all()],
            "issues": _issues(github),
            "pull_requests": [_pull(github, one) for one in github.pulls.all()],
            "comments": _comments(github),
            "statuses": _statuses(github),
            "check_runs": [
                {"id": one.id, "name": one.name, "head_sha": one.head_sha, **one.details}
                for one in github.check_runs.values()
            ],
            "runs": [
                {
                    "id": one.id,
                    "repository": one.repository.full_name,
                    "workflow": one.workflow,
                    "event": one.event,
                    "head_sha": one.head_sha,
                    "status": one.status,
                    "conclusion": one.conclusion,
                    "attempt": one.attempt,
                }
                for one in github.runs.values()
            ],
            "dispatches": [
                {
                    "repository": one.repository.full_name,
                    "event": one.event,
                    "name": one.name,
                    "ref": one.ref,
                    "payload": one.payload,
                    "sender": one.sender.login,
                }
                for one in github.dispatches
            ],
        }


def _accounts(github: GitHubWorld) -> list[Snapshot]:
    """An owner that was only asked for leaves no trace."""
    owners = {one.owner.login for one in github.repositories.all()}
    acted = {one.author.login for one in github.issues.all()}
    known = owners | acted | {github.accounts.user.login, github.accounts.bot.login}
    return [
        {"login": one.login, "id": one.id, "type": one.type, "app": one.app}
        for one in github.accounts.all()
        if one.login in known
    ]


def _repository(github: GitHubWorld, repository: Repository) -> Snapshot:
    return {
        "id": repository.id,
        "full_name": repository.full_name,
        "fork": repository.fork,
        "parent": repository.parent.full_name if repository.parent else None,
        "template": repository.template.full_name if repository.template else None,
        "default_branch": repository.default_branch,
        "head": repository.git.head(repository.default_branch),
        "branches": repository.git.branches(),
        "private": repository.private,
        "readable": github.repositories.is_readable(repository),
        "environments": list(repository.environments),
    }


def _issues(github: GitHubWorld) -> list[Snapshot]:
    """Without pull requests."""
    return [
        {
            "repository": one.repository.full_name,
            "number": one.number,
            "state": one.state,
            "title": one.title,
            "body": one.body,
            "author": one.author.login,
            "labels": one.labels,
        }
        for one in github.issues.all()
        if github.pulls.find(one.repository, one.number) is None
    ]


def _pull(github: GitHubWorld, pull: PullRequest) -> Snapshot:
    return {
        "repository": pull.repository.full_name,
        "number": pull.number,
        "title": pull.issue.title,
        "author": pull.issue.author.login,
        "state": pull.issue.state,
        "merged": pull.merged_at is not None,
        "merged_at": maybe_time(pull.merged_at),
        "merge_commit_sha": pull.merge_commit_sha,
        "head": {
            "repository": pull.head_repository.full_name if pull.head_repository else None,
            "branch": pull.head_branch,
            "sha": pull.head_sha,
        },
        "base": pull.base_branch,
        "labels": pull.issue.labels,
        "files": [
            {"path": one.path, "status": one.status, "sha": one.sha}
            for one in github.pulls.files(pull)
        ],
    }


def _comments(github: GitHubWorld) -> list[Snapshot]:
    return [
        {
            "id": one.id,
            "repository": one.issue.repository.full_name,
            "number": one.issue.number,
            "author": one.author.login,
            "body": one.body,
            "created_at": time_of(one.created_at),
            "updated_at": time_of(one.updated_at),
        }
        for one in github.issues.comments()
    ]


def _statuses(github: GitHubWorld) -> list[Snapshot]:
    return [
        {
            "repository": one.repository.full_name,
            "sha": one.sha,
            "context": one.context,
            "state": one.state,
            "description": one.description,
            "target_url": one.target_url,
            "creator": one.creator.login,
        }
        for one in github.statuses
    ]
