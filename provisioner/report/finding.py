"""Finds our comment on a pull request, by hidden marker *and* author. Only reads.

GitHub's lists may be some seconds behind: that one shows no comment of ours is no
proof where one may well be there. Then it is asked for a second time, later.
"""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass

from provisioner.clock import Clock
from provisioner.errors import Interrupted
from provisioner.github.network_repository import Conversation
from provisioner.models.remote import Comment
from provisioner.report.marker import find_marker


@dataclass(frozen=True)
class Lists:
    """By how many seconds lists may be behind, and what to wait by."""

    clock: Clock
    behind: float = 0.0

    def caught_up(self) -> bool:
        """Wait until a list shows what is there now; false where there is nothing to wait for.

        A process that is asked to stop has its comment to write first, and waits no longer.
        """
        if self.behind <= 0:
            return False
        with suppress(Interrupted):
            self.clock.sleep(self.behind)
        return True


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


@dataclass(frozen=True)
class Place:
    """Where a hub's comment stands, and what is known of it before anybody looks.

    `id` is what the journal says, a hint. `listed`: our comments of a moment ago, from a look
    that may be believed. `expected`: one may well be there.
    """

    number: int
    hub: str
    id: int | None = None
    listed: Mapping[str, Comment] | None = None
    expected: bool = False


class Search:
    """Looks for one comment, as often as it is asked."""

    def __init__(self, conversation: Conversation, lists: Lists, place: Place) -> None:
        self._conversation = conversation
        self._lists = lists
        self._place = place
        self._expected = place.expected and place.listed is None
        self._listed = place.listed

    def expect(self) -> None:
        """From now on one may well be there: somebody is about to write it."""
        self._expected = True

    def find(self) -> Comment | None:
        found = self._by_id() or self._in_list()
        if found is None and self._expected and self._lists.caught_up():
            found = self._in_list()
        return found

    def _by_id(self) -> Comment | None:
        """The very comment, unless it is gone or not what the journal says."""
        if self._place.id is None:
            return None
        found = self._conversation.comment(self._place.id)
        if found is None or find_marker(found.body) != self._place.hub:
            return None
        return found if found.author == self._conversation.author() else None

    def _in_list(self) -> Comment | None:
        """What was handed in serves once: after a lost answer only a new look tells."""
        listed, self._listed = self._listed, None
        if listed is None:
            listed = our_comments(self._conversation, self._place.number)
        return listed.get(self._place.hub)
