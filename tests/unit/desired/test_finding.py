"""The one place that puts words and a place together."""

import ast
from pathlib import Path

import provisioner
from provisioner.desired.finding import Spot, finding_of
from provisioner.desired.read.marks import Mark
from provisioner.desired.wording.advice import Advice
from provisioner.models.finding import Finding, Severity

PACKAGE = Path(provisioner.__file__).parent
BUILDER = "desired/finding.py"


def test_a_finding_says_the_words_at_the_place_of_a_value() -> None:
    advice = Advice("wrong-list", "this must be a list", "write `- x`", Severity.WARNING)

    assert finding_of(advice, Mark(6, 14, 6, 20), "/apps/docs") == Finding(
        severity=Severity.WARNING,
        code="wrong-list",
        message="this must be a list",
        hint="write `- x`",
        line=6,
        column=14,
        pointer="/apps/docs",
    )


def test_without_a_place_it_is_about_the_file_and_an_error_unless_said_otherwise() -> None:
    found = finding_of(Advice("empty-file", "the file is empty"))

    assert (found.line, found.column, found.pointer, found.hint) == (1, 1, "", "")
    assert found.is_error


def test_a_spot_is_the_first_of_its_line_unless_said_otherwise() -> None:
    assert finding_of(Advice("tab", "a tab"), Spot(3)).column == 1


def test_nobody_else_builds_findings() -> None:
    assert {path for path in _sources() if "Finding" in _called(PACKAGE / path)} == {BUILDER}


def _sources() -> list[str]:
    return [path.relative_to(PACKAGE).as_posix() for path in PACKAGE.rglob("*.py")]


def _called(path: Path) -> set[str]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    calls = [node.func for node in ast.walk(tree) if isinstance(node, ast.Call)]
    return {call.id for call in calls if isinstance(call, ast.Name)}
