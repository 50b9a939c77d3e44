"""Asks once more at the door: did the change that makes a hub due pass our own check? Looks only.

Anybody's pull request can have a job that is *named* like our commit status, and then GitHub may
let it be merged without ours (docs.github.com: troubleshooting required status checks). Only who
may write to the repository can make a status, so its `success` is proof. A commit that came by no
pull request was pushed by somebody who may write, and is trusted.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property

from provisioner.github.changes import FOLDER, folder_of
from provisioner.github.network_repository import NetworkRepository
from provisioner.github.origin import pull_request_in
from provisioner.github.trees import Trees
from provisioner.models.remote import Commit, PullRequest, TreeEntry

STATUS = "provisioner/check"
LAG = timedelta(minutes=10)
"""For so long GitHub may not know yet which pull request brought a commit."""


@dataclass(frozen=True)
class Applied:
    """What was applied last of a hub: the file's id in git, and the commit that brought it."""

    blob: str = ""
    commit: str | None = None


@dataclass(frozen=True)
class Door:
    """`branch` is the default branch; `now` the time of the question."""

    network: NetworkRepository
    trees: Trees
    branch: str
    now: datetime

    def why_held(self, hub: str, applied: Applied) -> str:
        """Why a change of the hub's file must not be applied by itself; empty when it may.

        `applied` is what was applied last, as the journal has it. A file that is the same as then
        has not changed, whatever makes the hub due.
        """
        name = f"{hub}.yaml"
        present = self._present.get(name)
        if present is not None and present.sha == applied.blob:
            return ""
        found = self.network.last_change(f"{FOLDER}/{name}")
        if found is None:
            return ""
        if self._is_older(found.sha, applied.commit):
            return (
                "its file is back at a state from before the one that was applied last, and no "
                "new commit says so"
            )
        return self._unproved(found, name)

    @cached_property
    def _present(self) -> dict[str, TreeEntry]:
        return folder_of(self.trees, self.trees.tree(self.branch))

    def _file(self, commit: str, name: str) -> TreeEntry | None:
        return folder_of(self.trees, self.trees.tree(commit)).get(name)

    def _is_older(self, sha: str, applied: str | None) -> bool:
        """A merge can be arranged so that an old commit is the newest one to touch a file."""
        if applied is None or sha == applied:
            return False
        return self.trees.comparison(applied, sha).merge_base == sha

    def _unproved(self, found: Commit, name: str) -> str:
        merged = self._merged(found)
        if not merged and self._moved_just_now:
            return "GitHub does not tell yet how the change came in; the next run asks again"
        lacking = (self._lacking(pull, found, name) for pull in merged)
        return next(filter(None, lacking), "")

    @cached_property
    def _moved_just_now(self) -> bool:
        """By the branch's newest commit, which a merge dates: the date within a proposed commit is
        whatever its author wrote."""
        newest = self.network.newest_commit()
        return newest is None or self.now - newest.committed_at < LAG

    def _merged(self, found: Commit) -> list[PullRequest]:
        number = pull_request_in(found.message)
        named = self.network.pull_request(number) if number is not None else None
        if named and named.merge_commit == found.sha:
            return self._into_the_branch([named])
        return self._into_the_branch(self.network.pull_requests_of(found.sha))

    def _into_the_branch(self, found: Iterable[PullRequest]) -> list[PullRequest]:
        return [item for item in found if item.merged and item.base_branch == self.branch]

    def _lacking(self, pull: PullRequest, found: Commit, name: str) -> str:
        state = self.network.status(pull.head_sha, STATUS)
        if state == "success":
            return self._other_than_judged(pull, found, name)
        said = f"says {state}" if state else "is missing"
        return f"pull request {pull.number} was merged although the status {STATUS} {said}"

    def _other_than_judged(self, pull: PullRequest, found: Commit, name: str) -> str:
        """A rebase leaves out merge commits, and so what these took back; a merge may mix two
        changes of the file. A merge queue's own commit was judged as it came in."""
        if self._file(pull.head_sha, name) == self._present.get(name):
            return ""
        if found.sha == pull.merge_commit and self.network.status(found.sha, STATUS) == "success":
            return ""
        return f"its file is not as pull request {pull.number} had it when {STATUS} judged it"
