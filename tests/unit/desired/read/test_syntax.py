"""What a parser stumbled over, in plain words and at a place that is there."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from ruamel.yaml.error import MarkedYAMLError, StringMark

from provisioner.desired.read.complaints import (
    AFTER_QUOTES,
    BRACKET_TOO_MANY,
    COLON_IN_VALUE,
    INDENT,
    UNKNOWN,
)
from provisioner.desired.read.compose import compose
from provisioner.desired.read.syntax import explain
from provisioner.models.finding import Finding


def mark(line: int, column: int) -> StringMark:
    """The parsers count from 0."""
    return StringMark("file", 0, line - 1, column - 1, "", 0)


def explained(
    problem: str | None, text: str, at: tuple[int, int], begun: tuple[int, int] | None = None
) -> Finding:
    context = mark(*begun) if begun else None
    error = MarkedYAMLError(problem=problem, problem_mark=mark(*at), context_mark=context)
    return explain(error, text)


def told(text: str) -> tuple[str, tuple[int, int], str]:
    (finding,) = compose(text).findings
    return finding.code, (finding.line, finding.column), finding.message


def place(finding: Finding) -> tuple[int, int]:
    return finding.line, finding.column


@pytest.mark.parametrize(
    ("text", "where", "words"),
    [
        ("a:\n\tb: 1\n", (2, 1), "a tab stands at the beginning of this line"),
        ("a:\n  \tb: 1\n", (2, 3), "a tab stands at the beginning of this line"),
        ("a: [\n@b]\n", (2, 1), "a value cannot begin with `@`"),
        ("a: `b`\n", (1, 4), "a value cannot begin with a backtick"),
        ("```yaml\na: b\n```\n", (1, 1), "three backticks frame a text on a web page"),
        ("name:Nairobi\napps: {}\n", (1, 5), "a space is missing after the colon"),
        ("a:\n  - name:x\n    b: 1\n", (2, 9), "a space is missing after the colon"),
        ("a: b: c\n", (1, 5), COLON_IN_VALUE.message),
        ("a: b\n  c: d\n", (2, 4), INDENT.message),
        ("a: [b]]\n", (1, 7), BRACKET_TOO_MANY.message),
        ("a: {b: c}}\n", (1, 10), BRACKET_TOO_MANY.message),
        ("a: 'b' c\n", (1, 8), AFTER_QUOTES.message),
        ("a: [b\n", (1, 4), "the list that begins with `[` here is never closed"),
        ("a: {b: c\n", (1, 4), "the group that begins with `{` here is never closed"),
        ('a: "b\n', (1, 4), "the quotation mark that opens here is never closed"),
        ("%YAML 1.1\na: 1\n", (1, 1), "a YAML directive"),
    ],
)
def test_a_mistake_is_told_at_its_place_in_words(
    text: str, where: tuple[int, int], words: str
) -> None:
    _, at, message = told(text)
    assert words in message
    assert at == where


def test_a_tab_within_a_line_is_another_mistake_than_one_before_it() -> None:
    text = "a: b\n"
    beginning = explained("found character '\\t' that cannot start any token", "\ta: b", (1, 1))
    within = explained("found character '\\t' that cannot start any token", "a:\t\tb", (1, 3))
    assert "two spaces for each level" in beginning.hint
    assert (within.code, place(within), within.hint) == (
        "tab",
        (1, 3),
        "delete it and type a space",
    )
    assert explained("odd", text, (1, 2)).code == "yaml-syntax"


@pytest.mark.parametrize(
    ("character", "hint"),
    [("@", "GitHub user name without the `@`"), ("`", "in quotes"), ("%", "in quotes")],
)
def test_how_to_begin_a_value_is_told_by_the_character(character: str, hint: str) -> None:
    finding = explained("found character that cannot start any token", f"a: {character}b", (1, 4))
    assert (finding.code, place(finding)) == ("yaml-syntax", (1, 4))
    assert hint in finding.hint


def test_what_no_table_knows_is_not_valid_yaml() -> None:
    assert explained("something odd", "a: b\n", (1, 2)).message == UNKNOWN.message
    assert explained(None, "a: b\n", (1, 2)).message == UNKNOWN.message


def test_the_end_of_what_was_begun_is_told_where_it_began() -> None:
    closing = "did not find expected ',' or ']'"
    assert place(explained(closing, "a: [b\nc: d\n", (2, 1), begun=(1, 4))) == (1, 4)
    assert place(explained(closing, "a: [b\nc: d\n", (2, 1))) == (2, 1)
    assert place(explained("something odd", "a: [b\nc: d\n", (2, 1), begun=(1, 4))) == (2, 1)


def test_a_complaint_without_a_place_of_its_own_is_told_where_it_began() -> None:
    error = MarkedYAMLError(problem="something odd", context_mark=mark(2, 3))
    assert place(explain(error, "a: b\nc: d\n")) == (2, 3)
    assert place(explain(MarkedYAMLError(problem="something odd"), "a: b\n")) == (1, 1)


@pytest.mark.parametrize(
    ("at", "where"), [((9, 1), (2, 5)), ((3, 1), (2, 5)), ((4, 7), (2, 5)), ((2, 2), (2, 2))]
)
def test_beyond_the_last_line_with_words_that_lines_end_is_pointed_at(
    at: tuple[int, int], where: tuple[int, int]
) -> None:
    assert place(explained("something odd", "a: long\nc: d  \n\n", at)) == where


def test_the_last_line_is_there_also_without_an_end() -> None:
    assert place(explained("something odd", "a: b\nc: d", (2, 2))) == (2, 2)


def test_an_empty_file_is_pointed_at_its_beginning() -> None:
    assert place(explained("something odd", "", (1, 1))) == (1, 1)


@pytest.mark.parametrize("problem", ["mapping values are not allowed", "expected ':'"])
def test_a_missing_space_is_looked_for_in_this_line_and_the_one_before(problem: str) -> None:
    near, far = "a: b\nname:x\nc: d\n", "name:x\na: b\nc: d\n"
    assert place(explained(f"... {problem} here", near, (3, 2))) == (2, 5)
    assert (
        explained(f"... {problem} here", near, (3, 2)).hint == "write `name: ` and then the value"
    )
    assert "space is missing" not in explained(f"... {problem} here", far, (3, 2)).message
    assert "space is missing" not in explained("something odd", near, (3, 2)).message


def test_a_missing_space_is_not_looked_for_in_the_last_line_instead_of_before_the_first() -> None:
    text = "a: b\nc: d\nname:x"
    message = explained("mapping values are not allowed", text, (1, 2)).message
    assert message == INDENT.message


def test_a_second_colon_right_after_the_first_is_one_too() -> None:
    message = explained("mapping values are not allowed", "a: : b", (1, 4)).message
    assert message == COLON_IN_VALUE.message


@pytest.mark.parametrize("line", ["site:https://x", "http://example.org", "a: b", "- a:/b"])
def test_an_address_or_a_good_line_lacks_no_space(line: str) -> None:
    text = f"{line}\n"
    message = explained("mapping values are not allowed here", text, (1, 2)).message
    assert ("space is missing" in message) is (line == "site:https://x")


def test_of_a_bracket_at_the_beginning_of_a_line_nothing_special_is_said() -> None:
    problem = "did not find expected key"
    special = explained(problem, "a: b]", (1, 5))
    plain = explained(problem, "  ]", (1, 3))
    assert special.message == BRACKET_TOO_MANY.message
    assert plain.message == "this line does not fit in here"
    assert explained("found <block end>", "'a' b", (1, 5)).message == AFTER_QUOTES.message


def test_the_first_directive_is_told_whatever_the_parser_points_at() -> None:
    text = "# above\n%ONE 1\n%TWO 2\n"
    found = explained("expected '<document start>', but found", text, (3, 1))
    assert (found.code, place(found)) == ("directive", (2, 1))
    other = explained("expected '<document start>', but found", "a: b\nc\n", (2, 1))
    assert other.message == "this line does not belong to what stands above it"


@given(st.text(st.sampled_from("ab:-[]{}'\"@`%\t\n #&*?|>"), max_size=30))
def test_whatever_stands_there_the_place_is_in_the_text(text: str) -> None:
    lines = text.split("\n")
    for finding in compose(text).findings:
        assert 1 <= finding.line <= len(lines)
        assert 1 <= finding.column <= len(lines[finding.line - 1]) + 1
