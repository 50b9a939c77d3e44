"""Foreign text may say anything and can do nothing."""

import html
import re
import string

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from provisioner.safetext import (
    annotation_data,
    annotation_property,
    log_line,
    markdown,
    markdown_block,
    markdown_code,
    markdown_link,
    markdown_table_cell,
    shorten,
    terminal,
)
from tests.unit.github_markdown import NASTY, READER, every_token, shown

HARMLESS = {"paragraph_open", "paragraph_close", "inline", "text", "text_special", "softbreak"}
wild = st.lists(
    st.sampled_from(NASTY)
    | st.text(max_size=8)
    | st.text(alphabet=string.punctuation + " \n\t1aw", max_size=12)
).map("".join)


def visible(text: str) -> str:
    return " ".join(terminal(text).split())


class TestInlineMarkdown:
    @given(wild)
    def test_shows_text_and_does_nothing_else(self, text: str) -> None:
        assert {token.type for token in every_token(markdown(text, 10_000))} <= HARMLESS

    @given(wild)
    def test_shows_every_visible_character(self, text: str) -> None:
        assert shown(markdown(text, 10_000)) == visible(text)

    @given(wild, wild)
    def test_stays_within_its_table_cell(self, first: str, second: str) -> None:
        cells = f"{markdown_table_cell(first)} | {markdown_table_cell(second)}"
        row = f"| a | b |\n|---|---|\n| {cells} |"
        types = [token.type for token in every_token(row)]
        assert types.count("tr_open") == 2
        assert types.count("td_open") == 2
        assert set(types) <= HARMLESS | {
            f"{part}_{end}"
            for part in ("table", "thead", "tbody", "tr", "td", "th")
            for end in ("open", "close")
        }

    @given(wild)
    def test_stays_within_a_summary(self, text: str) -> None:
        source = f"<details>\n<summary>{markdown(text)}</summary>\n\ninside\n\n</details>\n"
        blocks = [token for token in every_token(source) if token.type == "html_block"]
        assert len(blocks) == 2
        assert re.findall(r"</?\w+", blocks[0].content) == ["<details", "<summary", "</summary"]

    @given(wild)
    def test_never_mentions_or_refers(self, text: str) -> None:
        """GitHub looks for these in the finished text, so references do not hide them."""
        finished = html.unescape(markdown(text, 10_000))
        assert not re.search(r"@\w|#\d|\bGH-\d|\w://|\bwww\.|:[\w+-]+:", finished, re.IGNORECASE)

    @given(wild, st.integers(min_value=1, max_value=40))
    def test_keeps_to_its_limit(self, text: str, limit: int) -> None:
        assert len(shown(markdown(text, limit))) <= limit

    def test_leaves_ordinary_words_readable_in_the_source(self) -> None:
        text = "Build failed: 3 of 7 steps, see docs.nairobi.example.org (SITE_TITLE)."
        assert markdown(text) == text

    def test_says_where_it_cut(self) -> None:
        assert markdown("one two three", 8) == "one two…"
        assert shorten("short", 8) == "short"


class TestCode:
    @given(wild)
    def test_is_one_code_span_with_every_character(self, text: str) -> None:
        tokens = every_token(markdown_code(text, 10_000))
        kinds = [token.type for token in tokens if token.type not in HARMLESS]
        assert kinds == (["code_inline"] if visible(text) else [])
        assert shown(markdown_code(text, 10_000)) == visible(text)

    @given(wild)
    def test_in_a_table_stays_within_its_cell(self, text: str) -> None:
        row = f"| a | b |\n|---|---|\n| {markdown_table_cell(text, code=True)} | end |"
        cells = [token for token in READER.parse(row) if token.type == "inline"]
        assert len(cells) == 4
        assert cells[3].content == "end"

    @given(st.lists(wild))
    @example(["```", "````", "~~~", "</details>"])
    def test_block_is_not_closed_by_its_lines(self, lines: list[str]) -> None:
        kinds = [token.type for token in READER.parse(markdown_block(lines, 100_000))]
        assert kinds in (["fence"], [])

    @given(st.lists(wild, min_size=1), wild)
    def test_what_follows_a_block_is_outside_of_it(self, lines: list[str], text: str) -> None:
        source = f"{markdown_block([*lines, 'x'])}\n\n{markdown(text)}x"
        assert [token.type for token in READER.parse(source)][:2] == ["fence", "paragraph_open"]

    @given(st.lists(st.text(alphabet="ab`~\n", max_size=30)), st.integers(10, 200))
    def test_block_keeps_the_last_lines(self, lines: list[str], limit: int) -> None:
        block = markdown_block([*lines, "the end"], limit)
        content = READER.parse(block)[0].content.rstrip("\n").split("\n")
        assert content[-1] == "the end"
        told = [line for line in content if line.startswith("… (")]
        assert sum(len(line) + 1 for line in content if line not in told) <= limit + 1

    def test_block_tells_how_much_was_left_out(self) -> None:
        assert "… (2 earlier lines left out)" in markdown_block(["aaaa", "bbbb", "cccc"], 6)
        assert "… (1 earlier line left out)" in markdown_block(["aaaa", "bbbb"], 6)

    def test_nothing_gives_nothing(self) -> None:
        assert (markdown_code("\x1b[0m "), markdown_block(["", " "])) == ("", "")


