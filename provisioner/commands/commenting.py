"""Writes the comments of a pull request before its merge: one a hub file, one about the whole.

Says what others have judged; safe to repeat, for it edits in place.
"""

import logging
from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial

from provisioner.commands.planning import Candidate, plan_hubs
from provisioner.commands.reviewing import Reviewer
from provisioner.desired.judged_file import JudgedFile
from provisioner.desired.proposal import Proposal
from provisioner.engine.journal import Entry
from provisioner.errors import ProvisionerError
from provisioner.hosting.registry import HOSTS
from provisioner.models.plan import HubPlan
from provisioner.models.remote import Comment, PullRequest
from provisioner.report.finding import Place, our_comments
from provisioner.report.links import Links
from provisioner.report.marker import GENERAL, marker_id
from provisioner.report.publisher import HubComment
from provisioner.report.pull_request import (
    Proposed,
    no_longer_changed,
    render_general,
    render_pull_request,
    render_unchecked,
)
from provisioner.wiring import Wiring

MOST_COMMENTS = 25
FOR_OBSERVING = ("PROVISIONER_GITHUB_TOKEN", *(kind.token_name for kind in HOSTS.values()))

log = logging.getLogger(__name__)


class NotSaid(ProvisionerError):
    """All was judged, and not all of it could be written into the pull request."""


class Comments:
    """Everything that one pull request is told."""

    def __init__(
        self,
        wiring: Wiring,
        pull: PullRequest,
        proposal: Proposal,
        reviewer: Reviewer,
        journal_of: Callable[[str], Entry],
        first: bool,
    ) -> None:
        """`first`: nobody can have commented before."""
        self._first = first
        self._listed: Mapping[str, Comment] = {}
        self._journal_of = journal_of
        self._wiring = wiring
        self._pull = pull
        self._proposal = proposal
        self._reviewer = reviewer

    def write(self) -> None:
        """One that breaks keeps no other back. Raises `NotSaid` when one is missing."""
        self._listed = self._all_listed()
        files = self._proposal.files[:MOST_COMMENTS]
        comments: list[Callable[[], None]] = [partial(self._about_file, file) for file in files]
        comments += [self._about_the_whole, self._close_stale]
        missing = [trouble for comment in comments if (trouble := _trouble_of(comment))]
        if missing:
            raise NotSaid(
                f"not every comment could be written: {missing[0]}",
                "Re-run the job: it writes what is missing.",
            )

    def _all_listed(self) -> Mapping[str, Comment]:
        """Our comments. Where one is missing that an earlier report may have written, they are
        listed once more, for all of them."""
        found = self._our_comments()
        if self._first or self._wanted <= found.keys() or not self._wiring.lists.caught_up():
            return found
        return {**self._our_comments(), **found}

    def _our_comments(self) -> dict[str, Comment]:
        network, number = self._wiring.network, self._pull.number
        return self._wiring.retrier.call(lambda: our_comments(network, number))

    @property
    def _wanted(self) -> set[str]:
        """The markers of all that is said this time."""
        wanted = {marker_id(file.hub) for file in self._proposal.files}
        if self._proposal.general or any(file.errors for file in self._proposal.others):
            wanted.add(GENERAL)
        return wanted

    def _about_file(self, file: JudgedFile) -> None:
        plan, reason = self._plan(file)
        review = self._reviewer.review(self._pull, file, self._proposal)
        covered = self._wiring.redactor.covered  # a secret that was cut is no longer found
        judged = replace(file, findings=covered(file.findings))
        proposed = Proposed(judged, self._pull.head_sha, covered(review))
        links = Links(self._wiring.repository_url)
        body = render_pull_request(proposed, covered(plan), links, not_planned=covered(reason))
        self._show(marker_id(file.hub), body)

    def _plan(self, file: JudgedFile) -> tuple[HubPlan | None, str]:
        """What a merge would do, or why that could not be seen.

        Tokens for it are the network's choice: without them nobody looks, and nothing failed.
        """
        if file.errors or not all(self._wiring.environ.get(name) for name in FOR_OBSERVING):
            return None, ""
        try:
            entry = self._journal_of(file.hub)
            candidate = Candidate(file.hub, entry, "the pull request changes its file")
            (plan,) = plan_hubs(self._wiring, self._proposal.after, [candidate])
            return plan, ""
        except ProvisionerError as error:
            return None, error.message

    def _about_the_whole(self) -> None:
        """What is wrong with no single hub's file."""
        files = [(file.path, file.errors) for file in self._proposal.others if file.errors]
        if files or self._proposal.general:
            general, files = self._wiring.redactor.covered((self._proposal.general, files))
            self._show(GENERAL, render_general(general, files))

    def _close_stale(self) -> None:
        """A file that the pull request no longer changes must not go on being called ready."""
        for hub in set(self._listed) - self._wanted:
            self._show(hub, no_longer_changed(hub))

    def _show(self, hub: str, body: str) -> None:
        wiring = self._wiring
        place = Place(self._pull.number, hub, listed=self._listed)
        comment = HubComment(wiring.network, wiring.retrier, wiring.lists, place)
        comment.show(wiring.redactor.markdown(body))


def say_not_checked(wiring: Wiring, pull: PullRequest, reason: str) -> None:
    """Tell the author that nothing can be said yet, and why."""
    place = Place(pull.number, GENERAL, expected=True)
    comment = HubComment(wiring.network, wiring.retrier, wiring.lists, place)
    comment.show(wiring.redactor.markdown(render_unchecked(wiring.redactor.redact(reason))))


def _trouble_of(write: Callable[[], None]) -> str:
    """What kept a comment from being written, in words; empty when it was."""
    try:
        write()
    except ProvisionerError as error:
        log.warning("a comment could not be written: %s", error.message)
        return error.message
    except Exception:
        log.exception("a comment could not be written")
        return "a bug of the provisioner, see the log"
    return ""
