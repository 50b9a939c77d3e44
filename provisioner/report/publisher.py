"""Keeps one comment a pull request and hub up to date; edits in place, at a bounded pace.

The comment is found by hidden marker *and* author, so that nobody can have
ours replaced or make us edit theirs. Drives the conversation handed in.
"""

import logging
from collections.abc import Callable, Mapping
from datetime import timedelta

from provisioner.clock import Clock
from provisioner.engine.recorder import Pacer
from provisioner.engine.retry import Retrier
from provisioner.errors import ProvisionerError, RemoteError
from provisioner.github.network_repository import Conversation
from provisioner.models.remote import Comment
from provisioner.models.run import Run, RunState
from provisioner.report.marker import find_marker
from provisioner.safetext import Shown

INTERVAL = timedelta(seconds=8)
MOST_INTERVAL = timedelta(minutes=2)

log = logging.getLogger(__name__)


class HubComment:
    """The one comment of a hub on a pull request. Safe to repeat: writes only what differs."""

    def __init__(
        self,
        conversation: Conversation,
        retrier: Retrier,
        number: int,
        hub: str,
        listed: Mapping[str, Comment] | None = None,
    ) -> None:
        """`listed`: our comments of a moment ago, so that the first look need not list them."""
        self._listed = listed
        self._conversation = conversation
        self._retrier = retrier
        self._number = number
        self._hub = hub
        self._known: Comment | None = None

    def show(self, body: Shown) -> None:
        """Make the comment say `body`. After a lost answer it looks before it writes again."""
        self._retrier.call(lambda: self._show(body))

    def _show(self, body: Shown) -> None:
        known = self._known or self._find()
        self._known = None  # until the write below is known to have worked
        if known is not None and _text(known.body) != _text(body.text):
            known = self._edited(known, body)
        if known is None:
            known = self._conversation.add_comment(self._number, body)
        self._known = known.model_copy(update={"body": body.text})

    def _edited(self, known: Comment, body: Shown) -> Comment | None:
        """The comment with its new text, or `None` when somebody has deleted it meanwhile."""
        try:
            self._conversation.edit_comment(known.id, body)
        except RemoteError as error:
            if error.status == 404:
                return None
            raise
        return known

    def _find(self) -> Comment | None:
        """What was handed in serves once: after a lost answer only a new look tells."""
        listed, self._listed = self._listed, None
        if listed is None:
            listed = our_comments(self._conversation, self._number)
        return listed.get(self._hub)


def our_comments(conversation: Conversation, number: int) -> dict[str, Comment]:
    """Our comments on a pull request, by the hub that each is about; of several the oldest."""
    marked = [
        (hub, comment)
        for comment in conversation.comments(number)
        if (hub := find_marker(comment.body)) is not None
    ]
    if not marked:
        return {}
    author = conversation.author()
    return {hub: comment for hub, comment in reversed(marked) if comment.author == author}


class CommentPublisher:
    """A listener of a run: shows it on its pull request.

    It never raises, because a run outlives its comment; `trouble` tells.
    """

    def __init__(
        self,
        conversation: Conversation,
        retrier: Retrier,
        clock: Clock,
        render: Callable[[Run], Shown],
    ) -> None:
        self._conversation = conversation
        self._retrier = retrier
        self._render = render
        self._pacer = Pacer(clock, INTERVAL, factor=2.0, most=MOST_INTERVAL)
        self._comment: HubComment | None = None
        self.trouble: ProvisionerError | None = None

    def __call__(self, run: Run) -> None:
        if run.pull_request is None:
            return
        if run.state is RunState.RUNNING and not self._pacer.due():
            return
        if self._comment is None:
            self._comment = HubComment(self._conversation, self._retrier, run.pull_request, run.hub)
        try:
            self._comment.show(self._render(run))
            self.trouble = None
        except ProvisionerError as error:
            self.trouble = error
            log.warning("the comment could not be written: %s", error.message)


def _text(body: str) -> str:
    """GitHub may give a body back with other line ends."""
    return body.replace("\r\n", "\n").strip()
