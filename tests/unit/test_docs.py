"""The pages as a whole: short where one begins, complete, without a dead link or a word twice."""

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from provisioner.report.words import STEPS
from provisioner.version import VERSION
from provisioner.workflows import telegram_bot, website
from tests.unit.pages import CHANGELOG, CONTRIBUTING, GUIDE, PAGES, README, ROOT, Page, files
from tests.unit.project import MAKEFILE, PYPROJECT, code_of

DOCS = [page for page in PAGES if page.path.parent == ROOT / "docs"]
MOST_WORDS = 1_200
_AT_GITHUB = re.compile(
    r"generate|actions/workflows/(?P<file>[\w-]+\.yml)"
    r"|settings/(?:access|actions|environments/new|(?:secrets|variables)/actions/new"
    r"|rules/new\?target=branch&enforcement=active)"
)
"""Pages of the repository on github.com that a page may lead to, seen from its own place there."""


def outside(page: Page, link: str) -> str | None:
    """The page on github.com that a relative link leads to; `None` where it stays in the tree."""
    depth = len(page.path.relative_to(ROOT).parents) - 1
    way_out = "../" * (depth + 2)  # out of the folder, the branch and `blob`
    return link.removeprefix(way_out) if link.startswith(way_out) else None


def is_there(page: Page, link: str) -> bool:
    if re.match(r"https?:", link):
        return True
    place = outside(page, link)
    if place is not None:
        known = _AT_GITHUB.fullmatch(place)
        file = known and known["file"]
        return known is not None and (not file or (ROOT / ".github/workflows" / file).exists())
    target, _, anchor = link.partition("#")
    path = (page.path.parent / target).resolve() if target else page.path
    return path.exists() and (not anchor or anchor in Page(path).anchors)


@pytest.mark.parametrize("page", PAGES, ids=str)
def test_every_link_leads_somewhere(page: Page) -> None:
    assert [link for link in page.links if not is_there(page, link)] == []


@pytest.mark.parametrize(
    "link",
    [
        *("nothing.md", "#nothing", "../README.md#nothing", "../../../settings/nothing"),
        *("../../../actions/workflows/nothing.yml", "../../settings/actions"),
    ],
)
def test_a_link_that_leads_nowhere_is_noticed(link: str) -> None:
    (page,) = (page for page in DOCS if page.path.name == "set-up.md")
    assert not is_there(page, link)


def test_the_readme_is_read_in_five_minutes() -> None:
    assert len(README.text.split()) < MOST_WORDS


def test_every_page_for_maintainers_is_linked_in_the_readme() -> None:
    assert len(DOCS) >= 4
    linked = {(ROOT / link.partition("#")[0]).resolve() for link in README.links}
    assert [page for page in DOCS if page.path not in linked] == []


def sentences(page: Page) -> Iterator[str]:
    """Those that are long enough to be no phrase; tables by their cells, commands left out."""
    for token in page.tokens:
        if token.type != "inline":
            continue
        text = " ".join(re.sub(r"\]\([^)]*\)", "]", token.content).split())
        yield from (part for part in re.split(r"(?<=[.:;?!])\s", text) if len(part) > 60)


def test_no_sentence_stands_twice() -> None:
    pages = (README, CONTRIBUTING, GUIDE, *DOCS)
    seen = Counter(sentence for page in pages for sentence in sentences(page))
    assert [sentence for sentence, times in seen.items() if times > 1] == []


def test_the_steps_of_the_readme_are_those_of_the_workflows() -> None:
    wanted = {"docs-site": website.ACTIONS, "telegram-bot": telegram_bot.ACTIONS}
    rows = {row[0].strip("`"): row[1].split(" → ") for row in README.tables("How it works")[0]}
    assert list(rows) == list(wanted)
    words = {"dns": "verify-dns", "answers": "check-live", "domains": "attach-domains"}
    words |= {"telegram": "register-webhook", "build": "deploy", "variables": "set-environment"}
    words |= {"project": "create-project", "repository": "fork-repository"}
    assert set(words.values()) <= set(STEPS)
    for app, steps in rows.items():
        assert tuple(words[step.lower().split(" ")[-1]] for step in steps) == wanted[app]


def test_the_readme_says_what_was_never_tried() -> None:
    assert "What was never tried" in README.headings
    assert "stand-ins only, not against real GitHub and Vercel accounts" in README.text


def test_the_readme_names_the_python_that_the_package_wants() -> None:
    assert PYPROJECT["project"]["requires-python"] == ">=3.11"
    for page in (README, *(page for page in DOCS if page.path.name == "set-up.md")):
        assert "Python 3.11 or newer" in page.text


def test_every_make_target_that_is_named_exists_and_each_is_listed() -> None:
    phony = re.search(r"^\.PHONY: (.*)$", MAKEFILE, re.MULTILINE)
    assert phony is not None
    targets = phony[1].split()
    listed = [code_of(row[0]).removeprefix("make ") for row in CONTRIBUTING.tables("Begin")[0]]
    assert sorted(listed) == sorted(targets)
    named = {name for page in PAGES for name in re.findall(r"(?:`|\$ )make ([a-z]+)", page.text)}
    assert named <= set(targets)


def test_the_changelog_has_the_version_that_the_package_has() -> None:
    version = PYPROJECT["project"]["version"]
    assert re.search(rf"^## \[(Unreleased|{re.escape(version)})\]", CHANGELOG.text, re.MULTILINE)
    assert version in CHANGELOG.text
    assert version == VERSION


def test_the_picture_of_the_comment_is_small() -> None:
    assert (ROOT / ".github/comment.png").stat().st_size < 150_000


_ELSEWHERE = re.compile(
    r"pypi\.(?:org)|python(?:hosted)\.org|registry\.(?:npmjs)|crates\.(?:io)|proxy\.(?:golang)"
    r"|(?<![\w./-])/(?:home|Users|root|work|tmp)/\w"
)


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        return ""


def test_no_file_names_a_package_registry_or_a_place_on_somebodys_machine() -> None:
    told = [
        f"{path.relative_to(ROOT)}: {found[0]}"
        for path in files()
        if (found := _ELSEWHERE.search(_text(path)))
    ]
    assert told == []
