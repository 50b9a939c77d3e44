"""The comment, shown in a terminal."""

import io
import re

import pytest
from rich.console import Console

from provisioner.report.comment import render_run
from provisioner.report.pull_request import render_pull_request
from provisioner.report.reading import render_markdown
from provisioner.safetext import markdown
from tests.unit.github_markdown import NASTY
from tests.unit.report import plans, runs
from tests.unit.report.runs import LINKS


def read(text: str, width: int = 120) -> str:
    output = io.StringIO()
    render_markdown(Console(file=output, width=width, legacy_windows=False), text)
    return output.getvalue()


def test_the_hidden_marker_and_the_tags_are_not_shown() -> None:
    text = read(render_run(runs.failed_run(), LINKS))
    assert "provisioner:hub" not in text
    assert not re.search(r"</?(details|summary|b|sub|br)>", text)


def test_what_folds_away_on_the_page_is_shown_open_under_its_title() -> None:
    text = read(render_run(runs.waiting_run(), LINKS))
    title = text.index("▾ ✅ Telegram bot is live (6 steps)")
    assert title < text.index("The bot points at the app.")


def test_tables_headings_and_blocks_are_readable() -> None:
    text = read(render_run(runs.waiting_run(), LINKS))
    assert re.search(r"🟠 +CNAME +docs +3f2a9c41d07b65e8.vercel-dns-017.com +nothing yet", text)
    assert "Value: 3f2a9c41d07b65e8.vercel-dns-017.com" in text
    assert "| --- |" not in text
    assert "###" not in text
    assert "```" not in text


def test_a_value_in_a_narrow_table_is_folded_and_never_cut() -> None:
    text = read(render_run(runs.failed_run(), LINKS), width=60)
    assert "…" not in text


def test_the_comment_before_the_merge_is_readable_too() -> None:
    text = read(render_pull_request(plans.BROKEN, None, plans.HEAD))
    assert "6 |     domains: docs.nairobi.example.org" in text
    assert "  |              ^" in text


@pytest.mark.parametrize("words", NASTY)
def test_escaped_words_come_out_as_they_were_written(words: str) -> None:
    said = " ".join(re.sub(r"\x1b\[\d+m|\x1b\][^\x07]*\x07|\u202e|\u202d", "", words).split())
    assert said in read(f"*{markdown(words)}*", width=200) + read(markdown(words), width=200)


def test_nothing_in_it_can_move_the_cursor() -> None:
    assert "\x1b" not in read("a &#27;[2J b\n\n```\nc \x1b[2J\n```\n")
