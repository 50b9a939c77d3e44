"""Says in plain words what the YAML parser stumbled over, and how to mend it. Parses nothing."""

import re
from dataclasses import dataclass

from ruamel.yaml.error import MarkedYAMLError

from provisioner.desired.text import lines_of
from provisioner.models.finding import Finding

_INDENT_HINT = (
    "lines that belong together begin in the same column; what belongs to a line stands below it, "
    "two spaces further in"
)


_NO_SPACE = re.compile(r"^\s*(?:- )?(?P<key>[A-Za-z][\w-]*):[^\s:/]")


@dataclass(frozen=True)
class _Complaint:
    """`says`: a part of the parser's own text; `at_start`: point to where the construct began."""

    says: str
    message: str
    hint: str
    code: str = "yaml-syntax"
    at_start: bool = False


_COMPLAINTS = (
    _Complaint(
        "could not find expected ':'",
        "this line is no `key: value` pair",
        "write a colon and a space after the key, as in `name: Nairobi Commons`",
        at_start=True,
    ),
    _Complaint("did not find expected key", "this line does not fit in here", _INDENT_HINT),
    _Complaint(
        "did not find expected '-' indicator",
        "this line does not fit into the list above it",
        "every line of a list begins with `- ` in the same column; a key such as `apps:` stands "
        "further left",
    ),
    _Complaint(
        "block sequence entries are not allowed",
        "a list cannot begin here",
        "write the first `- ` on a line of its own, below the key and two spaces further in",
    ),
    _Complaint(
        "did not find expected ',' or ']'",
        "the list that begins with `[` here is never closed, or lacks a comma",
        "write it as `[one, two]`",
        at_start=True,
    ),
    _Complaint(
        "did not find expected ',' or '}'",
        "the group that begins with `{` here is never closed, or lacks a comma",
        "write it as `{owner: nairobi-commons}`",
        at_start=True,
    ),
    _Complaint(
        "found unexpected end of stream",
        "the quotation mark that opens here is never closed",
        "write the same mark at the end of the value; an apostrophe within needs double quotes, "
        'as in `"Women\'s Hub"`',
        at_start=True,
    ),
    _Complaint(
        "unexpected document indicator",
        "the quotation mark that opens here is never closed",
        "write the same mark at the end of the value",
        at_start=True,
    ),
    _Complaint(
        "unknown escape character",
        "a backslash stands in double quotes, where it has a meaning of its own",
        "write the value in single quotes, or write `\\\\` for one backslash",
    ),
    _Complaint(
        "escape",
        "a backslash stands in double quotes, where it has a meaning of its own",
        "write the value in single quotes, or write `\\\\` for one backslash",
    ),
    _Complaint(
        "undefined tag handle",
        "a tag (`!name`) is not allowed",
        "remove it; if the text itself begins with `!`, put it in quotes",
        code="tag",
    ),
    _Complaint(
        "directive",
        "a YAML directive (a line that begins with `%`) is not allowed",
        "remove the line; if it is meant as a value, put it in quotes",
        code="directive",
        at_start=True,
    ),
    _Complaint(
        "did not find expected <document start>",
        "this line does not belong to what stands above it",
        "a hub file is made of `key: value` lines; " + _INDENT_HINT,
    ),
    _Complaint(
        "did not find expected alphabetic or numeric character",
        "a value that begins with `*` or `&` needs quotes",
        'put the value in quotes, as in `"*"`',
    ),
    _Complaint(
        "block scalar",
        "after `|` or `>` the line must end",
        "write the text on the lines below, two spaces further in, or put it in quotes",
        at_start=True,
    ),
    _Complaint(
        "did not find expected comment or line break",
        "after `|` or `>` the line must end",
        "write the text on the lines below, two spaces further in, or put it in quotes",
        at_start=True,
    ),
    _Complaint(
        "did not find expected node content",
        "a value is missing here",
        "look for a comma too many or a bracket that is never closed",
    ),
)
_UNKNOWN = _Complaint("", "this is not valid YAML", _INDENT_HINT)
_INDENT = _Complaint("", "this line does not fit below the one above it", _INDENT_HINT)
_COLON_IN_VALUE = _Complaint(
    "",
    "a second colon stands here, and a value may hold `: ` only in quotes",
    'write quotes around the whole value, as in `name: "Hub: Nairobi"`',
)
_BRACKET_TOO_MANY = _Complaint(
    "",
    "this closing bracket has no opening one",
    "remove it, or write the bracket that belongs to it",
)
_AFTER_QUOTES = _Complaint(
    "",
    "the value has ended before this, at the closing quotation mark",
    "write quotes around the whole value; an apostrophe within needs double quotes, as in "
    '`"Women\'s Hub"`',
)


