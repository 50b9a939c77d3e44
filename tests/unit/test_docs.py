"""What README, CONTRIBUTING and CHANGELOG promise is true of the program."""

import hashlib
import hmac
import json
import re
import tomllib
from pathlib import Path

import click
import pytest

from provisioner.actions.register_webhook import PATH, webhook_secret
from provisioner.cli import COMMANDS, provisioner
from provisioner.commands.admitting import MOST_AT_THE_DOOR
from provisioner.commands.commenting import MOST_COMMENTS
from provisioner.desired.judge import MOST_FINDINGS
from provisioner.desired.pull_request import MOST_BULK, MOST_FILES
from provisioner.desired.read.compose import LONGEST_KEY, MAX_VALUES
from provisioner.desired.wording.advice import fits
from provisioner.engine.endings import MOST_WAKE
from provisioner.engine.limits import MOST_BYTES
from provisioner.errors import ExitCode
from provisioner.github.door import STATUS
from provisioner.github.state_branch import BRANCH
from provisioner.hosting.base import MARK
from provisioner.models import hub as hub_model
from provisioner.models.journal import MOST_PAST_RUNS
from provisioner.models.network import Limits
from provisioner.models.run import RunState, StepState
from provisioner.receipts.reading import canonical
from provisioner.report.comment import COMMENT_LIMIT
from provisioner.report.plan import MATRIX_LIMIT
from provisioner.report.words import RUN_ICONS, STEP_ICONS
from provisioner.version import VERSION
from tests.unit.pages import CHANGELOG, CONTRIBUTING, GUIDE, PAGES, README, ROOT, Page, code, files
from tests.unit.receipts.receipts import RECEIPT

PYPROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())
MAKEFILE = (ROOT / "Makefile").read_text()
WORKFLOWS = "".join(path.read_text() for path in (ROOT / ".github/workflows").glob("*.yml"))


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


def test_the_readme_lists_every_command_with_its_arguments_and_options() -> None:
    told = [(code(cells[0])[0], set(code(cells[1]))) for cells in README.tables("Commands")[0]]
    assert told == [usage(name) for name in COMMANDS]


def test_the_exit_codes_of_the_readme_are_those_of_the_program() -> None:
    told = [int(cells[0]) for cells in README.tables("Commands")[1]]
    assert told == list(ExitCode)


def test_every_environment_variable_that_the_program_reads_is_in_the_readme() -> None:
    source = "".join(
        path.read_text()
        for path in (ROOT / "provisioner").rglob("*.py")
        if "sandbox" not in path.relative_to(ROOT / "provisioner").parts
    )
    read = set(re.findall(r'"((?:GITHUB|PROVISIONER|VERCEL|TELEGRAM)_[A-Z_]+)"', source))
    told = [name for row in README.tables("Environment variables")[0] for name in code(row[0])]
    assert sorted(told) == sorted(read - {"TELEGRAM_TOKEN", MARK})


def test_the_secrets_of_the_readme_are_those_that_the_workflow_files_use() -> None:
    tables = (
        README.tables("6. The Actions environment"),
        README.tables("A plan in the pull request"),
    )
    told = [code(row[0])[0] for (table,) in tables for row in table]
    assert sorted(told) == sorted(set(re.findall(r"secrets\.([A-Z_]+)", WORKFLOWS)))


def test_the_limits_of_the_readme_are_those_of_the_models() -> None:
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
    told = dict(README.tables("Limits")[0])
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


def test_the_signs_of_the_readme_are_those_of_the_comment() -> None:
    told = [row[0] for row in README.tables("What the signs mean")[0]]
    assert set(told) == set(RUN_ICONS.values()) == set(STEP_ICONS.values())
    assert told == list(dict.fromkeys(RUN_ICONS.values()))


def test_every_state_is_in_the_readme() -> None:
    told = README.text[README.text.index("States of hubs and apps:") :].split(".", 1)[0]
    hubs, steps = told.split("of steps:")
    assert code(hubs) == list(RunState)
    assert code(steps) == list(StepState)


