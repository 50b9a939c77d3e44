"""Our own sentences with foreign words in them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from provisioner.report.prose import prose
from provisioner.safetext import terminal
from tests.unit.github_markdown import NASTY, every_token, links, shown

wild = st.lists(st.sampled_from(NASTY) | st.text(max_size=10)).map(" ".join)
HARMLESS = {"paragraph_open", "paragraph_close", "inline", "text", "text_special", "code_inline"}


@given(wild)
def test_foreign_words_become_text_or_code_and_nothing_else(text: str) -> None:
    assert {token.type for token in every_token(prose(text, 5000))} <= HARMLESS


@given(wild)
def test_no_visible_word_is_lost(text: str) -> None:
    assert words_of(shown(prose(text, 5000))) == words_of(terminal(text))


def words_of(text: str) -> str:
    return "".join(text.replace("`", "").split())


@given(wild, wild)
def test_it_fits_a_table_cell(first: str, second: str) -> None:
    row = f"| a | b |\n|---|---|\n| {prose(first)} | {prose(second)} |"
    assert [token.type for token in every_token(row)].count("td_open") == 2


def test_words_in_backticks_become_code() -> None:
    assert prose("write `- a.example.org` there") == "write `- a.example.org` there"


@pytest.mark.parametrize(
    "page",
    [
        "https://github.com/apps/vercel",
        "https://vercel.com/nairobi-commons/docs/4Vq?a=1#log",
        "https://t.me/BotFather",
    ],
)
def test_pages_of_the_services_we_send_people_to_become_links(page: str) -> None:
    assert links(prose(f"Open {page}, then come back.")) == [page]


@pytest.mark.parametrize(
    "address",
    [
        "https://evil.example/apps/vercel",
        "https://github.com.evil.example/apps/x",
        "https://github.com/someone/repo/issues/1",
        "https://github.com/apps/../someone/repo",
        "https://github.com/apps/%2e%2e/someone/repo",
        "http://vercel.com/x",
        "https://vercel.com@evil.example/",
        "https://vercel.com/@evil",
    ],
)
def test_any_other_address_can_be_copied_but_not_touched(address: str) -> None:
    assert links(prose(f"see {address} now")) == []
    assert prose(f"see {address} now") == f"see `{address}` now"


def test_a_long_text_is_shortened() -> None:
    assert prose("word " * 100, 12) == "word word w…"
