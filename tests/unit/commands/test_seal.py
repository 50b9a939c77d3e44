"""`provisioner seal`: the line to paste, and nothing that gives the value away."""

import os
import pty
import re
import subprocess
import sys
import time
from pathlib import Path

import pytest

from provisioner.clock import SystemClock
from provisioner.secrets.sealing import generate_keypair, open_sealed
from tests.unit.commands.command import Outcome, run
from tests.unit.desired.given import GOOD

PAIR = generate_keypair()
OTHER = generate_keypair()
PLACE = ("nairobi", "bot", "TELEGRAM_TOKEN")


@pytest.fixture(autouse=True)
def network(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A network's repository with the hub that the secrets are for, and we stand in it."""
    (tmp_path / "hubs").mkdir()
    (tmp_path / "hubs" / "nairobi.yaml").write_text(GOOD)
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("PROVISIONER_SEALING_KEY", raising=False)
    return tmp_path


def opened(outcome: Outcome, private: str = PAIR.private) -> str:
    assert outcome.code == 0, outcome.err
    match = re.fullmatch(r'TELEGRAM_TOKEN: \{sealed: "(.*)"\}\n', outcome.out)
    assert match
    return open_sealed(private, *PLACE, match[1], now=SystemClock().now())


def test_a_value_from_stdin_becomes_the_line_to_paste() -> None:
    outcome = run("seal", *PLACE, "--key", PAIR.public, stdin=b"hunter2\n")
    assert opened(outcome) == "hunter2"
    assert outcome.err == ""
    assert "hunter2" not in outcome.out


@pytest.mark.parametrize(
    ("piped", "value"),
    [
        (b"a", "a"),
        (b"a\n", "a"),
        (b"a\r\n", "a"),
        (b" a \n", " a "),
        ("é\n".encode(), "é"),
    ],
)
def test_one_line_break_at_the_end_is_not_part_of_the_value(piped: bytes, value: str) -> None:
    assert opened(run("seal", *PLACE, "--key", PAIR.public, stdin=piped)) == value


@pytest.mark.parametrize("piped", [b"", b"\n", b"\r\n", b"\xff\xfe", b"a\0b", b"a\nb", b"a\n\n"])
def test_what_is_no_line_of_text_is_not_sealed(piped: bytes) -> None:
    outcome = run("seal", *PLACE, "--key", PAIR.public, stdin=piped)
    assert (outcome.code, outcome.out) == (2, "")
    assert "nothing was sealed" in outcome.err


def test_the_key_comes_from_the_option_then_the_environment_then_the_catalog(network: Path) -> None:
    (network / "own" / "apps").mkdir(parents=True)
    (network / "own" / "network.yaml").write_text(
        f"name: Own\nowner: own\nteam: own\nmaintainers: [own]\nsealing_key: {PAIR.public}\n"
    )
    catalog = {"PROVISIONER_CATALOG": "own"}
    private = {"PROVISIONER_SEALING_KEY": OTHER.private}
    assert opened(run("seal", *PLACE, stdin=b"x", **catalog)) == "x"
    assert opened(run("seal", *PLACE, stdin=b"x", **catalog, **private), OTHER.private) == "x"
    with_option = run("seal", *PLACE, "--key", PAIR.public, stdin=b"x", **private)
    assert opened(with_option) == "x"


def test_without_a_key_it_says_who_makes_one() -> None:
    outcome = run("seal", *PLACE, stdin=b"x")
    assert (outcome.code, outcome.out) == (2, "")
    assert "provisioner keygen" in outcome.err


@pytest.mark.parametrize("key", ["x", PAIR.private, "A" * 43], ids=["x", "private half", "all A"])
def test_what_is_no_key_is_wrong_use(key: str) -> None:
    outcome = run("seal", *PLACE, "--key", key, stdin=b"hunter2")
    assert outcome.code == 2
    assert "hunter2" not in outcome.err
    assert PAIR.private not in outcome.err


@pytest.mark.parametrize(
    ("place", "what"),
    [
        (("Nairobi", "bot", "X"), "hub"),
        (("_example", "bot", "X"), "hub"),
        (("nairobi", "my bot", "X"), "app"),
        (("nairobi", "bot", "MY-TOKEN"), "variable"),
        (("nairobi", "bot", "X\n"), "variable"),
    ],
)
def test_names_that_no_file_can_have_are_refused(place: tuple[str, ...], what: str) -> None:
    outcome = run("seal", *place, "--key", PAIR.public, stdin=b"x")
    assert outcome.code == 2
    assert f"cannot be the name of a {what}" in outcome.err


@pytest.mark.parametrize(
    ("place", "warning"),
    [
        (("kisumu", "bot", "TELEGRAM_TOKEN"), "there is no `hubs/kisumu.yaml` yet"),
        (("nairobi", "bt", "TELEGRAM_TOKEN"), "no app `bt`; did you mean `bot`?"),
        (("nairobi", "bot", "TELEGRAM_TOKE"), "did you mean `TELEGRAM_TOKEN`?"),
        (("nairobi", "docs", "WHATEVER"), "has no variable `WHATEVER`; it knows `SITE_TITLE`"),
    ],
)
def test_what_the_hub_file_does_not_have_yet_is_only_a_warning(
    place: tuple[str, ...], warning: str
) -> None:
    outcome = run("seal", *place, "--key", PAIR.public, stdin=b"x")
    assert outcome.code == 0
    assert warning in outcome.err
    assert outcome.out.startswith(f"{place[2]}: ")


def test_a_broken_hub_file_hinders_nobody(network: Path) -> None:
    (network / "hubs" / "nairobi.yaml").write_text("name: [\n")
    assert run("seal", *PLACE, "--key", PAIR.public, stdin=b"x").code == 0


def at_a_terminal(*typed: str) -> tuple[int, str, str]:
    """Runs `seal` at a terminal of its own and types these lines; its screen and its stdout."""
    ours, theirs = pty.openpty()
    with subprocess.Popen(
        [sys.executable, "-m", "provisioner", "seal", *PLACE, "--key", PAIR.public],
        stdin=theirs,
        stdout=subprocess.PIPE,
        stderr=theirs,
        start_new_session=True,
    ) as process:
        os.close(theirs)
        screen = b""
        for line in typed:
            screen += _until_asked(ours)
            os.write(ours, line.encode() + b"\n")
        out, _ = process.communicate(timeout=20)
    screen += _rest(ours)
    os.close(ours)
    return process.returncode, screen.decode(), out.decode()


def _until_asked(terminal: int) -> bytes:
    shown = b""
    end = time.monotonic() + 20
    while not shown.rstrip().endswith(b":") and time.monotonic() < end:
        shown += os.read(terminal, 1024)
    return shown


def _rest(terminal: int) -> bytes:
    try:
        return os.read(terminal, 4096)
    except OSError:  # Linux says so when the other side is closed
        return b""


def test_at_a_terminal_it_asks_twice_and_shows_nothing() -> None:
    code, screen, out = at_a_terminal("hunter2", "hunter2")
    assert "Value of TELEGRAM_TOKEN (not shown)" in screen
    assert "hunter2" not in screen
    assert opened(Outcome(code, out, screen)) == "hunter2"