def explain(error: MarkedYAMLError, text: str) -> Finding:
    """The parser's complaint as a finding, at a place that exists in the text."""
    problem = error.problem or ""
    line, column = _place(error.problem_mark or error.context_mark)
    lines = lines_of(text)
    around = lines[line - 1] if line <= len(lines) else ""
    if "\t" in around[: len(around) - len(around.lstrip())]:
        return _tab(line, around)
    if "cannot start any token" in problem:
        return _bad_start(around[column - 1 : column], line, column)
    if missing := _missing_space(problem, lines, line):
        return missing
    complaint = _special_case(problem, around, column) or _known(problem)
    if complaint.at_start and error.context_mark is not None:
        line, column = _place(error.context_mark)
    line, column = _within(lines, line, column)
    return Finding(
        code=complaint.code,
        message=complaint.message,
        hint=complaint.hint,
        line=line,
        column=column,
    )


def _known(problem: str) -> _Complaint:
    return next((known for known in _COMPLAINTS if known.says in problem), _UNKNOWN)


def _missing_space(problem: str, lines: tuple[str, ...], line: int) -> Finding | None:
    """`name:Nairobi` is a text to the parser; it complains a line later, of something else."""
    if "mapping values" not in problem and "expected ':'" not in problem:
        return None
    for number in range(min(line, len(lines)), max(line - 2, 0), -1):
        if match := _NO_SPACE.match(lines[number - 1]):
            return Finding(
                code="yaml-syntax",
                message="a space is missing after the colon",
                hint=f"write `{match['key']}: ` and then the value",
                line=number,
                column=match.end("key") + 1,
            )
    return None


def _special_case(problem: str, around: str, column: int) -> _Complaint | None:
    """Where the same complaint has different causes, the line tells which it is."""
    before, here = around[: column - 1], around[column - 1 : column]
    if "mapping values are not allowed" in problem:
        return _COLON_IN_VALUE if re.search(r":\s", before) else _INDENT
    if "did not find expected key" in problem and before.strip():
        return _BRACKET_TOO_MANY if here in ("]", "}") else _AFTER_QUOTES
    return None


def _place(mark: object) -> tuple[int, int]:
    return getattr(mark, "line", 0) + 1, getattr(mark, "column", 0) + 1


def _within(lines: tuple[str, ...], line: int, column: int) -> tuple[int, int]:
    """The parser may point beyond the last line; people look for something that is there."""
    while line > 1 and (line > len(lines) or not lines[line - 1].strip()):
        line -= 1
        column = len(lines[line - 1].rstrip()) + 1
    return line, column


def _tab(line: int, around: str) -> Finding:
    return Finding(
        code="tab",
        message="a tab stands at the beginning of this line; YAML takes only spaces",
        hint="delete it and type two spaces for each level",
        line=line,
        column=around.index("\t") + 1,
    )


def _bad_start(character: str, line: int, column: int) -> Finding:
    if character == "\t":
        return Finding(
            code="tab",
            message="a tab stands here, where YAML takes only spaces",
            hint="delete it and type a space",
            line=line,
            column=column,
        )
    shown = "a backtick" if character == "`" else f"`{character}`"
    hint = 'put the value in quotes, as in `"…"`'
    if character == "@":
        hint = "write a GitHub user name without the `@`; put any other value in quotes"
    return Finding(
        code="yaml-syntax",
        message=f"a value cannot begin with {shown}",
        hint=hint,
        line=line,
        column=column,
    )
