"""Every command line that a page or a message names exists, with these options and arguments."""

import re
import shlex

import click
import pytest

from provisioner.cli import COMMANDS, provisioner
from tests.unit.pages import PAGES, Page
from tests.unit.project import texts

_CALL = re.compile(r"^(?:\$ )?(?:\.venv/bin/)?provisioner (?P<arguments>[a-z].*)$")


def calls(lines: list[str]) -> list[str]:
    """The arguments of each call of the program, without comments, redirections and pipes."""
    found = (match["arguments"] for line in lines if (match := _CALL.match(line.strip())))
    return [re.split(r"\s+(?:#|[|&]|\d?>)", arguments)[0] for arguments in found]


def trouble(call: str) -> str:
    """Why the program would not take it; empty where it would."""
    name, *arguments = shlex.split(call)
    context = click.Context(provisioner, info_name="provisioner")
    command = provisioner.get_command(context, name)
    if command is None:
        return f"there is no command {name}"
    try:
        command.make_context(name, arguments, parent=context)
    except click.ClickException as error:
        return error.format_message()
    return ""


@pytest.mark.parametrize("page", PAGES, ids=str)
def test_every_command_line_of_a_page_is_one_that_the_program_takes(page: Page) -> None:
    assert {call: why for call in calls(page.code) if (why := trouble(call))} == {}


def test_every_command_line_of_a_message_is_one_that_the_program_takes() -> None:
    named = calls(re.findall(r"`([^`\n]+)`", texts()))
    lines = [call for call in named if " " in call]
    assert len(lines) > 5
    assert {call: why for call in lines if (why := trouble(call))} == {}
    assert {call for call in named if " " not in call} <= set(COMMANDS)


def test_there_are_command_lines_to_look_at() -> None:
    assert sum(len(calls(page.code)) for page in PAGES) > 15


@pytest.mark.parametrize("call", ["nothing", "check --nothing", "plan --format nothing", "seal a"])
def test_one_that_the_program_does_not_take_is_noticed(call: str) -> None:
    assert trouble(call)
