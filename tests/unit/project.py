"""The repository's own files as data, for tests of what pages say of them. Judges nothing."""

import ast
import re
import tomllib
from functools import cache
from typing import Any

from ruamel.yaml import YAML

from tests.unit.pages import ROOT, code

PYPROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())
MAKEFILE = (ROOT / "Makefile").read_text()
WORKFLOWS = {
    path.name: path.read_text() for path in sorted((ROOT / ".github/workflows").glob("*.yml"))
}


def code_of(cell: str) -> str:
    """The first code span of a cell."""
    return code(cell)[0]


def jobs(file: str) -> dict[str, Any]:
    """The jobs of an Actions workflow file."""
    found: dict[str, Any] = YAML(typ="safe").load(WORKFLOWS[file])["jobs"]
    return found


@cache
def texts() -> str:
    """Every text of the program and of its Actions workflow files, one a line; `…` stands for
    what is filled in."""
    python = (
        _whole(node)
        for path in sorted((ROOT / "provisioner").rglob("*.py"))
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
    )
    lines = (line for text in WORKFLOWS.values() for line in text.splitlines())
    found = (text for text in (*python, *lines) if text)
    return "\n".join(re.sub(r"\s+", " ", text) for text in found)


def _whole(node: ast.AST) -> str:
    """A text, put together where it stands in pieces; nothing for anything else."""
    if isinstance(node, ast.JoinedStr):
        parts = (part.value if isinstance(part, ast.Constant) else "…" for part in node.values)
        return "".join(str(part) for part in parts)
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else ""
