"""Every promise and every line of the security model names a test that exists.

A link leads to the test's file; its title is the test's name.
"""

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from tests.unit.pages import CONTRIBUTING, PROMISES, ROOT

NAMED = re.compile(r"\]\((?:\.\./)?(tests/(?:\w+/)*test_\w+\.py)(?: \"(\w+)\")?\)")


def promises() -> list[str]:
    """The sections of the page, each as one text."""
    return [" ".join(part.split()) for part in PROMISES.text.split("\n## ")[1:]]


def rules() -> Iterator[str]:
    """The lines of the security model, each as one text."""
    section = CONTRIBUTING.text.split("## Security model", 1)[1].split("**The sandbox**", 1)[0]
    for item in re.split(r"\n- ", section)[1:]:
        yield re.split(r"\n\n", item)[0].replace("\n", " ")


@cache
def _tests_in(path: Path) -> frozenset[str]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    found = (one.name for one in ast.walk(tree) if isinstance(one, ast.FunctionDef))
    return frozenset(name for name in found if name.startswith("test_"))


@pytest.mark.parametrize("line", [*promises(), *rules()], ids=lambda line: line[:60])
def test_what_is_promised_names_a_test_that_exists(line: str) -> None:
    named = NAMED.findall(line)
    assert named, "it names no test"
    for path, test in named:
        assert _tests_in(ROOT / path), path
        assert not test or test in _tests_in(ROOT / path), f"{path} has no {test}"


@pytest.mark.parametrize("promise", promises(), ids=lambda promise: promise[:40])
def test_a_promise_says_where_it_ends_before_it_names_its_tests(promise: str) -> None:
    assert re.search(r"\*\*Not promised\.\*\* .+ \*\*Tests\.\*\* \[", promise)


def test_there_are_promises_and_rules_to_look_at() -> None:
    assert len(promises()) >= 12
    assert len(list(rules())) >= 24
