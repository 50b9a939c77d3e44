"""Says in plain words what the YAML parser stumbled over, and how to fix it. Parses nothing."""

import re

from ruamel.yaml.error import MarkedYAMLError

from provisioner.desired.finding import Spot, finding_of
from provisioner.desired.read.complaints import (
    AFTER_QUOTES,
    BRACKET_TOO_MANY,
    COLON_IN_VALUE,
    COMPLAINTS,
    INDENT,
    UNKNOWN,
    Complaint,
)
from provisioner.desired.read.text import lines_of
from provisioner.desired.wording.advice import Advice
from provisioner.models.finding import Finding

_NO_SPACE = re.compile(r"^\s*(?:- )?(?P<key>[A-Za-z][\w-]*):[^\s:/]")


def explain(error: MarkedYAMLError, text: str) -> Finding:
    """The parser's complaint as a finding, at a place that exists in the text."""
    problem = error.problem or ""
    line, column = _place(error.problem_mark or error.context_mark)
    lines = lines_of(text)
    around = lines[line - 1] if line <= len(lines) else ""
    if "\t" in around[: len(around) - len(around.lstrip())]:
        return _tab(line, around)
    if "document start>" in problem and (directive := _directive(lines)):
        return directive
    if "cannot start any token" in problem:
        return finding_of(_bad_start(around[column - 1 :]), Spot(line, column))
    if missing := _missing_space(problem, lines, line):
        return missing
    complaint = _special_case(problem, around, column) or _known(problem)
    if complaint.at_start and error.context_mark is not None:
        line, column = _place(error.context_mark)
    return finding_of(complaint.advice, _within(lines, line, column))


def _known(problem: str) -> Complaint:
    """The parser in C and the one in Python do not use quite the same words."""
    return next(
        (known for known in COMPLAINTS if any(part in problem for part in known.says)), UNKNOWN
    )


def _directive(lines: tuple[str, ...]) -> Finding | None:
    """A directive before no document: the parser then complains of what follows it."""
    for number, line in enumerate(lines, start=1):
        if line.startswith("%"):
            return finding_of(_known("directive").advice, Spot(number))
    return None


def _missing_space(problem: str, lines: tuple[str, ...], line: int) -> Finding | None:
    """`name:Nairobi` is a text to the parser; it complains a line later, of something else."""
    if "mapping values" not in problem and "expected ':'" not in problem:
        return None
    for number in range(min(line, len(lines)), max(line - 2, 0), -1):
        if match := _NO_SPACE.match(lines[number - 1]):
            hint = f"write `{match['key']}: ` and then the value"
            advice = Advice("yaml-syntax", "a space is missing after the colon", hint)
            return finding_of(advice, Spot(number, match.end("key") + 1))
    return None


def _special_case(problem: str, around: str, column: int) -> Complaint | None:
    """Where the same complaint has different causes, the line tells which it is."""
    before, here = around[: column - 1], around[column - 1 : column]
    if "mapping values are not allowed" in problem:
        return COLON_IN_VALUE if re.search(r":\s", before) else INDENT
    if before.strip() and ("expected key" in problem or "<block end>" in problem):
        return BRACKET_TOO_MANY if here in ("]", "}") else AFTER_QUOTES
    return None


def _place(mark: object) -> tuple[int, int]:
    return getattr(mark, "line", 0) + 1, getattr(mark, "column", 0) + 1


def _within(lines: tuple[str, ...], line: int, column: int) -> Spot:
    """The parser may point beyond the last line; people look for something that is there."""
    while line > 1 and (line > len(lines) or not lines[line - 1].strip()):
        line = min(line - 1, len(lines))
        column = len(lines[line - 1].rstrip()) + 1
    return Spot(line, column)


def _tab(line: int, around: str) -> Finding:
    advice = Advice(
        "tab",
        "a tab stands at the beginning of this line; YAML takes only spaces",
        "delete it and type two spaces for each level",
    )
    return finding_of(advice, Spot(line, around.index("\t") + 1))


def _bad_start(rest: str) -> Advice:
    """Of a line from where a value should begin."""
    character = rest[:1]
    if rest.startswith("```"):
        return Advice(
            "yaml-syntax",
            "three backticks frame a text on a web page and are no part of a file",
            "delete this line, and the one at the end that is like it",
        )
    if character == "\t":
        return Advice(
            "tab",
            "a tab stands here, where YAML takes only spaces",
            "delete it and type a space",
        )
    shown = "a backtick" if character == "`" else f"`{character}`"
    hint = 'put the value in quotes, as in `"…"`'
    if character == "@":
        hint = "write a GitHub user name without the `@`; put any other value in quotes"
    return Advice("yaml-syntax", f"a value cannot begin with {shown}", hint)
