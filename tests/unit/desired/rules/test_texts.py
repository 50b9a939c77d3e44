"""A text that was surely meant otherwise is told, and does no harm."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from provisioner.desired.read.load import load
from provisioner.desired.read.source import source_of
from provisioner.desired.rules.texts import text_findings
from provisioner.models.finding import Finding, Severity
from tests.unit.desired.given import findings, hub_with, only


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


def test_a_text_that_a_number_sign_cuts_off_is_told_with_the_whole_of_it() -> None:
    finding = only(hub_with("env:\n  SITE_TITLE: Guides #1 of Kisumu  "))
    assert (finding.code, finding.is_error) == ("cut-off", True)
    assert (finding.line, finding.column) == (7, 19)
    assert finding.message.startswith("`#1 of Kisumu` is not read")
    assert '`"Guides #1 of Kisumu"`' in finding.hint
    mended = hub_with('env:\n  SITE_TITLE: "Guides #1 of Kisumu"')
    assert findings(mended) == ()


@pytest.mark.parametrize(
    "line",
    [
        "name: Nairobi # the hub",
        "name: Nairobi ## the hub",
        "name: Nairobi #",
        "name: Nairobi#1",
        "name: 'Nairobi #1'",
        'name: "Nairobi" #1',
        "other: Nairobi #1",
        "name:  #1",
        "name:\n- Nairobi #1",
        "name: |\n  Nairobi #1",
        "name: >-\n  Nairobi #1",
    ],
)
def test_a_note_for_people_and_what_is_read_are_fine(line: str) -> None:
    assert codes(line) == []


@pytest.mark.parametrize("line", ["name: A #1", "name: A\t#b", "name: A\n  B #1"])
def test_whatever_stands_before_the_sign_the_rest_is_missing(line: str) -> None:
    assert codes(line) == ["cut-off"]


def cut_off(text: str) -> Finding:
    (finding,) = text_findings(load(source_of("x.yaml", f"name: {text}".encode())))
    return finding


@given(st.text("ab \"'\\é", min_size=1), st.text("ab# \"'\\é"))
@example('The "Hub"', "1")
@example('Amina\'s "Hub"', "1")
@example("a\\b", "1")
def test_what_is_suggested_is_the_text_that_was_meant(before: str, behind: str) -> None:
    """Taken literally, so that the next check is content."""
    whole = " ".join(f"a{before} #1{behind}".split())
    suggested = cut_off(whole).hint.partition("`")[2].partition("`")[0]
    document = load(source_of("x.yaml", f"name: {suggested}".encode()))

    assert document.data == {"name": whole}
    assert list(text_findings(document)) == []


@pytest.mark.parametrize("text", ["a `b` #1", f"{'x' * 100} #1", "a #1  b"])
def test_what_cannot_be_shown_as_it_is_is_not_suggested(text: str) -> None:
    assert "straight quotes; if" in cut_off(text).hint
