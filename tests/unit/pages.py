"""The repository's Markdown pages as data: sections, tables, code blocks, links. Judges nothing."""

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from markdown_it import MarkdownIt
from markdown_it.token import Token

ROOT = Path(__file__).resolve().parents[2]
_NOT_OURS = {"__pycache__", "build", "dist"}
_HIDDEN_BUT_OURS = {".github", ".ci"}


def files() -> Iterator[Path]:
    """Every file of the tree that is not made by a tool."""
    for folder, folders, names in os.walk(ROOT):
        folders[:] = [name for name in folders if _is_ours(name)]
        yield from (Path(folder, name) for name in names)


def _is_ours(folder: str) -> bool:
    hidden = folder.startswith(".") and folder not in _HIDDEN_BUT_OURS
    return not hidden and folder not in _NOT_OURS and not folder.endswith(".egg-info")


@dataclass(frozen=True)
class Page:
    """One page. Headings are named by their text."""

    path: Path

    @cached_property
    def text(self) -> str:
        return self.path.read_text(encoding="utf-8")

    @cached_property
    def tokens(self) -> list[Token]:
        return MarkdownIt("commonmark").enable("table").parse(self.text)

    def section(self, heading: str) -> list[Token]:
        """Everything below a heading, up to the next one of any level."""
        at = next(
            index
            for index, token in enumerate(self.tokens)
            if token.type == "heading_open" and self.tokens[index + 1].content == heading
        )
        ends = (i for i in range(at + 3, len(self.tokens)) if self.tokens[i].type == "heading_open")
        return self.tokens[at + 3 : next(ends, len(self.tokens))]

    def tables(self, heading: str) -> list[list[list[str]]]:
        """The tables of a section: rows of cells as they are written, without the first row."""
        tables: list[list[list[str]]] = []
        for token, following in zip(self.section(heading), self.section(heading)[1:], strict=False):
            if token.type == "table_open":
                tables.append([])
            elif token.type == "tr_open":
                tables[-1].append([])
            elif token.type in ("td_open", "th_open"):
                tables[-1][-1].append(following.content)
        return [table[1:] for table in tables]

    def block(self, heading: str) -> str:
        """The first code block of a section."""
        return next(token.content for token in self.section(heading) if token.type == "fence")

    @cached_property
    def anchors(self) -> set[str]:
        """The names of headings as GitHub makes them."""
        return {re.sub(r"[^\w -]", "", text.lower()).replace(" ", "-") for text in self.headings}

    @cached_property
    def links(self) -> list[str]:
        """Where links and pictures lead."""
        inline = [child for token in self.tokens for child in token.children or ()]
        found = [str(child.attrs.get("href") or child.attrs.get("src")) for child in inline]
        html = "".join(token.content for token in (*self.tokens, *inline) if "html" in token.type)
        return [
            *(link for link in found if link != "None"),
            *re.findall(r'(?:src|href)="([^"]+)"', html),
        ]

    @cached_property
    def headings(self) -> list[str]:
        return [
            following.content
            for token, following in zip(self.tokens, self.tokens[1:], strict=False)
            if token.type == "heading_open"
        ]

    @cached_property
    def code(self) -> list[str]:
        """What stands in code, in spans and in the lines of blocks."""
        inline = [child for token in self.tokens for child in token.children or ()]
        spans = [child.content for child in inline if child.type == "code_inline"]
        blocks = (token.content for token in self.tokens if token.type == "fence")
        return [*spans, *(line for block in blocks for line in block.splitlines())]

    def __str__(self) -> str:
        return str(self.path.relative_to(ROOT))


def code(cell: str) -> list[str]:
    """The code spans of a cell."""
    return re.findall(r"`([^`]+)`", cell)


README = Page(ROOT / "README.md")
SET_UP = Page(ROOT / "docs/set-up.md")
DAY_TO_DAY = Page(ROOT / "docs/day-to-day.md")
REFERENCE = Page(ROOT / "docs/reference.md")
PROMISES = Page(ROOT / "docs/promises.md")
CONTRIBUTING = Page(ROOT / "CONTRIBUTING.md")
CHANGELOG = Page(ROOT / "CHANGELOG.md")
GUIDE = Page(ROOT / "hubs/README.md")
PAGES = [Page(path) for path in files() if path.suffix == ".md" and "golden" not in path.parts]
