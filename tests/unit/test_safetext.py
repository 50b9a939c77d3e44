"""Foreign text may say anything and can do nothing."""

import base64
import html
import json
import logging
import re
import string
import threading
from urllib.parse import quote, quote_plus

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from provisioner.safetext import (
    HIDDEN,
    Redactor,
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

TELEGRAM_TOKEN = "123456789:" + "AAE-x_" * 6
GITHUB_TOKEN = "ghp_" + "a1B2" * 9
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


long_secrets = st.text(min_size=6, max_size=40).filter(
    lambda text: len(terminal(text).strip()) >= 6 and "*" not in text
)


class TestRedactor:
    @given(st.lists(st.text(max_size=20)), st.text())
    def test_no_registered_secret_survives(self, secrets: list[str], text: str) -> None:
        redactor = Redactor()
        registered = [secret for secret in secrets if redactor.register(secret)]
        result = redactor.redact(text.join(["", *secrets, ""]))
        assert not [secret for secret in registered if secret in result]

    @given(long_secrets, st.text(max_size=3), st.text(max_size=3))
    def test_hides_the_forms_a_secret_travels_in(self, secret: str, left: str, right: str) -> None:
        redactor = Redactor([secret])
        for form in (
            secret,
            json.dumps(secret)[1:-1],
            json.dumps(secret, ensure_ascii=False)[1:-1],
            json.dumps(json.dumps(secret))[3:-3],
            quote(secret, safe=""),
            quote_plus(secret),
            repr(secret)[1:-1],
            html.escape(secret),
            secret.encode().hex(),
            base64.b64encode(secret.encode()).decode().rstrip("="),
        ):
            result = redactor.redact(f"{left} {form} {right}")
            assert form[1:] not in result

    @given(st.text(min_size=12, max_size=40), st.text(max_size=9), st.text(max_size=9))
    def test_hides_a_secret_within_a_basic_header(self, secret: str, user: str, end: str) -> None:
        header = base64.b64encode(f"{user}:{secret}{end}".encode()).decode()
        result = Redactor([secret]).redact(f"sent {header} to")
        if len(terminal(secret).strip()) == len(secret):
            assert header not in result
            assert len(result) < len(header)

    def test_hides_a_secret_that_was_escaped_for_markdown(self) -> None:
        secret = "*a|b*_c_<d>"
        assert markdown(secret) not in Redactor([secret]).redact(f"x {markdown(secret)} y")

    def test_hides_a_secret_split_by_colours_or_invisible_characters(self) -> None:
        redactor = Redactor(["hush-hush"])
        assert redactor.redact("a hush\x1b[0m-hu\u200bsh b") == "a *** b"

    @pytest.mark.parametrize("start", ["\x1b[", "\x1b", "\x9b", "\x1b]0;", "\x1b[1"])
    def test_hides_a_secret_that_an_escape_sequence_would_swallow_in_part(self, start: str) -> None:
        assert "ush-hush" not in Redactor(["hush-hush"]).redact(f"{start}hush-hush")

    def test_hides_each_line_of_a_secret_of_several(self) -> None:
        redactor = Redactor(["first line\r\nsecond line\n"])
        assert redactor.redact("second line, then first line") == "***, then ***"

    def test_hides_the_password_within_a_secret_address(self) -> None:
        redactor = Redactor(["neo4j+s://neo4j:pass-word-1@graph.example.org"])
        assert redactor.redact("password pass-word-1 refused") == "password *** refused"

    def test_hides_overlapping_secrets_whole(self) -> None:
        assert Redactor(["abcdef", "defghi"]).redact("-abcdefghi-") == "-***-"

    def test_hides_the_longest_of_several_that_begin_alike(self) -> None:
        assert Redactor(["abcd", "abcdefgh"]).redact("abcdefgh") == "***"

    @pytest.mark.parametrize("short", ["", "1", "on", "abc", "  a  "])
    def test_does_not_take_what_is_too_short_to_be_a_secret(self, short: str) -> None:
        redactor = Redactor()
        assert not redactor.register(short)
        assert redactor.redact("1 on abc a") == "1 on abc a"
        assert redactor.mask_commands() == []

    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            (f"token {GITHUB_TOKEN}", "token ***"),
            ("ghs_12345_" + "eyJhbGciOi.J9-x_" * 3, "***"),
            ("github_pat_" + "11AA_bb" * 5 + " ok", "*** ok"),
            (
                f"https://api.telegram.org/bot{TELEGRAM_TOKEN}/getMe",
                "https://api.telegram.org/bot***/getMe",
            ),
            (quote(f"bot{TELEGRAM_TOKEN}", safe=""), "bot***"),
            ("Authorization: Bearer abc", "Authorization: Bearer ***"),
            ('{"authorization": "token abc"}', '{"authorization": "token ***"}'),
            ("sent Bearer abc123xyz", "sent Bearer ***"),
            ("https://user:pass@host/x", "https://***@host/x"),
            ("neo4j+s://neo4j:p@ss:w@graph.example.org", "neo4j+s://***@graph.example.org"),
            ("-----BEGIN RSA PRIVATE KEY-----\nabc\n-----END RSA PRIVATE KEY-----\nx", "***\nx"),
            ("-----BEGIN PRIVATE KEY-----\ncut off", "***"),
        ],
    )
    def test_hides_token_shapes_that_nobody_registered(self, text: str, expected: str) -> None:
        assert Redactor().redact(text) == expected

    @pytest.mark.parametrize(
        "text",
        [
            "Bearer authentication is required",
            "see https://unpkg.com/@vue/runtime and http://localhost:3000/a@b",
            "took 12:30:45, port 8080:80, sha 0123456789abcdef0123456789abcdef01234567",
        ],
    )
    def test_leaves_ordinary_text_alone(self, text: str) -> None:
        assert Redactor(["some-secret"]).redact(text) == text

    @given(wild)
    def test_redacting_twice_changes_nothing_more(self, text: str) -> None:
        redactor = Redactor(["evil.example", "list"])
        assert redactor.redact(redactor.redact(text)) == redactor.redact(text)

    def test_masks_each_line_for_the_actions_runner(self) -> None:
        redactor = Redactor(["100%-secret", "-----BEGIN KEY-----\nabc\nlong line\n"])
        assert redactor.mask_commands() == [
            "::add-mask::100%25-secret",
            "::add-mask::-----BEGIN KEY-----",
            "::add-mask::long line",
        ]

    def test_is_safe_to_use_from_several_threads(self) -> None:
        redactor = Redactor()
        secrets = [f"secret-number-{number:03}-" for number in range(60)]
        threads = [threading.Thread(target=redactor.register, args=(each,)) for each in secrets]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert redactor.redact("".join(secrets)) == HIDDEN