def test_every_make_target_that_is_named_exists_and_each_is_listed() -> None:
    phony = re.search(r"^\.PHONY: (.*)$", MAKEFILE, re.MULTILINE)
    assert phony is not None
    targets = phony[1].split()
    listed = [code(row[0])[0].removeprefix("make ") for row in CONTRIBUTING.tables("Begin")[0]]
    assert sorted(listed) == sorted(targets)
    named = {name for page in PAGES for name in re.findall(r"(?:`|\$ )make ([a-z]+)", page.text)}
    assert named <= set(targets)


def test_the_house_in_contributing_is_the_one_that_stands() -> None:
    block = CONTRIBUTING.block("The house")
    left = "\n".join(line[:20] for line in block.splitlines() if line.startswith("  "))
    named = re.findall(r"([\w]+/|\w+\.py)", left)
    there = [
        f"{path.name}/" if path.is_dir() else path.name
        for path in (ROOT / "provisioner").iterdir()
        if not path.name.startswith("__")
    ]
    assert sorted(named) == sorted(there)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.path.relative_to(ROOT)))
def test_every_link_within_the_repository_leads_somewhere(page: Page) -> None:
    for link in page.links:
        if re.match(r"https?:", link):
            continue
        target, _, anchor = link.partition("#")
        path = (page.path.parent / target).resolve() if target else page.path
        assert path.exists(), link
        assert not anchor or anchor in Page(path).anchors, link


def test_what_a_bot_has_to_do_is_told_as_the_program_expects_it() -> None:
    for words in (f"`POST {PATH}`", "`telegram-webhook`", "HMAC-SHA256", "`TELEGRAM_TOKEN`"):
        assert words in README.text
    told = hmac.new(b"a-token", b"telegram-webhook", hashlib.sha256).hexdigest()
    assert webhook_secret("a-token") == told


def test_times_names_and_versions_in_the_readme_are_those_of_the_program() -> None:
    assert PYPROJECT["project"]["requires-python"] == ">=3.11"
    assert "Python 3.11 or newer" in README.text
    assert (
        f"at most {['', 'one', 'two', 'three', 'four', 'five', 'six'][_hours()]} hours"
        in README.text
    )
    minutes = re.search(r'cron: "([\d,]+) \* \* \* \*"', WORKFLOWS)
    assert minutes is not None
    assert f"runs at {minutes[1].replace(',', ' and ')} minutes past each hour" in README.text
    for name in (STATUS, BRANCH):
        assert f"`{name}`" in README.text


def _hours() -> int:
    return int(MOST_WAKE.total_seconds() // 3600)


def test_the_changelog_has_the_version_that_the_package_has() -> None:
    version = PYPROJECT["project"]["version"]
    assert re.search(rf"^## \[(Unreleased|{re.escape(version)})\]", CHANGELOG.text, re.MULTILINE)
    assert version in CHANGELOG.text
    assert version == VERSION


def keys(model: object) -> list[str]:
    """Every key of a JSON document in its order, each as often as it stands there."""
    if isinstance(model, dict):
        return [key for name, value in model.items() for key in (name, *keys(value))]
    return keys(model[0]) if isinstance(model, list) and model else []


def test_the_receipt_in_the_readme_has_the_fields_of_a_receipt() -> None:
    told = README.text[README.text.index("- **Receipt**:") :].split("`; `version`", 1)[0]
    assert re.findall(r'"(\w+)"', told) == keys(json.loads(canonical(RECEIPT)))


def test_the_readme_names_the_switch_of_signing_as_the_workflow_file_reads_it() -> None:
    assert set(re.findall(r"vars\.(\w+)", WORKFLOWS)) == {"PROVISIONER_ATTEST"}
    for words in ("`PROVISIONER_ATTEST`", "`yes` signs always, `no` never", "`signed-receipts`"):
        assert words in README.text


def test_the_picture_of_the_comment_is_small() -> None:
    assert (ROOT / ".github/comment.png").stat().st_size < 150_000


_ELSEWHERE = re.compile(
    r"pypi\.(?:org)|python(?:hosted)\.org|registry\.(?:npmjs)|crates\.(?:io)|proxy\.(?:golang)"
    r"|(?<![\w./-])/(?:home|Users|root|work|tmp)/\w"
)


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        return ""


def test_no_file_names_a_package_registry_or_a_place_on_somebodys_machine() -> None:
    told = [
        f"{path.relative_to(ROOT)}: {found[0]}"
        for path in files()
        if (found := _ELSEWHERE.search(_text(path)))
    ]
    assert told == []
