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


_CUTS: tuple[tuple[str, Callable[[Detail], Detail]], ...] = (
    ("most of the build log", lambda detail: replace(detail, log_characters=1000)),
    ("the build log", lambda detail: replace(detail, log_characters=0)),
    ("the steps of finished apps", lambda detail: replace(detail, finished_steps=False)),
    ("the details of steps", lambda detail: replace(detail, step_details=False)),
    ("the steps of all apps", lambda detail: replace(detail, steps=False)),
    ("the ends of long messages", lambda detail: replace(detail, message_characters=200)),
    ("the DNS entries as text", lambda detail: replace(detail, dns_text=False)),
    ("some of the messages", lambda detail: replace(detail, message_characters=60, troubles=5)),
    ("some of the apps", lambda detail: replace(detail, apps=10)),
    *(
        ("some of the DNS entries", lambda detail, most=most: replace(detail, dns_entries=most))
        for most in (200, 100, 50, 25, 12, 6)
    ),
)
"""The least useful part first; each cut is made on top of those before it."""


def fitted(render: Callable[[Detail], str], limit: int, size: Callable[[str], int] = len) -> str:
    """The fullest text that keeps to the limit; the shortest there is if none does.

    A cut that changes nothing is not named among what was left out.
    """
    detail, text = Detail(), render(Detail())
    for name, cut in _CUTS:
        if size(text) <= limit:
            break
        shorter = render(cut(detail))
        if shorter != text:
            detail = replace(cut(detail), left_out=_named(detail.left_out, name))
            text = render(detail)
    return text


def _named(before: tuple[str, ...], name: str) -> tuple[str, ...]:
    """`the build log` takes the place of `most of the build log`."""
    return (*(each for each in before if each != name and not each.endswith(f" {name}")), name)
