"""What the reviewer alone can judge, told in the comment before a merge. Only words."""

from collections.abc import Sequence

from provisioner.desired.rules.accounts import NOUNS
from provisioner.models.change import Connection, FirstUse, Neighbour, Review
from provisioner.report.words import listed
from provisioner.safetext import markdown_code

MOST_TOLD = 10
_RELATIONS = {
    "above": "lies above",
    "below": "lies below",
    "beside": "is the same, but for `www.`, as",
}


def review_section(review: Review | None) -> list[str]:
    """Paragraphs of Markdown; none where nothing has to be judged."""
    if review is None or review.is_empty:
        return []
    points = [
        *_former(review),
        *(_first_use(use, review.author) for use in review.first_uses[:MOST_TOLD]),
        *(_neighbour(one) for one in review.neighbours[:MOST_TOLD]),
        *_elsewhere(review.elsewhere),
    ]
    return [
        "#### For the reviewer: what no program can know",
        "\n".join(f"- {point}" for point in points),
    ]


def _former(review: Review) -> list[str]:
    if not review.former_maintainers:
        return []
    whose = listed([markdown_code(login) for login in review.former_maintainers[:MOST_TOLD]])
    return [
        f"There was a hub of this name before; its maintainers were {whose}. Is it theirs that "
        "comes back, or does the network give the name to somebody else?"
    ]


def _first_use(use: FirstUse, author: str) -> str:
    account, who = markdown_code(use.account), markdown_code(author)
    named = f"No hub has named the {NOUNS.get(use.kind, use.kind)} {account} before."
    return f"{named} {_CONNECTIONS[use.author].format(who=who, account=account)}"


_CONNECTIONS = {
    Connection.SAME: "It is the author's own ({who}).",
    Connection.PUBLIC_MEMBER: "The author, {who}, is publicly a member of it.",
    Connection.NOT_SEEN: "GitHub does not show that the author, {who}, belongs to it: ask, before "
    "anything is put there.",
    Connection.UNKNOWN: "Whether the author, {who}, may speak for it cannot be seen: ask, before "
    "anything is put there.",
}


def _neighbour(one: Neighbour) -> str:
    return (
        f"{markdown_code(one.domain)} {_RELATIONS[one.relation]} {markdown_code(one.other)} of the "
        f"hub {markdown_code(one.hub)}. May this hub use it?"
    )


def _elsewhere(names: Sequence[str]) -> list[str]:
    if not names:
        return []
    shown = listed([markdown_code(name) for name in names])
    return [
        f"This pull request also changes, outside the hub files: {shown}. Whoever changes what "
        "runs here could use the network's tokens: read it line by line."
    ]
