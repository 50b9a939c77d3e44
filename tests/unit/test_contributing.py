"""The house in CONTRIBUTING.md is the one that stands, and its examples work as written."""

import re
import sys
import tomllib
from dataclasses import dataclass, field
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from provisioner.actions.support.hand_over import Neighbours
from provisioner.cli import COMMANDS
from provisioner.desired.catalog import load_catalog
from provisioner.desired.judge import judge
from provisioner.desired.read.load import load
from provisioner.desired.read.source import source_of
from provisioner.desired.rules.view import see
from provisioner.models.finding import Severity
from provisioner.models.plan import Verdict
from provisioner.models.remote import Project
from tests.unit.actions.hosted import Hosted, app, readers, writers
from tests.unit.commands.command import run
from tests.unit.desired.given import GOOD, hub_with, own_catalog
from tests.unit.pages import CONTRIBUTING, ROOT, files
from tests.unit.project import PYPROJECT

SITE = app()
ONLINE = Project(id="prj_1", name=SITE.project)


def example(heading: str) -> dict[str, Any]:
    """What the Python of an example defines."""
    defined: dict[str, Any] = {}
    exec(compile(CONTRIBUTING.block(heading), heading, "exec"), defined)
    return defined


def rooms() -> list[str]:
    """As the house lists them, from the top."""
    block = CONTRIBUTING.block("The house")
    left = "\n".join(line[:20] for line in block.splitlines() if line.startswith("  "))
    return re.findall(r"([\w]+/|\w+\.py)", left)


def test_the_house_is_the_one_that_stands() -> None:
    there = [
        f"{path.name}/" if path.is_dir() else path.name
        for path in (ROOT / "provisioner").iterdir()
        if not path.name.startswith("__")
    ]
    assert sorted(rooms()) == sorted(there)


def test_the_rooms_stand_in_the_order_in_which_imports_may_go_down() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    contract = project["tool"]["importlinter"]["contracts"][0]
    downwards = [room for layer in contract["layers"] for room in layer.split(" | ")]

    listed = [re.sub(r"/|\.py", "", room) for room in rooms()]

    assert ["__main__", *listed] == [*downwards, *contract["exhaustive_ignores"]]


def test_every_file_and_folder_that_the_house_names_is_there() -> None:
    block = CONTRIBUTING.block("The house")
    named = set(re.findall(r"(?<![\w/])([a-z]\w+/|\w+\.py)", block))
    there = {part for path in files() for part in path.relative_to(ROOT).parts}
    assert len(named) > 30
    assert {name for name in named if name.rstrip("/") not in there} == set()


def test_every_file_that_the_example_of_a_host_names_is_there() -> None:
    folder = ""
    for line in CONTRIBUTING.block("A host").splitlines():
        folder = folder if line.startswith(" ") else line.strip()
        for name in ("", *re.findall(r"\w+\.py", line)):
            assert (ROOT / "provisioner" / folder / name).exists(), line


def test_the_example_of_a_host_leaves_no_file_of_its_folder_out() -> None:
    _, ours, _ = re.split(r"^\S+\n", CONTRIBUTING.block("A host"), flags=re.MULTILINE)
    listed = set(re.findall(r"\w+\.py", ours))
    there = {path.name for path in (ROOT / "provisioner/hosting/vercel").glob("[!_]*.py")}
    assert listed == there


def test_the_example_of_an_app_can_be_asked_for(tmp_path: Path) -> None:
    (tmp_path / "apps").mkdir()
    network = "name: Yours\nowner: your-network\nteam: your-network\nmaintainers: [wanjiru]\n"
    (tmp_path / "network.yaml").write_text(network)
    (tmp_path / "apps/wiki.yaml").write_text(CONTRIBUTING.block("An app"))

    catalog = load_catalog(tmp_path)
    file = hub_with("env: {SITE_TITLE: Ours}").replace("docs-site", "wiki").encode()

    assert list(catalog.entries) == ["wiki"]
    assert judge([source_of("hubs/nairobi.yaml", file)], catalog)[0].findings == ()


class Host(Hosted):
    """Has this project, or none."""

    held_project: Project | None = ONLINE

    def project(self, team: str, project: str) -> Project | None:
        return self.held_project


@dataclass
class Waking:
    woken: list[tuple[str, str]] = field(default_factory=list)

    def unpause_project(self, team: str, project_id: str) -> None:
        self.woken.append((team, project_id))


def test_the_example_of_an_action_changes_what_it_has_to_and_no_more() -> None:
    action, host, waking = example("An action")["WakeProject"](), Host(), Waking()
    assert action.assess(SITE, readers(host), frozenset(), None).satisfied

    host.held_project = ONLINE.model_copy(update={"paused": True})
    look = action.assess(SITE, readers(host), frozenset(), None)
    action.perform(SITE, writers(waking), look.found)

    assert look.verdict is Verdict.UPDATE
    assert waking.woken == [("nairobi", "prj_1")]


def test_the_example_of_a_workflow_has_the_steps_that_it_lists() -> None:
    defined = example("A workflow")
    steps = defined["bare_site"](SITE, readers(Hosted()), None, Neighbours())
    assert tuple(step.action for step in steps) == defined["ACTIONS"]


@pytest.mark.parametrize(("title", "codes"), [("NAIROBI", ["shouting"]), ("Nairobi", [])])
def test_the_example_of_a_rule_finds_what_it_says(title: str, codes: list[str]) -> None:
    file = hub_with(f"env: {{SITE_TITLE: {title}}}").encode()
    hub = see(load(source_of("hubs/nairobi.yaml", file)), "nairobi", False)
    entry = own_catalog().entries["docs-site"].app

    found = list(example("A rule for hub files")["_shouting"](hub, hub.apps[0], entry))

    assert [finding.code for finding in found] == codes
    assert all(finding.severity is Severity.WARNING for finding in found)
    assert all(finding.line == file[: file.index(b"NAIROBI")].count(b"\n") + 1 for finding in found)


def test_the_example_of_a_command_runs_like_every_other(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    module = ModuleType("provisioner.commands.names")
    vars(module).update(example("A command"))
    monkeypatch.setitem(sys.modules, module.__name__, module)
    monkeypatch.setitem(COMMANDS, "names", "Print the name of each copy of a hub.")
    (tmp_path / "nairobi.yaml").write_text(GOOD)

    outcome = run("names", "nairobi", "--hubs", str(tmp_path))

    assert (outcome.code, outcome.err) == (0, "")
    assert outcome.out.splitlines() == [
        "nairobi-commons/nairobi--docs",
        "nairobi-commons/nairobi--bot",
    ]


def test_every_library_has_a_reason_beside_it() -> None:
    names = [
        *PYPROJECT["project"]["dependencies"],
        *(one for group in PYPROJECT["dependency-groups"].values() for one in group),
    ]
    lines = (ROOT / "pyproject.toml").read_text().splitlines()
    explained = {match[1] for line in lines if (match := re.match(r'\s+"(.+)",\s+# \w', line))}
    assert {name for name in names if isinstance(name, str)} - explained - {"types-jsonschema"} == {
        *_EVERYBODY_KNOWS
    }


_EVERYBODY_KNOWS = ("mypy", "pytest", "ruff")
