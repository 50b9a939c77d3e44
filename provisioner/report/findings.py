"""Findings for people and machines: like a compiler's, as JSON, as GitHub's annotations.

Pure functions of checked files. Lines, paths and messages hold foreign text;
all of it goes through `safetext`. Secrets are covered before they get here.
"""

import unicodedata
from collections.abc import Iterator, Sequence

from provisioner.desired.judged_file import JudgedFile
from provisioner.desired.wording.words import counted
from provisioner.models.finding import Finding, Severity
from provisioner.redaction import Redactor, Shown
from provisioner.safetext import log_line, terminal

ANNOTATIONS_SHOWN = 10
"""Of each severity, per step (docs.github.com: workflow commands)."""

_WIDEST = 100
_BEFORE_CARET = 60
_TAB = "    "


def as_text(files: Sequence[JudgedFile]) -> str:
    """Every finding with its line and a caret, then a summary. Ends with a line break."""
    blocks = [_block(file, finding) for file in files for finding in file.findings]
    return "\n".join([*blocks, summary(files)]) + "\n"


def summary(files: Sequence[JudgedFile]) -> str:
    """One line: how many of what, in how many files."""
    errors, warnings = _count(files, Severity.ERROR), _count(files, Severity.WARNING)
    checked = f"{counted(len(files), 'file')} checked"
    if not files:
        return "no hub files: nothing to check"
    if not errors and not warnings:
        return f"{checked}: all is well"
    found = [counted(errors, "error")] if errors else ["no errors"]
    if warnings:
        found.append(counted(warnings, "warning"))
    return f"{checked}: {', '.join(found)}"


def _count(files: Sequence[JudgedFile], severity: Severity) -> int:
    return sum(finding.severity is severity for file in files for finding in file.findings)


def _block(file: JudgedFile, finding: Finding) -> str:
    path = _one_line(file.path)
    head = f"{path}:{finding.line}:{finding.column}: {finding.severity.value}: {finding.message}"
    lines = [_one_line(head), *excerpt(file.lines, finding)]
    if finding.hint:
        lines.append(f"  fix: {_one_line(finding.hint)}")
    return "\n".join(lines) + "\n"


def _one_line(text: str) -> str:
    """Also safe from the Actions runner, which reads every log for commands."""
    return log_line(text)


def excerpt(lines: Sequence[str], finding: Finding) -> Iterator[str]:
    """The line that is meant and a caret below its column; nothing where there is no line."""
    if finding.line > len(lines) or not lines[finding.line - 1].strip():
        return
    line = lines[finding.line - 1]
    start = _window(line, finding.column)
    before = _shown(line[start : finding.column - 1])
    shown = before + _shown(line[finding.column - 1 : start + _WIDEST])
    gutter = f"{finding.line:>5} | "
    yield gutter + ("…" if start else "") + shown + ("…" if len(line) > start + _WIDEST else "")
    yield " " * (len(gutter) - 2) + "| " + " " * (bool(start) + _width(before)) + "^"


def _window(line: str, column: int) -> int:
    """Where to begin showing a long line, so that its column is in sight."""
    if len(line) <= _WIDEST or column <= _BEFORE_CARET:
        return 0
    return min(column - _BEFORE_CARET, max(len(line) - _WIDEST, 0))


def _shown(text: str) -> str:
    return terminal(text.replace("\t", _TAB)).replace("\n", " ").replace("##[", "## [")


def _width(text: str) -> int:
    """How many cells of a terminal the text takes."""
    return sum(_cells(character) for character in text)


def _cells(character: str) -> int:
    if unicodedata.combining(character):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def as_json(files: Sequence[JudgedFile]) -> dict[str, object]:
    """The answer of `check --format json`, ready for `json.dumps`."""
    return {
        "ok": _count(files, Severity.ERROR) == 0,
        "files": [
            {
                "path": file.path,
                "hub": file.stem,
                "findings": [finding.model_dump(mode="json") for finding in file.findings],
            }
            for file in files
        ],
    }


def as_annotations(files: Sequence[JudgedFile], redactor: Redactor) -> list[Shown]:
    """Workflow commands that put findings on the lines of a pull request.

    GitHub shows ten of each severity per step, so the most important come first,
    one of each file before the second of any, and the last says how many are left
    out; the whole report belongs below them, as plain lines of the log.
    """
    return [
        _annotation(path, finding, left_out, redactor)
        for severity in (Severity.ERROR, Severity.WARNING)
        for path, finding, left_out in _annotated(files, severity)
    ]


def _annotated(
    files: Sequence[JudgedFile], severity: Severity
) -> Iterator[tuple[str, Finding, int]]:
    """A path, its finding, and how many more there are behind the last one."""
    ranked = sorted(
        (
            (finding.code not in _FIRST, nth, file.path, finding)
            for file in files
            for nth, finding in enumerate(f for f in file.findings if f.severity is severity)
        ),
        key=lambda entry: entry[:3],
    )
    shown = ranked[:ANNOTATIONS_SHOWN]
    for number, (_, _, path, finding) in enumerate(shown, start=1):
        left_out = len(ranked) - number if number == ANNOTATIONS_SHOWN else 0
        yield path, finding, left_out


_FIRST = {"secret-in-plain-text"}


def _sentence(text: str) -> str:
    return _ended(text[:1].upper() + text[1:])


def _ended(text: str) -> str:
    return text if text.endswith(("?", ".", "…")) else f"{text}."


def _annotation(path: str, finding: Finding, left_out: int, redactor: Redactor) -> Shown:
    properties = {
        "file": path,
        "line": str(finding.line),
        "col": str(finding.column),
        "title": finding.code.replace("-", " ").capitalize(),
    }
    text = _sentence(finding.message)
    if finding.hint:
        text += f"\nTo fix it: {_ended(finding.hint)}"
    if left_out:
        more = counted(left_out, f"more {finding.severity.value}")
        text += f"\nThere are {more}: see the log of this step."
    return redactor.command(finding.severity.value, text, **properties)
