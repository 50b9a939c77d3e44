"""The ways out of the process: what goes through them is redacted, also what nobody foresaw."""

import io
import json
import logging
import os
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

from provisioner.commands.applying import comment_of
from provisioner.hosting.registry import HOSTS
from provisioner.output import SafeHandler, SafeStream, append_summary, redactor_of, secret_names
from provisioner.process import safe_console
from provisioner.redaction import Redactor
from provisioner.wiring import Wiring
from tests.unit.commands.command import run
from tests.unit.report import runs

SECRET = "hush-hush-hush"
TOKEN = "opaque-Vercel-token-123"


@pytest.mark.parametrize(
    "text",
    [
        "##[error]x",
        "a##[b]##[c]",
        "\x1b[1mbold",
        "a\r\nb",
        "\u200b",
        "##",
        "[",
        '"#\u0023[',
        "é\ud800",
    ],
)
def test_json_gives_back_the_very_values_and_no_command(text: str) -> None:
    shown = Redactor([SECRET]).json({"a": [text], text: {"b": 1, "c": None}}, indent=2)
    assert "##[" not in shown.text
    assert json.loads(shown.text) == {"a": [text], text: {"b": 1, "c": None}}


def test_json_stays_whole_whatever_is_hidden_in_it() -> None:
    said = ["-----BEGIN PRIVATE KEY-----\nabc", f'x"{SECRET}', "Authorization: Bearer abc", "end"]
    shown = Redactor([SECRET]).json({"said": said, SECRET: 1})
    assert json.loads(shown.text) == {
        "said": ["***", 'x"***', "Authorization: Bearer ***", "end"],
        "***": 1,
    }


def test_a_secret_is_hidden_before_the_text_is_cut() -> None:
    assert Redactor([SECRET]).line(f"says {SECRET}", 12).text == "says ***"
    assert Redactor([SECRET]).lines(f"says\n{SECRET}", 12).text == "says\n***"


def test_a_text_without_end_is_cut() -> None:
    assert len(Redactor().lines("x\n" * 3_000, 1_000).text) <= 1_000
    assert len(Redactor().line("x" * 11_000_000).text) <= 10_000_000


def test_the_summary_is_written_where_actions_says_and_nowhere_else(tmp_path: Path) -> None:
    page = Redactor([SECRET]).markdown(f"## {SECRET}\n")
    append_summary(page, {})
    append_summary(page, {"GITHUB_STEP_SUMMARY": str(tmp_path / "summary.md")})
    assert (tmp_path / "summary.md").read_text() == "## ***\n"


def test_what_rich_draws_is_redacted_once_more() -> None:
    written = io.StringIO()
    stream = SafeStream(written, Redactor([SECRET]))
    stream.write("a " + SECRET[:5])
    stream.write(SECRET[5:] + "\n\x1b[1m::error::x\n  ::error::y ##[z]")
    stream.flush()
    assert written.getvalue() == "a ***\n\x1b[1m::error::x\n  : :error::y ## [z]"


@pytest.mark.parametrize("actions", ["true", ""])
def test_the_console_for_pages_and_trees_is_such_a_stream(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, actions: str
) -> None:
    monkeypatch.setenv("GITHUB_ACTIONS", actions)
    for stderr in (False, True):
        safe_console(Redactor([SECRET]), stderr=stderr).print(f"a {SECRET} ##[3] b")
    written = capsys.readouterr()
    assert written.out == written.err == "a *** ## [3] b\n"


def test_a_comment_hides_a_secret_that_its_limit_would_cut_in_two() -> None:
    wiring = Wiring({"GITHUB_REPOSITORY": "a/b", "VERCEL_TOKEN": TOKEN})
    for length in range(570, 600):
        run_so_far = runs.failed_run().model_copy(update={"title": "x" * length + TOKEN})
        assert TOKEN[:6] not in comment_of(wiring, run_so_far).text


def test_every_secret_of_the_environment_is_known() -> None:
    redactor = redactor_of({"VERCEL_TOKEN": TOKEN, "PROVISIONER_SEALING_KEY": "first-1 second-2"})
    assert redactor.line(f"{TOKEN} second-2").text == "*** ***"


