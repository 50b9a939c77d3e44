"""The Actions workflow files as data, for rules that they must keep. Runs nothing."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from tests.e2e.act import ROOT, WORKFLOWS

NAMES = sorted(path.stem for path in WORKFLOWS.glob("*.yml"))
ACTIONS = sorted((ROOT / ".github" / "actions").glob("*/action.yml"))


@dataclass(frozen=True)
class Step:
    """One step and where it stands, such as `provision.apply[2]`."""

    where: str
    content: dict[str, Any]

    @property
    def run(self) -> str:
        return str(self.content.get("run", ""))

    @property
    def uses(self) -> str:
        return str(self.content.get("uses", ""))


def load(path: Path) -> dict[str, Any]:
    content: dict[str, Any] = YAML(typ="safe", pure=True).load(path.read_text())
    return content


def workflow(name: str) -> dict[str, Any]:
    return load(WORKFLOWS / f"{name}.yml")


def jobs() -> Iterator[tuple[str, dict[str, Any]]]:
    """Every job of every workflow, as `provision.apply` and its content."""
    for name in NAMES:
        for job, content in workflow(name)["jobs"].items():
            yield f"{name}.{job}", content


def steps() -> Iterator[Step]:
    """Every step of every job and of every action of our own."""
    groups = [(where, job["steps"]) for where, job in jobs()]
    groups += [(path.parent.name, load(path)["runs"]["steps"]) for path in ACTIONS]
    for where, found in groups:
        for number, content in enumerate(found):
            yield Step(f"{where}[{number}]", content)
