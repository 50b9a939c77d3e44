"""Statuses, check runs, Actions runs and dispatches as plain records.

Holds no rule and reads no clock.
"""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from provisioner.sandbox.github.records import Account, PullRequest, Repository


@dataclass
class Status:
    """A commit status."""

    id: int
    repository: Repository
    sha: str
    state: str
    context: str
    description: str | None
    target_url: str | None
    creator: Account
    created_at: datetime


@dataclass
class CheckRun:
    id: int
    repository: Repository
    head_sha: str
    name: str
    details: dict[str, Any]
    started_at: datetime
    completed_at: datetime | None = None


@dataclass
class ActionsRun:
    """A run of an Actions workflow."""

    id: int
    number: int
    repository: Repository
    workflow: str
    event: str
    head_branch: str
    head_sha: str
    head_repository: Repository
    actor: Account
    created_at: datetime
    updated_at: datetime
    status: str
    conclusion: str | None
    attempt: int = 1
    pull_requests: list[PullRequest] = field(default_factory=list)
    jobs: list["ActionsJob"] = field(default_factory=list)

    @property
    def path(self) -> str:
        return f".github/workflows/{self.workflow}.yml"


@dataclass
class ActionsJob:
    id: int
    name: str
    conclusion: str | None = "success"
    status: str = "completed"


@dataclass
class Dispatch:
    """A `repository_dispatch` or `workflow_dispatch` that was asked for."""

    repository: Repository
    event: str
    name: str
    ref: str
    payload: dict[str, Any]
    sender: Account
    time: datetime
