"""`report --event FILE`: the comment and the commit status of a pull request.

Runs trusted code with a token that may write, about files that anyone may have
written: they are fetched at one commit, read as data, and nothing else of the
pull request is used.
"""

import os
from collections.abc import Sequence
from pathlib import Path

import click

from provisioner.commands.options import HUBS, catalog_of, redactor
from provisioner.commands.plan import Candidate, plan_hubs
from provisioner.commands.proposal import JudgedFile, Proposal, propose
from provisioner.desired.source import read_directory
from provisioner.errors import ConfigurationError, ProvisionerError
from provisioner.github.events import MERGE_GROUP, PULL_REQUEST, CheckedCommit, checked_commit
from provisioner.models.plan import HubPlan
from provisioner.models.remote import ChangedFile, PullRequest
from provisioner.output import echo
from provisioner.report.links import Links
from provisioner.report.marker import marker_id
from provisioner.report.publisher import HubComment, commented_hubs
from provisioner.report.pull_request import CheckedFile, no_longer_changed, render_pull_request
from provisioner.wiring import Wiring

STATUS = "provisioner/check"
MOST_COMMENTS = 25
FOR_LOOKING = ("PROVISIONER_GITHUB_TOKEN", "VERCEL_TOKEN")


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
    wiring = Wiring(os.environ, redactor=redactor())
    commit = checked_commit(event.read_text(encoding="utf-8"))
    echo(wiring.redactor.line(Report(wiring, directory).about(commit)))


class Report:
    """Writes comments and one commit status. Safe to repeat: it edits in place."""

    def __init__(self, wiring: Wiring, directory: Path) -> None:
        self._wiring = wiring
        self._network = wiring.network
        self._retrier = wiring.retrier
        self._directory = directory

    def about(self, commit: CheckedCommit) -> str:
        """What was done, in a line."""
        if commit.kind == MERGE_GROUP:
            return self._merge_group(commit)
        if commit.kind != PULL_REQUEST:
            return f"Nothing to report: the check ran for a {commit.kind}."
        pull_request = self._find(commit)
        if pull_request is None:
            return "Nothing to report: no open pull request has this commit as its newest."
        return self._pull_request(pull_request)

    def _find(self, commit: CheckedCommit) -> PullRequest | None:
        """By head repository, branch and commit; an event's own list of numbers proves nothing."""
        found = self._retrier.call(
            lambda: self._network.open_pull_requests_from(commit.head_owner, commit.head_branch)
        )
        return next(
            (
                item
                for item in found
                if item.head_sha == commit.head_sha
                and (item.head_repository or "").lower() == commit.head_repository.lower()
            ),
            None,
        )

    def _pull_request(self, pull_request: PullRequest) -> str:
        changed = self._retrier.call(lambda: self._network.changed_files(pull_request.number))
        proposal = self._proposal(changed, pull_request.head_sha, pull_request.author)
        for file in proposal.files[:MOST_COMMENTS]:
            self._comment(pull_request, file, proposal)
        self._close_stale(pull_request, proposal)
        return self._status(pull_request.head_sha, proposal)

    def _merge_group(self, commit: CheckedCommit) -> str:
        """A merge queue asks for the status of a commit of its own; nobody reads comments there."""
        base = self._retrier.call(self._network.default_branch)
        changed = self._retrier.call(
            lambda: self._network.changed_between(base or "", commit.head_sha)
        )
        return self._status(commit.head_sha, self._proposal(changed, commit.head_sha, None))

    def _proposal(self, changed: Sequence[ChangedFile], sha: str, author: str | None) -> Proposal:
        def fetch(path: str) -> bytes | None:
            return self._retrier.call(lambda: self._network.file_at(path, sha))

        catalog = catalog_of(self._wiring.environ)
        return propose(read_directory(self._directory), changed, fetch, author, catalog)

    def _comment(self, pull_request: PullRequest, file: JudgedFile, proposal: Proposal) -> None:
        plan, reason = self._plan(file, proposal)
        proposed = CheckedFile(
            hub=marker_id(file.hub),
            path=file.path,
            commit=pull_request.head_sha,
            findings=file.findings,
            source=file.lines,
        )
        body = render_pull_request(
            proposed, plan, Links(self._wiring.repository_url), not_planned=reason
        )
        self._show(pull_request.number, proposed.hub, body)

    def _plan(self, file: JudgedFile, proposal: Proposal) -> tuple[HubPlan | None, str]:
        """What a merge would do, or why that could not be seen.

        Tokens for it are the network's choice: without them nobody looks, and nothing failed.
        """
        if file.errors or not all(self._wiring.environ.get(name) for name in FOR_LOOKING):
            return None, ""
        try:
            entry = self._wiring.journal.read(file.hub)
            reason = "the pull request changes its file"
            candidate = Candidate(file.hub, entry, reason)
            return plan_hubs(self._wiring, proposal.desired, [candidate])[0], ""
        except (ConfigurationError, ProvisionerError) as error:
            return None, error.message

    def _close_stale(self, pull_request: PullRequest, proposal: Proposal) -> None:
        """A file that the pull request no longer changes must not go on being called ready."""
        number = pull_request.number
        commented = self._retrier.call(lambda: commented_hubs(self._network, number))
        for hub in commented - {marker_id(file.hub) for file in proposal.files}:
            self._show(number, hub, no_longer_changed(hub))

    def _show(self, number: int, hub: str, body: str) -> None:
        comment = HubComment(self._network, self._retrier, number, hub)
        comment.show(self._wiring.redactor.markdown(body))

    def _status(self, sha: str, proposal: Proposal) -> str:
        state = "failure" if proposal.errors else "success"
        url = self._wiring.actions_run_url or ""
        description = self._wiring.redactor.line(proposal.outcome, 140)
        self._retrier.call(lambda: self._network.set_status(sha, state, description, STATUS, url))
        return f"{state}: {proposal.outcome}"
