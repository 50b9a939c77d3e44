"""Secrets are hidden in whatever form they travel."""

import base64
import html
import json
import logging
import threading
import time
from urllib.parse import quote, quote_plus

import pytest
from hypothesis import given
from hypothesis import strategies as st

from provisioner.output import SafeHandler
from provisioner.redaction import Redactor
from provisioner.safetext import markdown, terminal
from tests.unit.github_markdown import NASTY

TELEGRAM_TOKEN = "123456789:" + "AAE-x_" * 6
GITHUB_TOKEN = "ghp_" + "a1B2" * 9
HIDDEN = "***"
wild = st.lists(st.sampled_from(NASTY) | st.text(max_size=8)).map("".join)

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

    @pytest.mark.parametrize("secret", ["-a*b-c", "#1|2@x", "p_w_<1>", "12. $ix", "`tick`ed"])
    def test_hides_a_secret_that_stands_escaped_within_a_line(self, secret: str) -> None:
        assert Redactor([secret]).redact(markdown(f"said: {secret}")) == "said: ***"

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
        assert [mask.text for mask in redactor.mask_commands()] == [
            "::add-mask::100%25-secret",
            "::add-mask::-----BEGIN KEY-----",
            "::add-mask::long line",
        ]

    @pytest.mark.parametrize(
        "part",
        [
            *("-eyJ", "eyJ-aaaaaaaa.", "postgres://u:p@", "ab://x:", "a.b.c.", "-ghp_a", "-vcp_a"),
            *("-----BEGIN ", "-----BEGIN PRIVATE KEY-----", "-----END ", "bearer ", "bearer a"),
            *("authorization: basic ", "authorization ", "123456:", "1", " ", "a", "hush-hus"),
            *("\x1b", "\x1b[", "\x1b]", "\x1bP", "\r\n", "##[", ": :", "*", "bearer\n\n\n\n"),
        ],
    )
    def test_a_long_log_takes_time_in_proportion(self, part: str) -> None:
        """A quadratic search takes much longer: the first of these took more than five seconds."""
        text = part * (120_000 // len(part))
        began = time.process_time()
        Redactor(["hush-hush", GITHUB_TOKEN]).lines(text)
        assert time.process_time() - began < 3

    @pytest.mark.parametrize("before", ["", "token-", "x.", '"', "a_b-c-"])
    def test_hides_a_web_token_wherever_it_begins(self, before: str) -> None:
        token = "eyJhbGciOi1.eyJzdWIiOiIx.c2lnbmF0dXJl"
        assert Redactor().redact(f"{before}{token} end") == f"{before}*** end"

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
        handler = SafeHandler(Redactor(["hush-hush"]), lambda shown: lines.append(shown.text))
        logger = logging.Logger("test")
        logger.addHandler(handler)
        return logger, lines

    def test_hides_secrets_in_message_and_arguments(
        self, log: tuple[logging.Logger, list[str]]
    ) -> None:
        logger, lines = log
        logger.warning("hush-hush %s %r", {"key": "hush-hush"}, ["hush-hush"])
        assert lines == ["WARNING: *** {'key': '***'} ['***']"]

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
        assert lines == ["WARNING: %d things ('***',)"]

    def test_lets_no_runner_command_through(self, log: tuple[logging.Logger, list[str]]) -> None:
        logger, lines = log
        logger.warning("said:\n::add-mask::x\n  two spaces kept")
        assert lines == ["WARNING: said:\n: :add-mask::x\n  two spaces kept"]
