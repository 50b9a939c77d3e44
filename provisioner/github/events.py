"""What an Actions event says of the commit it is about. Pure; trusts nothing but the form.

Only names and ids are taken from an event: whatever they name is fetched again.
"""

import json
import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from provisioner.errors import ConfigurationError
from provisioner.github.wire import moment_in

PULL_REQUEST = "pull_request"
MERGE_GROUP = "merge_group"
AT_ONCE = timedelta(seconds=10)


@dataclass(frozen=True)
class CheckedCommit:
    """The commit that a `check` run looked at. `kind` is what had started that run."""

    kind: str
    head_repository: str
    head_branch: str
    head_sha: str
    attempt: int = 1
    started_at: datetime | None = None
    """When that run was made; `None` where nothing says so."""

    def comes_first(self, opened_at: datetime | None) -> bool:
        """Whether the pull request's opening has started the run, so that nobody has said anything
        about it before. GitHub does so within seconds."""
        if self.attempt > 1 or self.started_at is None or opened_at is None:
            return False
        return abs(self.started_at - opened_at) <= AT_ONCE

    @property
    def head_owner(self) -> str:
        return self.head_repository.split("/", 1)[0]


@dataclass(frozen=True)
class Queued:
    """What one commit of a merge queue adds: a single pull request, on top of `base_sha`."""

    number: int
    base_sha: str


_QUEUED = re.compile(r"gh-readonly-queue/.+/pr-([0-9]{1,9})-([0-9a-f]{40})")


def queued_pull_request(branch: str) -> Queued:
    """From the name of the branch that GitHub makes for it; several together are a chain of these.

    Raises `ConfigurationError` for a name of another form: then nobody knows whose change it is.
    """
    found = _QUEUED.fullmatch(branch)
    if found is None:
        raise ConfigurationError(
            "the branch of the merge queue has a name of an unknown form",
            "Merge the pull request without the queue.",
        )
    return Queued(int(found[1]), found[2])


def checked_commit(text: str) -> CheckedCommit:
    """From the payload of a `workflow_run` or a `pull_request` event, as JSON.

    Raises `ConfigurationError` for anything else.
    """
    try:
        return _read(json.loads(text))
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise ConfigurationError(
            "the event is neither a workflow_run nor a pull_request",
            "Give the file that Actions names in GITHUB_EVENT_PATH.",
        ) from error


def _read(event: Any) -> CheckedCommit:
    if "workflow_run" in event:
        run = event["workflow_run"]
        repository = (run.get("head_repository") or {}).get("full_name") or ""
        return CheckedCommit(
            _text(run["event"]),
            repository,
            _text(run["head_branch"]),
            _text(run["head_sha"]),
            int(run.get("run_attempt") or 1),
            moment_in(run.get("created_at")),
        )
    head = event["pull_request"]["head"]
    repository = (head.get("repo") or {}).get("full_name") or ""
    return CheckedCommit(PULL_REQUEST, repository, _text(head["ref"]), _text(head["sha"]))


def _text(value: Any) -> str:
    if not isinstance(value, str) or not value:
        raise TypeError("not a text")
    return value
