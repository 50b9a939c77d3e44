"""Shows our own Markdown on a console as GitHub's page would: also tables and what folds away.

Knows the little HTML that the reports contain; any other is left out.
"""

import re
from collections.abc import Iterable, Iterator

from markdown_it import MarkdownIt
from markdown_it.token import Token
from rich.console import Console, JustifyMethod
from rich.markdown import Markdown, TableDataElement

from provisioner.safetext import terminal

_SUMMARY = re.compile(r"<summary>(.*?)</summary>", re.DOTALL)
_BREAKS = frozenset({"<br>", "<br/>"})


class _Cell(TableDataElement):
    """A cell that is folded and never cut: people copy DNS entries from it."""

    def __init__(self, justify: JustifyMethod) -> None:
        super().__init__(justify)
        self.content.overflow = "fold"


class _Page(Markdown):
    elements = {**Markdown.elements, "td_open": _Cell, "th_open": _Cell}


def render_markdown(console: Console, text: str) -> None:
    """Print the text readably. The hidden marker is not shown, folded parts are shown open."""
    page = _Page(text, code_theme="ansi_dark", hyperlinks=console.is_terminal)
    page.parsed = list(_readable(page.parsed))
    console.print(page)


def _readable(tokens: Iterable[Token]) -> Iterator[Token]:
    for token in tokens:
        if token.type == "html_block":
            for summary in _SUMMARY.findall(token.content):
                yield from _paragraph(f"▾ {summary}")
        else:
            yield _cleaned(token)


def _paragraph(source: str) -> Iterator[Token]:
    yield Token("paragraph_open", "p", 1)
    for token in MarkdownIt().parseInline(source):
        yield _cleaned(token)
    yield Token("paragraph_close", "p", -1)


def _cleaned(token: Token) -> Token:
    """Escaped text comes out as it was meant, and still cannot move the cursor."""
    token.content = terminal(token.content)
    token.children = [_inline(child) for child in token.children] if token.children else None
    return token


def _inline(token: Token) -> Token:
    if token.type != "html_inline":
        return _cleaned(token)
    if token.content in _BREAKS:
        return Token("hardbreak", "br", 0)
    if token.content == "<b>":
        return Token("strong_open", "strong", 1)
    if token.content == "</b>":
        return Token("strong_close", "strong", -1)
    return token
