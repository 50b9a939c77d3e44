"""What people do with the network's repository: pull requests, pushes, comments.

The stand-in's API cannot do these, because the provisioner never does. Each
answers with the events that GitHub would hand to Actions.
"""

import re
from collections.abc import Mapping
from typing import Literal

from provisioner.sandbox.github.accounts import MAINTAINER
from provisioner.sandbox.github.events import (
    pull_request_event,
    push_event,
    workflow_run_event,
)
from provisioner.sandbox.github.git import Content, Odd
from provisioner.sandbox.github.merging import CannotMerge, Method
from provisioner.sandbox.github.payload_basics import Payload
from provisioner.sandbox.github.records import Account, PullRequest, Repository
from provisioner.sandbox.github.run_records import ActionsRun
from provisioner.sandbox.github.state import GitHubWorld

Files = Mapping[str, str | bytes | Odd | None]
"""By path; None takes a file away."""
CHECK = "check"


class ControlError(ValueError):
    """Something that cannot be done; the text says why."""


class People:
    """Everybody but the provisioner. Every method takes the world's lock."""

    def __init__(self, github: GitHubWorld) -> None:
        self.github = github

    def open_pull_request(
        self,
        title: str,
        author: str,
        files: Files,
        *,
        start: Literal["fork", "branch"] = "fork",
        branch: str | None = None,
        into: str | None = None,
        body: str | None = None,
        check: str = "success",
    ) -> Payload:
        """Open one from the author's fork or from a branch of the network's repository.

        `branch` may be there already if no `files` are added to it; `into` is the default
        branch unless told otherwise. `check` is how the check run ends. Gives `number`,
        `head_sha`, `head_branch`, `head_repository` and the `events` `pull_request` and
        `workflow_run`.
        """
        github = self.github
        with github.world.lock:
            person = github.accounts.person(author)
            base = github.network_repository()
            head = self._start(base, person, start)
            name = branch or self._free_branch(head, title)
            tip = base.git.head(base.default_branch)
            if tip is None:
                raise ControlError(f"{base.full_name} has no commit yet")
            if files:
                if head.git.head(name) is not None:
                    raise ControlError(f"{head.full_name} has a branch {name} already")
                github.repositories.move(head, name, tip)
                github.repositories.commit_files(head, name, _bytes(files), title, person)
            elif head.git.head(name) is None:
                raise ControlError(f"{head.full_name} has no branch {name}")
            pull = github.pulls.open(base, head, name, person, title, body, into)
            return self._happened(pull, "opened", check)

    def push_to_pull_request(
        self, number: int, files: Files, message: str = "Fix it", check: str = "success"
    ) -> Payload:
        """Add a commit to the pull request's branch; gives what opening it gave."""
        with self.github.world.lock:
            pull = self.pull(number)
            if pull.head_repository is None or pull.issue.state != "open":
                raise ControlError(f"pull request {number} cannot be added to")
            before = pull.head_sha
            self.github.repositories.commit_files(
                pull.head_repository,
                pull.head_branch,
                _bytes(files),
                message,
                pull.issue.author,
            )
            return self._happened(pull, "synchronize", check, before)

    def merge_pull_request(
        self, number: int, method: Method = "merge", merger: str = MAINTAINER
    ) -> Payload:
        """Merge it; gives `merge_commit_sha` and the events `push` and `pull_request`."""
        github = self.github
        with github.world.lock:
            pull, person = self.pull(number), github.accounts.person(merger)
            before = pull.repository.git.head(pull.base_branch)
            try:
                sha = github.merging.merge(pull, method, person)
            except CannotMerge as error:
                raise ControlError(str(error)) from None
            push = push_event(github, pull.repository, pull.base_branch, before, sha, person)
            closed = pull_request_event(github, pull, "closed", person)
            return {"merge_commit_sha": sha, "events": {"push": push, "pull_request": closed}}

    def close_pull_request(self, number: int, by: str = MAINTAINER) -> Payload:
        """Close it without merging."""
        with self.github.world.lock:
            pull, person = self.pull(number), self.github.accounts.person(by)
            self.github.issues.close(pull.issue, person)
            event = pull_request_event(self.github, pull, "closed", person)
            return {"number": number, "events": {"pull_request": event}}

    def comment(self, number: int, author: str, body: str) -> Payload:
        """Say something on an issue or a pull request of the network's repository."""
        with self.github.world.lock:
            repository = self.github.network_repository()
            issue = self.github.issues.find(repository, number)
            if issue is None:
                raise ControlError(f"there is no issue or pull request {number}")
            person = self.github.accounts.person(author)
            return {"id": self.github.issues.comment(issue, person, body).id}

    def delete_comment(self, comment_id: int) -> None:
        """Take back what somebody said in the network's repository."""
        with self.github.world.lock:
            repository = self.github.network_repository()
            comment = self.github.issues.find_comment(repository, comment_id)
            if comment is None:
                raise ControlError(f"there is no comment {comment_id}")
            self.github.issues.delete_comment(comment)

    def push(
        self,
        files: Files,
        *,
        repository: str | None = None,
        branch: str | None = None,
        message: str = "Change files",
        author: str = MAINTAINER,
    ) -> Payload:
        """Commit to a branch, the network's default one unless told otherwise.

        Gives `sha` and the event `push`.
        """
        with self.github.world.lock:
            target = self.repository(repository or self.github.network)
            name = branch or target.default_branch
            person = self.github.accounts.person(author)
            before = target.git.head(name)
            if before is None and target.git.branches():
                raise ControlError(f"{target.full_name} has no branch {name}")
            sha = self.github.repositories.commit_files(
                target, name, _bytes(files), message, person
            )
            event = push_event(self.github, target, name, before, sha, person)
            return {"sha": sha, "events": {"push": event}}

    def pull(self, number: int) -> PullRequest:
        found = self.github.pulls.find(self.github.network_repository(), number)
        if found is None:
            raise ControlError(f"there is no pull request {number}")
        return found

    def repository(self, full_name: str) -> Repository:
        found = self.github.repositories.find(full_name)
        if found is None:
            raise ControlError(f"there is no repository {full_name}")
        return found

    def _start(self, base: Repository, person: Account, start: str) -> Repository:
        """Where a pull request's branch lives. A person's fork can be read at once."""
        if start == "branch":
            return base
        fork = self.github.copies.fork(base, person, person)
        fork.readable_at = min(fork.readable_at, self.github.world.clock.now())
        return fork

    def _free_branch(self, head: Repository, title: str) -> str:
        slug = re.sub(r"[^a-z0-9]+", "-", title.lower()).strip("-")[:40] or "patch"
        name, number = slug, 1
        while head.git.head(name) is not None:
            number += 1
            name = f"{slug}-{number}"
        return name

    def _happened(
        self, pull: PullRequest, action: str, check: str, before: str | None = None
    ) -> Payload:
        author = pull.issue.author
        run = self._check_run(pull, check)
        return {
            "number": pull.number,
            "head_sha": pull.head_sha,
            "head_branch": pull.head_branch,
            "head_repository": (pull.head_repository or pull.repository).full_name,
            "run_id": run.id,
            "events": {
                "pull_request": pull_request_event(self.github, pull, action, author, before),
                "workflow_run": workflow_run_event(self.github, run),
            },
        }

    def _check_run(self, pull: PullRequest, conclusion: str) -> ActionsRun:
        """The finished run of the check that the pull request's commit set off."""
        run = self.github.start_run(
            pull.repository,
            CHECK,
            "pull_request",
            pull.head_branch,
            pull.head_sha,
            pull.issue.author,
            pull.head_repository,
        )
        run.pull_requests = [pull]
        run.status, run.conclusion = "completed", conclusion
        return run


def _bytes(files: Files) -> dict[str, Content]:
    return {
        path: content.encode() if isinstance(content, str) else content
        for path, content in files.items()
    }
