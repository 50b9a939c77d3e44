"""Our own sentences that hold foreign words, as Markdown: messages and hints of steps and errors.

`code` in backticks becomes code; an address of a service we send people to
becomes a link; any other address becomes code, to copy and not to touch.
Everything between is foreign and does nothing (`safetext`).
"""

import re

from provisioner.hosting.registry import HOSTS
from provisioner.safetext import (
    markdown,
    markdown_link,
    markdown_table_cell,
    shorten,
    side_by_side,
    terminal,
)

_PART = re.compile(r"(`[^`\n]+`|https?://[^\s<>\"'`]*[^\s<>\"'`.,;:!?)\]])")
_HOSTS_PAGES = "".join(f"{kind.pages}|" for kind in HOSTS.values())
_OUR_PAGES = re.compile(
    r"(?!.*\.\.)https://(?:github\.com/(?:apps|settings|organizations)/|"
    rf"{_HOSTS_PAGES}t\.me/BotFather\b)"
    r"[\w./?=&#-]*",  # no `..` nor `%2e`, which would lead out of these pages
    re.ASCII,
)


def prose(text: str, limit: int = 1000) -> str:
    """One line of Markdown, fit for a table cell; not for `<summary>`."""
    line = shorten(" ".join(terminal(text).split()), limit)
    return side_by_side(_written(part) for part in _PART.split(line))


def _written(part: str) -> str:
    if part.startswith("`") and part.endswith("`") and len(part) > 2:
        return markdown_table_cell(part[1:-1], len(part), code=True)
    if _OUR_PAGES.fullmatch(part):
        return markdown_link(part.removeprefix("https://"), part)
    if part.startswith(("http://", "https://")):
        return markdown_table_cell(part, len(part), code=True)
    return _spaced(part)


def _spaced(part: str) -> str:
    """`markdown` trims its text; between two parts the space belongs to the sentence."""
    before, after = part[:1] == " ", part[-1:] == " " and part != " "
    return f"{' ' * before}{markdown(part, len(part))}{' ' * after}"
