"""Texts that were surely meant otherwise, though YAML takes them as they stand. Pure."""

import re
from collections.abc import Iterator

from provisioner.desired.finding import finding_of
from provisioner.desired.read.load import Document
from provisioner.desired.read.marks import Mark
from provisioner.desired.wording.advice import CURLY_QUOTES, Advice
from provisioner.desired.wording.words import plain, shown
from provisioner.models.finding import Finding, Severity

_CURLY_QUOTES = Advice(
    "curly-quotes",
    "the curly quotes here are taken as a part of the text",
    'remove them, or write straight ones (`"`)',
    Severity.WARNING,
)
_OF_PEOPLES_WORDS = re.compile(r"/name|/apps/[^/]+/env/[^/]+")
_CUT_OFF = re.compile(r"[ \t]+(#[^\s#].*)")
"""A note for people has a space after its `#`; what has none was rather meant as text."""


def text_findings(document: Document) -> Iterator[Finding]:
    """Curly quotes around a value: a phone types them, and YAML takes them as part of the text.
    And a `#` within a value, from which on YAML reads nothing more."""
    for pointer, mark in document.values.items():
        if mark.raw and len(mark.raw) > 1 and {mark.raw[0], mark.raw[-1]} <= set(CURLY_QUOTES):
            yield finding_of(_CURLY_QUOTES, mark, pointer)
        if mark.raw and (left_out := _left_out(document, pointer, mark)):
            yield finding_of(_cut(mark.raw, left_out), mark, pointer)


def _left_out(document: Document, pointer: str, mark: Mark) -> str:
    """What stands behind the value and is not read, though it was surely meant to be."""
    if not document.lines or not _OF_PEOPLES_WORDS.fullmatch(pointer):
        return ""
    begins_with = document.lines[mark.line - 1][mark.column - 1]
    if begins_with in "\"'|>":  # what is quoted has its end, and a block of lines has no notes
        return ""
    found = _CUT_OFF.fullmatch(document.lines[mark.end_line - 1], mark.end_column - 1)
    return found[1].rstrip() if found else ""


def _cut(text: str, left_out: str) -> Advice:
    whole = f"{text} {left_out}"
    as_it_is = f", `{_quoted(whole)}`" if plain(whole) == whole else ""
    return Advice(
        "cut-off",
        f"{shown(left_out)} is not read: from a `#` on, everything is a note for people",
        f"put the whole text in straight quotes{as_it_is}; if it is a note, write a space behind "
        "the `#`",
    )


def _quoted(text: str) -> str:
    """As YAML reads it back (yaml.org: spec 1.2.2, 7.3): `"` and a backslash mean something within
    double quotes, and only a single quote does within single ones."""
    if '"' not in text and "\\" not in text:
        return f'"{text}"'
    return "'" + text.replace("'", "''") + "'"