class TestLinks:
    @given(wild, wild)
    def test_is_one_link_to_where_it_says(self, label: str, path: str) -> None:
        source = markdown_link(label or "x", f"https://docs.example.org/{path}", 10_000)
        opened = [token for token in every_token(source) if token.type == "link_open"]
        assert len(opened) == 1
        assert str(opened[0].attrs["href"]).startswith("https://docs.example.org/")
        assert shown(source) == visible(label or "x")

    @pytest.mark.parametrize("url", ["javascript:alert(1)", "//evil.example", "", "https://", "x"])
    def test_to_anything_but_a_web_address_is_only_its_label(self, url: str) -> None:
        assert markdown_link("docs", url) == "docs"

    def test_keeps_the_query(self) -> None:
        assert markdown_link("a", "https://x.example/?a=1&b=2") == (
            "[a](https://x.example/?a=1&amp;b=2)"
        )


class TestTerminalAndLog:
    @given(wild)
    def test_terminal_gets_no_control_characters(self, text: str) -> None:
        assert not re.search(
            r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", terminal(text)
        )
        terminal(text).encode()

    def test_terminal_keeps_lines_tabs_and_joined_letters(self) -> None:
        text = "می\u200cخواهم\n\tنیروبی 👩\u200d🌾"
        assert terminal(text) == text

    def test_terminal_drops_letters_that_are_not_seen(self) -> None:
        fillers = "\u115f\u1160\u17b4\u17b5\u3164\uffa0"
        assert fillers.isprintable()
        assert terminal(f"nai{fillers}robi") == "nairobi"

    def test_terminal_drops_colours_titles_and_links(self) -> None:
        text = (
            "\x1b[1;31mred\x1b[0m\x1b]0;title\x07 \x1b]8;;https://e.example\x1b\\link\x1b]8;;\x1b\\"
        )
        assert terminal(text) == "red link"

    def test_a_progress_bar_becomes_lines(self) -> None:
        assert terminal("10%\r20%\r\n30%") == "10%\n20%\n30%"

    def test_half_a_character_does_not_break_the_output(self) -> None:
        assert terminal("a\ud800b") == "a\ufffdb"

    @given(wild)
    def test_log_line_is_one_line_and_no_command(self, text: str) -> None:
        line = log_line(text)
        assert len(line.splitlines()) <= 1
        assert not line.lstrip().startswith("::")
        assert "##[" not in line

    @pytest.mark.parametrize(
        "command", ["::add-mask::x", "  ::error::x", "\ufeff::stop", "a ##[x]b"]
    )
    def test_log_line_disarms_commands_and_still_shows_them(self, command: str) -> None:
        assert log_line(command) != command
        assert log_line(command).replace(" ", "") == terminal(command).replace(" ", "")

    def test_annotations_are_escaped_as_the_runner_reads_them(self) -> None:
        assert annotation_data("50% of a\nb:c,d") == "50%25 of a%0Ab:c,d"
        assert annotation_property("50% of a\nb:c,d") == "50%25 of a%0Ab%3Ac%2Cd"
