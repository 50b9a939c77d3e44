"""Keeps one comment a pull request and hub up to date; edits in place, at a bounded pace.

The comment is found by `finding`, so that nobody can have ours replaced or make
us edit theirs. Drives the conversation handed in.
"""

import logging
from collections.abc import Callable
from datetime import timedelta

from provisioner.engine.bugs import foreseen
from provisioner.engine.recorder import Pacer
from provisioner.engine.retry import Retrier
from provisioner.errors import ProvisionerError, RemoteError
from provisioner.github.network_repository import Conversation
from provisioner.models.remote import Comment
from provisioner.models.run import Run, RunState
from provisioner.redaction import Shown
from provisioner.report.finding import Lists, Place, Search

INTERVAL = timedelta(seconds=8)
MOST_INTERVAL = timedelta(minutes=2)

log = logging.getLogger(__name__)


class HubComment:
    """The one comment of a hub on a pull request. Safe to repeat: writes only what differs."""

    def __init__(
        self, conversation: Conversation, retrier: Retrier, lists: Lists, place: Place
    ) -> None:
        self._conversation = conversation
        self._retrier = retrier
        self._number = place.number
        self._search = Search(conversation, lists, place)
        self._known: Comment | None = None
        self._sought = False

    def locate(self) -> int | None:
        """The comment's number, if it is there. Looks once; what is shown next rests on it."""
        if self._known is None and not self._sought:
            self._known = self._retrier.call(self._search.find)
            self._sought = True
        return self._known.id if self._known else None

    def show(self, body: Shown) -> None:
        """Make the comment say `body`. After a lost answer it looks before it writes again."""
        self._retrier.call(lambda: self._show(body))

    def _show(self, body: Shown) -> None:
        known = self._known if self._known or self._sought else self._search.find()
        self._known, self._sought = None, False  # until the write below is known to have worked
        if known is not None and _text(known.body) != _text(body.text):
            known = self._edited(known, body)
        if known is None:
            known = self._added(body)
        self._known = known.model_copy(update={"body": body.text})

    def _added(self, body: Shown) -> Comment:
        self._search.expect()
        return self._conversation.add_comment(self._number, body)

    def _edited(self, known: Comment, body: Shown) -> Comment | None:
        """The comment with its new text, or `None` when somebody has deleted it meanwhile."""
        try:
            self._conversation.edit_comment(known.id, body)
        except RemoteError as error:
            if error.status == 404:
                return None
            raise
        return known


class CommentPublisher:
    """A listener of a run: shows it on its pull request.

    It never raises, because a run outlives its comment; `trouble` tells. A comment is expected
    to be there: the report has written one before the merge. `before` is the hub's last run.
    """

    def __init__(
        self,
        conversation: Conversation,
        retrier: Retrier,
        lists: Lists,
        render: Callable[[Run], Shown],
        before: Run | None = None,
    ) -> None:
        self._conversation = conversation
        self._retrier = retrier
        self._lists = lists
        self._before = before
        self._render = render
        self._pacer = Pacer(lists.clock, INTERVAL, factor=2.0, most=MOST_INTERVAL)
        self._comment: HubComment | None = None
        self.trouble: ProvisionerError | None = None

    def __call__(self, run: Run) -> None:
        if run.pull_request is None:
            return
        if run.state is RunState.RUNNING and not self._pacer.due():
            return
        try:
            self._comment_of(run.pull_request, run.hub).show(self._render(run))
            self.trouble = None
        except ProvisionerError as error:
            self.trouble = error
            log.warning("the comment could not be written: %s", error.message)

    def with_comment(self, run: Run) -> Run:
        """The run with the number of its comment, for the journal, and how often in a row that
        could not be written. Looks where it must.
        """
        untold = run.untold + 1 if self.trouble is not None else 0
        return run.model_copy(update={"comment": self._located(run), "untold": untold})

    def _located(self, run: Run) -> int | None:
        number = run.pull_request
        if number is None:
            return None
        try:
            return foreseen(lambda: self._comment_of(number, run.hub).locate())
        except ProvisionerError as error:
            log.warning("the comment could not be looked for: %s", error.message)
            return self._hint(number)

    def _comment_of(self, number: int, hub: str) -> HubComment:
        if self._comment is None:
            place = Place(number, hub, self._hint(number), expected=True)
            self._comment = HubComment(self._conversation, self._retrier, self._lists, place)
        return self._comment

    def _hint(self, number: int) -> int | None:
        """What the journal says, where that was about this pull request."""
        before = self._before
        return before.comment if before is not None and before.pull_request == number else None


def _text(body: str) -> str:
    """GitHub may give a body back with other line ends."""
    return body.replace("\r\n", "\n").strip()
