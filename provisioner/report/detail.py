"""How much a report shows, and what goes first when there is too much. Knows no part itself."""

from collections.abc import Callable
from dataclasses import dataclass, replace

EVERYTHING = 1_000_000


@dataclass(frozen=True)
class Detail:
    """How much of each part is shown; `left_out` names what was cut, for the reader."""

    log_characters: int = 6000
    finished_steps: bool = True
    step_details: bool = True
    steps: bool = True
    message_characters: int = 1000
    troubles: int = EVERYTHING
    apps: int = EVERYTHING
    dns_text: bool = True
    dns_entries: int = EVERYTHING
    left_out: tuple[str, ...] = ()


@dataclass(frozen=True)
class _Cut:
    """`name` says what is left out by it; it takes the place of the names it `covers`."""

    name: str
    make: Callable[[Detail], Detail]
    covers: tuple[str, ...] = ()


def _fewer_entries(most: int) -> _Cut:
    return _Cut("some of the DNS entries", lambda detail: replace(detail, dns_entries=most))


_CUTS = (
    _Cut("most of the build log", lambda detail: replace(detail, log_characters=1000)),
    _Cut(
        "the build log",
        lambda detail: replace(detail, log_characters=0),
        ("most of the build log",),
    ),
    _Cut("the steps of finished apps", lambda detail: replace(detail, finished_steps=False)),
    _Cut("the details of steps", lambda detail: replace(detail, step_details=False)),
    _Cut(
        "all steps",
        lambda detail: replace(detail, steps=False),
        ("the steps of finished apps", "the details of steps"),
    ),
    _Cut("the ends of long messages", lambda detail: replace(detail, message_characters=200)),
    _Cut("the DNS entries as text", lambda detail: replace(detail, dns_text=False)),
    _Cut(
        "some of the messages",
        lambda detail: replace(detail, message_characters=60, troubles=5),
        ("the ends of long messages",),
    ),
    _Cut("some of the apps", lambda detail: replace(detail, apps=10)),
    *map(_fewer_entries, (200, 100, 50, 25, 12, 6)),
)
"""The least useful part first; each cut is made on top of those before it."""


def fitted(render: Callable[[Detail], str], limit: int, size: Callable[[str], int] = len) -> str:
    """The fullest text that keeps to the limit; the shortest there is if none does.

    A cut that changes nothing is not named among what was left out.
    """
    detail, text = Detail(), render(Detail())
    for cut in _CUTS:
        if size(text) <= limit:
            break
        if render(cut.make(detail)) != text:
            detail = replace(cut.make(detail), left_out=_cuts_so_far(detail.left_out, cut))
            text = render(detail)
    return text


def _cuts_so_far(before: tuple[str, ...], cut: _Cut) -> tuple[str, ...]:
    return (*(name for name in before if name not in (cut.name, *cut.covers)), cut.name)
