"""Texts that were surely meant otherwise, though nothing forbids them: warnings. Pure."""

from collections.abc import Iterator

from provisioner.desired.read.load import Document
from provisioner.desired.wording.advice import CURLY_QUOTES
from provisioner.models.finding import Finding, Severity


def text_findings(document: Document) -> Iterator[Finding]:
    """Curly quotes around a value: a phone types them, and YAML takes them as part of the text."""
    for pointer, mark in document.values.items():
        if mark.raw and len(mark.raw) > 1 and {mark.raw[0], mark.raw[-1]} <= set(CURLY_QUOTES):
            yield Finding(
                severity=Severity.WARNING,
                code="curly-quotes",
                message="the curly quotes here are taken as a part of the text",
                hint='remove them, or write straight ones (`"`)',
                line=mark.line,
                column=mark.column,
                pointer=pointer,
            )