class TestCommandLine:
    @pytest.mark.parametrize(
        "arguments",
        [
            ("check", "--format", "##[error]x\n::add-mask::y"),
            ("##[error]x\n::add-mask::y",),
            ("apply", f"--{TOKEN}"),
            ("seal", "##[error]x\n::add-mask::y", "bot", "X"),
            ("check", "--hubs", f"no\n::error::{TOKEN}##[x]"),
            ("report", "--event", f"no\n::error::{TOKEN}##[x]"),
        ],
    )
    def test_wrong_use_echoes_no_command_and_no_secret(self, arguments: tuple[str, ...]) -> None:
        outcome = run(*arguments, VERCEL_TOKEN=TOKEN)
        assert outcome.code == 2
        assert outcome.err
        told = outcome.out + outcome.err
        assert TOKEN not in told
        assert "##[" not in told
        assert not any(line.lstrip().startswith("::") for line in told.splitlines())

    def test_a_setting_that_is_wrong_is_quoted_without_the_secrets_in_it(self) -> None:
        outcome = run(
            "status",
            GITHUB_API_URL=f"http://localhost:{TOKEN}",
            GITHUB_REPOSITORY="a/b",
            GITHUB_TOKEN="ghs_" + "a1B2" * 9,
            VERCEL_TOKEN=TOKEN,
        )
        assert outcome.code == 2
        assert "http://localhost:***" in outcome.err
        assert TOKEN.lower() not in outcome.err.lower()

    def test_a_bug_is_shown_without_the_secrets_in_it(self) -> None:
        """What nobody foresaw may have a token in its words."""
        program = """
            import os
            from provisioner.cli import main
            from provisioner.commands.keygen import keygen
            def breaks(**_): raise ValueError("odd: " + os.environ["VERCEL_TOKEN"])
            keygen.callback = breaks
            main(["keygen"])
        """
        done = subprocess.run(
            [sys.executable, "-c", textwrap.dedent(program)],
            env={**os.environ, "VERCEL_TOKEN": TOKEN},
            capture_output=True,
            text=True,
            check=False,
        )

        assert done.returncode == 70
        assert "ValueError: odd: ***" in done.stderr
        assert TOKEN.lower() not in done.stderr.lower()


BAD = r"SECRET + '\n::error::x ##[y]'"
UNFORESEEN = {
    "error": f"raise ValueError({BAD})",
    "thread": f"import threading\ndef fail(): raise ValueError({BAD})\n"
    "one = threading.Thread(target=fail)\none.start()\none.join()",
    "finalizer": f"class Bad:\n    def __del__(self): raise ValueError({BAD})\n"
    "one = Bad()\ndel one",
    "warning": f"import warnings\nwarnings.warn({BAD})",
    "library's log": "import logging\nlogging.getLogger('urllib3').warning(SECRET + ' ##[y]')",
    "log that fails": "import logging\nlogging.getLogger('x').warning('%d ' + SECRET, SECRET)",
    "broken handler": "import io, logging\nclosed = io.StringIO()\nclosed.close()\n"
    "log = logging.getLogger('y')\nlog.addHandler(logging.StreamHandler(closed))\n"
    "log.warning(SECRET)",
}


@pytest.mark.parametrize("what", UNFORESEEN.values(), ids=UNFORESEEN)
def test_what_nobody_foresaw_is_redacted_too(what: str) -> None:
    program = textwrap.dedent(
        """
        from provisioner.output import guard
        from provisioner.redaction import Redactor
        SECRET = "-".join(["hush"] * 3)
        guard(Redactor([SECRET]))
        """
    )
    done = subprocess.run(
        [sys.executable, "-c", program + what], capture_output=True, text=True, check=False
    )
    told = done.stdout + done.stderr
    assert SECRET not in told
    assert "##[" not in told
    assert not any(line.lstrip().startswith("::") for line in told.splitlines())
    assert "***" in told or what == UNFORESEEN["broken handler"]


def test_a_command_guards_its_process_to_the_very_end() -> None:
    program = textwrap.dedent(
        """
        import contextlib, os
        from provisioner.cli import main
        with contextlib.suppress(SystemExit):
            main(["--help"])
        raise ValueError(os.environ["VERCEL_TOKEN"])
        """
    )
    done = subprocess.run(
        [sys.executable, "-c", program],
        env={**os.environ, "VERCEL_TOKEN": TOKEN},
        capture_output=True,
        text=True,
        check=False,
    )
    assert "ValueError: ***" in done.stderr
    assert TOKEN not in done.stderr


def test_a_log_that_cannot_be_written_stops_nobody() -> None:
    def say(_: object) -> None:
        raise BrokenPipeError

    log = logging.Logger("test")
    log.addHandler(SafeHandler(Redactor(), say))
    log.warning("x")


def test_a_short_word_that_only_calls_itself_a_token_hides_nothing() -> None:
    environ = {"USE_TOKEN": "true", "ANY_TOKEN": "12345678", "GITHUB_TOKEN": "abcd"}

    shown = redactor_of(environ).line("true 12345678 abcd").text

    assert shown == "true *** ***"


def test_each_hosts_token_is_a_secret_and_other_settings_are_none() -> None:
    tokens = [kind.token_name for kind in HOSTS.values()]
    environ = dict.fromkeys([*tokens, "PROVISIONER_SEALING_KEY", "GITHUB_REPOSITORY"], "x")

    assert secret_names(environ) == [*tokens, "PROVISIONER_SEALING_KEY"]
