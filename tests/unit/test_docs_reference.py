"""What docs/reference.md lists is what the program has: commands, settings, limits, JSON, words."""

import re

import click
import pytest

from provisioner.cli import COMMANDS, provisioner
from provisioner.commands.admitting import MOST_AT_THE_DOOR
from provisioner.commands.commenting import MOST_COMMENTS
from provisioner.desired.judge import MOST_FINDINGS
from provisioner.desired.pull_request import MOST_BULK, MOST_FILES
from provisioner.desired.read.compose import LONGEST_KEY, MAX_VALUES
from provisioner.desired.wording.advice import fits
from provisioner.engine.lease import DURATION
from provisioner.engine.limits import MOST_BYTES
from provisioner.errors import ExitCode
from provisioner.github.state_branch import BRANCH
from provisioner.hosting.base import MARK
from provisioner.hosting.registry import HOSTS
from provisioner.models import hub as hub_model
from provisioner.models.journal import MOST_PAST_RUNS
from provisioner.models.network import Limits
from provisioner.report.comment import COMMENT_LIMIT
from provisioner.report.plan import MATRIX_LIMIT
from provisioner.report.words import RUN_ICONS, STEP_ICONS
from tests.unit.pages import GUIDE, REFERENCE, ROOT, code
from tests.unit.project import WORKFLOWS, jobs, texts


def usage(name: str) -> tuple[str, set[str]]:
    """A command with its arguments, and its options with their choices."""
    context = click.Context(provisioner, info_name="provisioner")
    command = provisioner.get_command(context, name)
    assert command is not None
    own = click.Context(command, parent=context, info_name=name)
    pieces = [piece for piece in command.collect_usage_pieces(own) if piece != "[OPTIONS]"]
    options = {
        f"{param.opts[0]} {'|'.join(param.type.choices)}"
        if isinstance(param.type, click.Choice)
        else param.opts[0]
        for param in command.params
        if isinstance(param, click.Option)
    }
    return " ".join([name, *pieces]), options


def test_every_command_is_listed_with_its_arguments_and_options() -> None:
    told = [(code(cells[0])[0], set(code(cells[1]))) for cells in REFERENCE.tables("Commands")[0]]
    assert told == [usage(name) for name in COMMANDS]


def test_the_exit_codes_are_those_of_the_program() -> None:
    told = [int(cells[0]) for cells in REFERENCE.tables("Commands")[1]]
    assert told == list(ExitCode)


def test_every_environment_variable_that_the_program_reads_is_listed() -> None:
    source = "".join(
        path.read_text()
        for path in (ROOT / "provisioner").rglob("*.py")
        if "sandbox" not in path.relative_to(ROOT / "provisioner").parts
    )
    read = set(re.findall(r'"((?:GITHUB|PROVISIONER|VERCEL|TELEGRAM)_[A-Z_]+)"', source))
    told = [name for row in REFERENCE.tables("Environment variables")[0] for name in code(row[0])]
    hosts = {name for kind in HOSTS.values() for name in (kind.token_name, kind.url_name)}
    assert sorted(told) == sorted((read - {"TELEGRAM_TOKEN", MARK}) | hosts)


def test_the_permissions_of_each_job_are_those_of_its_file() -> None:
    told = {}
    for job, permissions in REFERENCE.tables("Permissions")[0]:
        name, file = code(job)
        told[file, name] = dict(item.split(": ") for item in code(permissions))
    wanted = {
        (file, name): job["permissions"] for file in WORKFLOWS for name, job in jobs(file).items()
    }
    assert told == wanted


def test_only_the_jobs_that_are_named_have_an_actions_environment() -> None:
    having = [
        name for file in WORKFLOWS for name, job in jobs(file).items() if "environment" in job
    ]
    assert sorted(having) == ["apply", "doctor"]
    assert "Only `apply` and `doctor` name an Actions environment" in REFERENCE.text


def test_the_limits_are_those_of_the_models() -> None:
    limits = Limits()
    wanted = {
        "a hub's name": "3 to 40 small letters",
        "an app's name within its hub": "20",
        "a hub file": f"{hub_model.MAX_FILE_BYTES // 1024} KiB",
        "apps of a hub": f"{limits.apps_per_hub}, ",
        "domains of an app": f"{hub_model.MAX_DOMAINS}",
        "variables of an app": f"{hub_model.MAX_VARIABLES}",
        "characters of a value": f"{hub_model.MAX_VALUE_LENGTH:,}",
        "characters of a key": f"{LONGEST_KEY}",
        "values in a hub file": f"{MAX_VALUES:,}",
        "maintainers of a hub": f"{hub_model.MAX_MAINTAINERS}",
        "findings shown of a file": f"{MOST_FINDINGS}",
        "hub files in one pull request": f"{MOST_FILES}; a network maintainer {MOST_BULK}",
        "hubs commented on in one pull request": f"{MOST_COMMENTS}",
        "hubs in one Actions run": f"{MATRIX_LIMIT};",
        "changed hubs asked for at the door in one run": f"{MOST_AT_THE_DOOR};",
        "hub files gone at once": f"{limits.removals_at_once}, ",
        "characters of a comment": f"{COMMENT_LIMIT:,};",
        "past runs kept of a hub": f"{MOST_PAST_RUNS}",
        "bytes of a hub's journal": f"{MOST_BYTES:,};",
    }
    told = dict(REFERENCE.tables("Limits")[0])
    assert list(told) == list(wanted)
    assert {what: told[what][: len(most)] for what, most in wanted.items()} == wanted
    assert told["apps of a hub"].endswith(f" {hub_model.MAX_APPS}")


@pytest.mark.parametrize(
    ("pattern", "shortest", "longest"),
    [(hub_model.HUB_ID_PATTERN, 3, 40), (hub_model.APP_ID_PATTERN, 1, 20)],
)
def test_names_are_as_long_as_the_pages_say(pattern: str, shortest: int, longest: int) -> None:
    fitting = [length for length in range(1, 60) if fits(pattern, "a" * length)]
    assert fitting == list(range(shortest, longest + 1))
    words = f"{shortest} to {longest}" if shortest > 1 else f"at most {longest}"
    assert f"{words} small" in " ".join(GUIDE.text.split())


def test_the_signs_are_those_of_the_comment() -> None:
    told = [row[0] for row in REFERENCE.tables("What the signs mean")[0]]
    assert set(told) == set(RUN_ICONS.values()) == set(STEP_ICONS.values())
    assert told == list(dict.fromkeys(RUN_ICONS.values()))


def test_every_message_under_troubleshooting_is_one_of_the_programs() -> None:
    rows = [row for table in REFERENCE.tables("Troubleshooting") for row in table]
    quoted = [text for row in rows for text in re.findall(r"“([^”]+)”", row[0])]
    assert len(quoted) > 20
    assert [text for text in quoted if text not in texts()] == []


def test_the_state_branch_and_its_times_are_those_of_the_program() -> None:
    assert f"the branch `{BRANCH}`" in REFERENCE.text
    assert f"a lease lasts {int(DURATION.total_seconds() // 60)} minutes at most" in REFERENCE.text
