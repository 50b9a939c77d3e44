"""A text that was surely meant otherwise is told, and does no harm."""

import pytest

from provisioner.desired.read.load import load
from provisioner.desired.read.source import source_of
from provisioner.desired.rules.texts import text_findings
from provisioner.models.finding import Severity
from tests.unit.desired.given import hub_with, only


def codes(yaml: str) -> list[str]:
    return [each.code for each in text_findings(load(source_of("x.yaml", yaml.encode())))]


def test_curly_quotes_around_a_value_are_a_warning() -> None:
    finding = only(hub_with("env: {SITE_TITLE: “Nairobi”}"))
    assert (finding.code, finding.severity) == ("curly-quotes", Severity.WARNING)
    assert (finding.line, finding.column) == (6, 23)
    assert finding.pointer == "/apps/docs/env/SITE_TITLE"
    assert "are taken as a part of the text" in finding.message
    assert "straight ones" in finding.hint


@pytest.mark.parametrize("value", ["“Nairobi”", "„Nairobi“", "«Nairobi»", "‘x’", "“”"])
def test_every_pair_of_curly_quotes_is_seen(value: str) -> None:
    assert codes(f"name: {value}") == ["curly-quotes"]


@pytest.mark.parametrize(
    "value", ["“Nairobi” Commons", "the “Commons”", '"Nairobi"', "“", "''", "", "[“, ”]"]
)
def test_quotes_that_do_not_stand_around_a_value_are_fine(value: str) -> None:
    assert codes(f"name: {value}") == []


def test_each_value_in_such_quotes_is_told() -> None:
    assert codes("a: “x”\nb: plain\nc: [“y”, z]\n") == ["curly-quotes", "curly-quotes"]
