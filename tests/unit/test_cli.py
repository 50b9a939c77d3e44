"""One command runs, and its process leaves with the code that the README promises."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from provisioner.cli import COMMANDS
from provisioner.errors import ExitCode
from tests.unit.commands.command import run
from tests.unit.desired.given import GOOD, hub_with


def hubs(folder: Path, text: str) -> tuple[str, str]:
    (folder / "nairobi.yaml").write_text(text)
    return "--hubs", str(folder)


@pytest.mark.parametrize("flag", ["-h", "--help"])
def test_help_lists_every_command_in_its_order_with_a_line_about_it(flag: str) -> None:
    told = run(flag)

    text = " ".join(told.out.split())
    listed = [text.index(f" {name} {words}") for name, words in COMMANDS.items()]
    assert listed == sorted(listed)
    assert 0 < text.index("Commands:") < listed[0]
    assert (told.code, told.err) == (ExitCode.DONE, "")


@pytest.mark.parametrize("name", COMMANDS)
def test_each_command_is_found_by_its_name(name: str) -> None:
    told = run(name, "--help")

    assert told.code == ExitCode.DONE
    assert f" {name} [OPTIONS]" in told.out.splitlines()[0]


def test_the_version_is_said() -> None:
    told = run("--version")

    assert (told.code, told.err) == (ExitCode.DONE, "")
    assert "version" in told.out


def test_a_command_that_says_nothing_of_its_end_is_done(tmp_path: Path) -> None:
    assert run("schema", "--directory", str(tmp_path)).code == ExitCode.DONE


def test_what_a_command_gives_back_is_the_exit_code(tmp_path: Path) -> None:
    assert run("check", *hubs(tmp_path, GOOD)).code == ExitCode.DONE
    assert run("check", *hubs(tmp_path, hub_with(top="odd: 1\n"))).code == ExitCode.FINDINGS


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("chekc",), "No such command 'chekc'"),
        (("check", "--format", "xml"), "'xml' is not one of"),
        (("--odd",), "No such option"),
    ],
)
def test_wrong_use_is_told_on_the_log_with_the_usage(
    arguments: tuple[str, ...], words: str
) -> None:
    told = run(*arguments)

    assert (told.code, told.out) == (ExitCode.USAGE, "")
    assert words in told.err
    assert told.err.startswith("Usage: ")


def test_an_error_is_told_in_a_line_and_how_to_fix_it_in_the_next(tmp_path: Path) -> None:
    told = run("check", "--hubs", str(tmp_path / "gone"))

    assert (told.code, told.out) == (ExitCode.USAGE, "")
    first, second = told.err.splitlines()
    assert first.startswith("error: There is no directory")
    assert second.startswith("  fix: Run this in the network's repository")


def test_each_mistake_of_the_catalog_stands_on_a_line_of_its_own(tmp_path: Path) -> None:
    (tmp_path / "network.yaml").write_text("name: Own\nowner: [own]\n")

    told = run("check", *hubs(tmp_path, GOOD), PROVISIONER_CATALOG=str(tmp_path))

    first, *mistakes, last = told.err.splitlines()
    assert first == "error: The catalog has mistakes; no hub was looked at."
    assert len(mistakes) > 1
    assert all(f"{tmp_path.name}/network.yaml:" in line for line in mistakes)
    assert last == "  fix: Fix the lines above; each says how."


def process(*arguments: str, before: str = "") -> subprocess.Popen[bytes]:
    """The command in a process of its own, after what is done there `before`."""
    program = f"{before}from provisioner.cli import main; main({list(arguments)!r})"
    return subprocess.Popen(
        [sys.executable, "-c", program], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )


def test_a_bug_is_told_with_its_place_and_what_to_do() -> None:
    broken = process(
        "keygen",
        before="from provisioner.commands.keygen import keygen\n"
        "keygen.callback = lambda **_: 1 / 0\n",
    )
    result, log = broken.communicate()

    assert (broken.returncode, result) == (ExitCode.BUG, b"")
    first, *_, last = log.decode().splitlines()
    assert first.startswith("Traceback")
    assert last == "This is a bug of the provisioner. Please report the lines above."


@pytest.mark.parametrize(
    "stopped", ["KeyboardInterrupt", "click.Abort", "provisioner.errors.Interrupted"]
)
def test_who_interrupts_is_told_so(stopped: str) -> None:
    public = json.loads(run("keygen", "--format", "json").out)["public"]
    interrupted = process(
        *("seal", "nairobi", "bot", "TELEGRAM_TOKEN", "--key", public),
        before="import sys, types, click, provisioner.errors\n"
        f"def read(): raise {stopped}\n"
        "stdin = types.SimpleNamespace(read=read)\n"
        "sys.stdin = types.SimpleNamespace(isatty=lambda: False, buffer=stdin)\n",
    )
    result, log = interrupted.communicate()

    assert (interrupted.returncode, result) == (ExitCode.INTERRUPTED, b"")
    assert log.splitlines()[-1] == b"interrupted"


def test_a_reader_that_has_gone_away_is_no_bug(tmp_path: Path) -> None:
    gone = process("check", *hubs(tmp_path, GOOD))
    assert gone.stdout is not None
    gone.stdout.close()
    assert gone.stderr is not None

    assert gone.stderr.read() == b""
    assert gone.wait() not in (ExitCode.BUG, ExitCode.DONE)
