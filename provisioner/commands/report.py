"""`report --event FILE`: the comment and the commit status of a pull request.

Runs trusted code with a token that may write, about files that anyone may have
written: they are read at one commit, as data, and nothing else of the pull
request is used. The status is for that very commit. It is `success` only when
everything was looked at; whatever goes wrong here makes it `failure`.
"""

import logging
import os
from collections.abc import Callable, Collection, Iterable
from pathlib import Path
from typing import TypeVar

import click

from provisioner.commands.commenting import Comments, NotSaid, say_not_checked
from provisioner.commands.options import HUBS, catalog_of, redactor
from provisioner.commands.reviewing import Reviewer
from provisioner.desired.proposal import Proposal, propose
from provisioner.desired.read.source import read_directory
from provisioner.desired.review import changed_elsewhere
from provisioner.desired.rules.misplaced import candidates, misplaced
from provisioner.engine.journal import Entry
from provisioner.errors import ConfigurationError, ProvisionerError
from provisioner.github.changes import (
    Moved,
    effect_between,
    effect_of_merge,
    effect_of_queued,
    still_there,
)
from provisioner.github.door import STATUS
from provisioner.github.events import (
    MERGE_GROUP,
    PULL_REQUEST,
    CheckedCommit,
    checked_commit,
    queued_pull_request,
)
from provisioner.models.change import MergeEffect, Owners
from provisioner.models.finding import Finding
from provisioner.models.journal import Person
from provisioner.models.remote import ChangedFile, PullRequest
from provisioner.output import echo
from provisioner.process import logging_to_stderr
from provisioner.report.pull_request import (
    not_checked,
)
from provisioner.wiring import Wiring

RESERVE = 300
"""Calls an hour that a report leaves to the jobs that provision: all of the repository's jobs
share 1,000 (docs.github.com: rate limits for the REST API)."""

log = logging.getLogger(__name__)

Result = TypeVar("Result")


@click.command()
@click.option(
    "--event",
    "event",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    required=True,
    help="The event's payload, as Actions names it in GITHUB_EVENT_PATH.",
)
@HUBS
def report(event: Path, directory: Path) -> None:
    """Check a pull request's hub files; write its comments and its commit status."""
    wiring = Wiring(os.environ, redactor=redactor(), reserve=RESERVE)
    commit = checked_commit(event.read_text(encoding="utf-8"))
    with logging_to_stderr(wiring.redactor):
        echo(wiring.redactor.line(Report(wiring, directory).about(commit)))