class TestLogging:
    @pytest.fixture
    def log(self) -> tuple[logging.Logger, list[str]]:
        lines: list[str] = []

        class Lines(logging.Handler):
            def emit(self, record: logging.LogRecord) -> None:
                lines.append(self.format(record))

        handler = Lines()
        handler.addFilter(Redactor(["hush-hush"]).logging_filter())
        logger = logging.Logger("test")
        logger.addHandler(handler)
        return logger, lines

    def test_hides_secrets_in_message_and_arguments(
        self, log: tuple[logging.Logger, list[str]]
    ) -> None:
        logger, lines = log
        logger.warning("hush-hush %s %r", {"key": "hush-hush"}, ["hush-hush"])
        assert lines == ["*** {'key': '***'} ['***']"]

    def test_hides_secrets_in_exceptions_and_stacks(
        self, log: tuple[logging.Logger, list[str]]
    ) -> None:
        logger, lines = log
        try:
            raise ValueError("hush-hush")
        except ValueError:
            logger.exception("failed", stack_info=True)
        assert "hush-hush" not in lines[0].replace('"hush-hush"', "")
        assert "ValueError: ***" in lines[0]
        assert "Traceback" in lines[0]

    def test_keeps_a_message_whose_arguments_do_not_fit(
        self, log: tuple[logging.Logger, list[str]]
    ) -> None:
        logger, lines = log
        logger.warning("%d things", "hush-hush")
        assert lines == ["%d things ('***',)"]

    def test_lets_no_runner_command_through(self, log: tuple[logging.Logger, list[str]]) -> None:
        logger, lines = log
        logger.warning("said:\n::add-mask::x\n  two spaces kept")
        assert lines == ["said:\n: :add-mask::x\n  two spaces kept"]
