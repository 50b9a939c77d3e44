"""Texts that were surely meant otherwise, though nothing forbids them: warnings. Pure."""

from collections.abc import Iterator

from provisioner.desired.finding import finding_of
from provisioner.desired.read.load import Document
from provisioner.desired.wording.advice import CURLY_QUOTES, Advice
from provisioner.models.finding import Finding, Severity

_CURLY_QUOTES = Advice(
    "curly-quotes",
    "the curly quotes here are taken as a part of the text",
    'remove them, or write straight ones (`"`)',
    Severity.WARNING,
)


def text_findings(document: Document) -> Iterator[Finding]:
    """Curly quotes around a value: a phone types them, and YAML takes them as part of the text."""
    for pointer, mark in document.values.items():
        if mark.raw and len(mark.raw) > 1 and {mark.raw[0], mark.raw[-1]} <= set(CURLY_QUOTES):
            yield finding_of(_CURLY_QUOTES, mark, pointer)