class Report:
    """Writes comments and one commit status. Safe to repeat: it edits in place."""

    def __init__(self, wiring: Wiring, directory: Path) -> None:
        self._wiring = wiring
        self._network = wiring.network
        self._retrier = wiring.retrier
        self._directory = directory
        self._entries: dict[str, Entry] = {}

    def about(self, commit: CheckedCommit) -> str:
        """What was done, in a line.

        Raises what went wrong, after the commit got a status that keeps it from being merged.
        """
        if commit.kind not in (MERGE_GROUP, PULL_REQUEST):
            return f"Nothing to report: the check ran for a {commit.kind}."
        try:
            return self._judged(commit)
        except Moved as moved:
            return self._status(commit.head_sha, "pending", f"{moved}; see its newest commit.")
        except Exception:
            self._say_not_checked(commit.head_sha)
            raise

    def _judged(self, commit: CheckedCommit) -> str:
        branch = self._call(self._network.default_branch)
        if branch is None:
            raise ConfigurationError(
                f"GitHub shows no repository {self._wiring.repository}",
                "Check GITHUB_REPOSITORY and that GITHUB_TOKEN may read it.",
            )
        if commit.kind == MERGE_GROUP:
            return self._merge_group(commit, branch)
        pull = self._find(commit, branch)
        if pull is None:
            return (
                f"Nothing to report: no open pull request into {branch} has this commit as its "
                "newest."
            )
        try:
            return self._pull_request(pull, branch, self._is_first(commit, pull))
        except (Moved, NotSaid):
            raise
        except Exception as error:
            self._comment_not_checked(pull, error)
            raise

    def _find(self, commit: CheckedCommit, branch: str) -> PullRequest | None:
        """By head repository, branch and commit; an event's own list of numbers proves nothing.

        Only into the default branch: elsewhere other files may be in order.
        """
        found = self._call(
            lambda: self._network.open_pull_requests_from(
                commit.head_owner, commit.head_branch, branch
            )
        )
        return next(
            (
                item
                for item in found
                if item.head_sha == commit.head_sha
                and item.base_branch == branch
                and (item.head_repository or "").lower() == commit.head_repository.lower()
            ),
            None,
        )

    def _is_first(self, commit: CheckedCommit, pull: PullRequest) -> bool:
        """Whether no earlier report can have said anything on the pull request."""
        again = self._wiring.environ.get("GITHUB_RUN_ATTEMPT", "1") != "1"
        return not again and commit.comes_first(pull.opened_at)

    def _pull_request(self, pull: PullRequest, branch: str, first: bool) -> str:
        trees = self._wiring.trees
        effect = self._call(lambda: effect_of_merge(self._network, trees, branch, pull))
        author = Person(login=pull.author, id=pull.author_id)
        listed = self._listed(pull, effect)
        proposal = self._proposal(effect, author, self._misplaced(listed))
        if not self._call(lambda: still_there(self._network, branch, pull)):
            raise Moved
        reviewer = Reviewer(self._network, self._retrier, changed_elsewhere(effect, listed))
        Comments(self._wiring, pull, proposal, reviewer, self._journal_of, first).write()
        return self._outcome(pull.head_sha, proposal)

    def _merge_group(self, commit: CheckedCommit, branch: str) -> str:
        """A merge queue asks for the status of a commit of its own; nobody reads comments there.

        Whose the hubs are may have changed since the pull request was judged.
        """
        trees, sha = self._wiring.trees, commit.head_sha
        queued = queued_pull_request(commit.head_branch)
        pull = self._call(lambda: self._network.pull_request(queued.number))
        if pull is None:
            raise ProvisionerError(
                f"GitHub shows no pull request {queued.number}", "Put it into the queue again."
            )
        effect = self._call(lambda: effect_of_queued(trees, branch, sha))
        own = self._call(lambda: effect_between(trees, queued.base_sha, sha)).changed
        author = Person(login=pull.author, id=pull.author_id)
        return self._outcome(sha, self._proposal(effect, author, (), own))

    def _proposal(
        self,
        effect: MergeEffect,
        author: Person,
        general: Iterable[Finding],
        authored: Collection[str] | None = None,
    ) -> Proposal:
        def fetch(sha: str) -> bytes:
            return self._call(lambda: self._wiring.trees.blob(sha))

        base = read_directory(self._directory)
        catalog = catalog_of(self._wiring.environ)
        return propose(base, effect, fetch, author, self._owners, catalog, general, authored)

    def _journal_of(self, hub: str) -> Entry:
        """Read once, however many ask: each read is one of the hour's calls."""
        if hub not in self._entries:
            self._entries[hub] = self._wiring.journal.read(hub)
        return self._entries[hub]

    def _owners(self, hub: str) -> Owners:
        """Whose hub the journal says it is. One that cannot be understood names nobody."""
        entry = self._journal_of(hub)
        if entry.journal is None:
            return Owners(known=entry.version is not None)
        return Owners(
            known=True,
            recorded=entry.journal.maintainers,
            recorded_network=entry.journal.network_maintainers,
        )

    def _listed(self, pull: PullRequest, effect: MergeEffect) -> list[ChangedFile]:
        """The first files by name, where anything outside the hubs' folder is changed."""
        if not effect.elsewhere:
            return []
        return self._call(lambda: self._network.changed_files(pull.number))

    def _misplaced(self, listed: Iterable[ChangedFile]) -> list[Finding]:
        """Hub files outside their folder."""
        return [
            finding
            for file in candidates(listed)
            if (finding := misplaced(file.path, self._fetched(file.sha)))
        ]

    def _fetched(self, sha: str) -> bytes:
        """What cannot be had, such as a submodule or a very large file, is no hub file: this helps
        people and guards nothing, so it stops nothing either."""
        try:
            return self._call(lambda: self._wiring.trees.blob(sha))
        except ProvisionerError:
            return b""

    def _outcome(self, sha: str, proposal: Proposal) -> str:
        return self._status(sha, "failure" if proposal.errors else "success", proposal.outcome)

    def _status(self, sha: str, state: str, description: str) -> str:
        url = self._wiring.actions_run_url or ""
        shown = self._wiring.redactor.line(description, 140)
        self._call(lambda: self._network.set_status(sha, state, shown, STATUS, url))
        return f"{state}: {description}"

    def _comment_not_checked(self, pull: PullRequest, error: Exception) -> None:
        """Never raises: what went wrong first is what has to be told."""
        reason = "there is a bug in the provisioner; the job's log has it"
        if isinstance(error, ProvisionerError):
            reason = error.message
        try:
            say_not_checked(self._wiring, pull, reason)
        except Exception:
            log.exception("that it could not be checked could not be written either")

    def _say_not_checked(self, sha: str) -> None:
        """Never raises: what went wrong first is what has to be told."""
        try:
            self._status(sha, "failure", not_checked())
        except Exception:
            log.exception("the status could not be written either")

    def _call(self, observe: Callable[[], Result]) -> Result:
        return self._retrier.call(observe)
