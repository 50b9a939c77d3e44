"""Nothing leaves the program but through the sinks, and the sinks take only what is safe."""

import ast
import typing
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest

from provisioner import output
from provisioner.github.network_repository import Conversation, NetworkRepository
from provisioner.redaction import Redactor, Shown
from provisioner.report.publisher import HubComment

PACKAGE = Path(__file__).resolve().parents[2] / "provisioner"
SINKS = {"output.py": {"click.echo", "open"}, "process.py": {"Console"}}
"""Which modules may use which way out; every other way is closed to all of them."""
FILES = {"commands/schema.py", "commands/demo_story.py"}
"""They write files that nobody reads as a log: schemas, and hub files in a folder of the demo's."""

WAYS_OUT = {
    *("print", "breakpoint", "Console", "os.write", "os.writev", "os.system"),
    *("click.echo", "click.secho", "click.style", "click.echo_via_pager"),
    *("sys.stdout.write", "sys.stderr.write", "sys.stdout.buffer.write", "sys.__stderr__.write"),
    *("traceback.print_exc", "traceback.print_exception", "traceback.print_stack"),
    *("logging.StreamHandler", "logging.FileHandler", "logging.basicConfig", "warnings.warn"),
    *("StreamHandler", "FileHandler", "rich.print", "rich.console.Console"),
}
FILE_WRITES = {"open", "write_text", "write_bytes"}


@cache
def sources() -> tuple[tuple[str, ast.Module], ...]:
    paths = sorted(PACKAGE.rglob("*.py"))
    return tuple(
        (path.relative_to(PACKAGE).as_posix(), ast.parse(path.read_text(encoding="utf-8")))
        for path in paths
    )


def ways_out(tree: ast.Module) -> set[str]:
    """Calls that write where somebody reads; `open` only where it is opened to be written."""
    found = set()
    for call in (node for node in ast.walk(tree) if isinstance(node, ast.Call)):
        name = dotted(call.func)
        last = name.rpartition(".")[2]
        if name in WAYS_OUT or (last in FILE_WRITES and _writes(last, call)):
            found.add(name if name in WAYS_OUT else last)
    return found


def dotted(node: ast.AST) -> str:
    """`a.b.c` as it is written; what is not made of names ends in the last of them."""
    if isinstance(node, ast.Name):
        return node.id
    return f"{dotted(node.value)}.{node.attr}" if isinstance(node, ast.Attribute) else ""


def _writes(name: str, call: ast.Call) -> bool:
    if name != "open":
        return True
    modes = [one.value for one in ast.walk(call) if isinstance(one, ast.Constant)]
    return any(isinstance(mode, str) and mode in {"a", "w", "x", "ab", "wb"} for mode in modes)


def test_only_the_sinks_write_where_somebody_reads() -> None:
    used = {name: ways_out(tree) - allowed(name) for name, tree in sources()}
    assert {name: ways for name, ways in used.items() if ways} == {}


def allowed(name: str) -> set[str]:
    files = FILE_WRITES if name in FILES or name.startswith("sandbox/") else set()
    return SINKS.get(name, set()) | files


@pytest.mark.parametrize("way", ["print('x')", "click.echo(x)", "Path(y).open('a')", "Console()"])
def test_the_look_for_ways_out_finds_them(way: str) -> None:
    assert ways_out(ast.parse(f"def leak(x, y):\n    {way}\n"))


def test_only_redaction_names_what_proves_that_a_text_is_safe() -> None:
    makers = {
        name
        for name, tree in sources()
        for node in ast.walk(tree)
        if (isinstance(node, ast.Call) and dotted(node.func).endswith("Shown"))
        or (isinstance(node, ast.Name | ast.Attribute) and dotted(node).endswith("_PROOF"))
    }
    assert makers == {"redaction.py"}


def test_nobody_else_can_make_one() -> None:
    with pytest.raises(TypeError, match="only `redaction`"):
        Shown("::error::x", object())


def test_values_that_are_meant_to_be_seen_are_disclosed_by_name_in_few_places() -> None:
    places = {
        name
        for name, tree in sources()
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and dotted(node.func) == "disclosed"
    }
    assert places == {"commands/keygen.py", "commands/seal.py", "commands/sandbox.py"}


@pytest.mark.parametrize(
    ("sink", "parameter"),
    [
        (output.echo, "shown"),
        (output.complain, "shown"),
        (output.append_summary, "shown"),
        (HubComment.show, "body"),
        (Conversation.add_comment, "body"),
        (Conversation.edit_comment, "body"),
        (NetworkRepository.add_comment, "body"),
        (NetworkRepository.edit_comment, "body"),
        (NetworkRepository.set_status, "description"),
    ],
)
def test_every_sink_demands_it(sink: Callable[..., object], parameter: str) -> None:
    """mypy holds every caller to this."""
    assert typing.get_type_hints(sink)[parameter] is Shown


COMMANDS = ("::error::x", "  ::add-mask::y", "\u00a0\u2003::debug::z", "a ##[error]b", "####[x]")


@pytest.mark.parametrize("command", COMMANDS)
def test_no_text_that_is_shown_is_a_command_of_the_runner(command: str) -> None:
    redactor = Redactor()
    for text in (
        command,
        f"a\n{command}",
        f"a\r{command}",
        f"\x1b[1m{command}",
        f"\ufeff{command}",
    ):
        shown = (
            redactor.line(text),
            redactor.lines(text),
            redactor.json({"said": text, text: [text]}, indent=2),
            redactor.drawn(text.replace("\r", "\n").replace("\x1b[1m", "").replace("\ufeff", "")),
        )
        for one in shown:
            assert "##[" not in one.text
            assert not any(line.lstrip().startswith("::") for line in one.text.splitlines())
