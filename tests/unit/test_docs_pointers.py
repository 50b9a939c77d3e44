"""Where a text of the product names a page, a step or a section, it is there."""

import re
from collections.abc import Iterator
from pathlib import Path

from tests.unit.pages import ROOT, Page, files

_NAMED = re.compile(r"(?<![\w/])docs/[\w-]+\.md")
_SENTENCE = re.compile(r"(?<![\w/])(docs/[\w-]+\.md)([^.;]*)")
_SECTION = re.compile(r"(?<![\w/])(docs/[\w-]+\.md), “([^”]+)”")
_VAGUE = re.compile(r"\bthe README\b|\bREADME(?:\.md)?,? (?:step|says|section)", re.IGNORECASE)


def texts() -> Iterator[tuple[Path, str]]:
    """The product's files but for pages and tests; texts that are cut over lines put together."""
    for path in files():
        place = path.relative_to(ROOT)
        of_code = path.suffix in (".py", ".yml", ".yaml") or path.name == "CODEOWNERS"
        if of_code and place.parts[0] != "tests":
            yield place, re.sub(r'"?\n\s*f?(?:# )?"?', " ", path.read_text(encoding="utf-8"))


def test_every_page_that_is_named_is_there() -> None:
    named = {(place, page) for place, text in texts() for page in _NAMED.findall(text)}
    real = {page for _, page in named if page not in _OF_THE_SANDBOX}
    assert "docs/set-up.md" in real
    assert [page for page in real if not (ROOT / page).exists()] == []


_OF_THE_SANDBOX = {"docs/index.md", "docs/decisions.md"}
"""Files of the stand-ins' own example repositories."""


def test_every_step_that_is_named_is_there() -> None:
    named = {
        (page, number)
        for _, text in texts()
        for page, sentence in _SENTENCE.findall(text)
        for number in re.findall(r"\bstep (\d+)", sentence)
    }
    assert len(named) >= 4
    for page, number in named:
        assert any(head.startswith(f"{number}. ") for head in Page(ROOT / page).headings), number


def test_every_section_that_is_named_is_there() -> None:
    named = {found for _, text in texts() for found in _SECTION.findall(text)}
    assert named
    for page, heading in named:
        assert heading in Page(ROOT / page).headings


def test_nothing_points_to_the_readme_without_saying_where() -> None:
    vague = [f"{place}: {found[0]}" for place, text in texts() if (found := _VAGUE.search(text))]
    assert vague == []
