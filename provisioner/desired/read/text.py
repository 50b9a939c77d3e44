"""Bytes to text: encoding, and characters that nobody can see. Knows no YAML, never raises."""

import re
import unicodedata
from collections.abc import Iterator

from provisioner.desired.finding import Spot, finding_of
from provisioner.desired.wording.advice import Advice
from provisioner.models.finding import Finding, Severity

_BYTE_ORDER_MARK = b"\xef\xbb\xbf"
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")
_LINE_BREAK = re.compile("\r\n|\r|\n")
_MOST_HIDDEN = 5

# Control characters, line breaks that only some programs see, marks that turn the direction of
# text around for the reader, and zero-width characters that come along when text is pasted.
# Zero-width joiners stay: several scripts and many emoji are written with them.
_HIDDEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u00ad\u180e\u200b\u2028-\u202e\u2060-\u2069\ufeff"
    "\ufff9-\ufffb\ufffe\uffff\U000e0000-\U000e0fff]"
)
_ODD_SPACE = "\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000"
_ODD_INDENT = re.compile(rf"^[ \t]*(?:- *)?(?:[\w.-]+:)?(?P<space>[{_ODD_SPACE}])")


def lines_of(text: str) -> tuple[str, ...]:
    """The lines as YAML 1.2 counts them."""
    return tuple(_LINE_BREAK.split(text))


def decode(data: bytes) -> tuple[str | None, tuple[Finding, ...]]:
    """The text, or None if it is no text at all; and what is wrong with it."""
    if data.startswith(_UTF_16):
        return None, (finding_of(_UTF_16_ADVICE),)
    if b"\0" in data:
        return None, (_binary(data),)
    marked = data.startswith(_BYTE_ORDER_MARK)
    warnings = (finding_of(_BYTE_ORDER_MARK_ADVICE),) if marked else ()
    data = data.removeprefix(_BYTE_ORDER_MARK)
    try:
        text = data.decode()
    except UnicodeDecodeError as error:
        return None, (_not_utf_8(data, error.start),)
    hidden = tuple(_hidden_characters(text))
    return (None if hidden else text), warnings + hidden


def _binary(data: bytes) -> Finding:
    advice = Advice(
        "binary",
        "this is not a text file",
        "write the file in a text editor, or with `Add file` on github.com",
    )
    return finding_of(advice, _position(data[: data.index(b"\0")].decode(errors="replace")))


def _not_utf_8(data: bytes, start: int) -> Finding:
    advice = Advice(
        "not-utf-8",
        "this character is not written in UTF-8, the encoding of hub files",
        "save the file as UTF-8; what is written on github.com always is",
    )
    return finding_of(advice, _position(data[:start].decode()))


def _position(before: str) -> Spot:
    lines = lines_of(before)
    return Spot(len(lines), len(lines[-1]) + 1)


def _hidden_characters(text: str) -> Iterator[Finding]:
    found = 0
    for number, line in enumerate(lines_of(text), start=1):
        if match := _HIDDEN.search(line):
            yield finding_of(_hidden(match[0]), Spot(number, match.start() + 1))
            found += 1
        elif match := _ODD_INDENT.match(line):
            yield finding_of(_ODD_SPACE_ADVICE, Spot(number, match.start("space") + 1))
            found += 1
        if found == _MOST_HIDDEN:
            return


def _hidden(character: str) -> Advice:
    name = unicodedata.name(character, "control character").lower()
    return Advice(
        "hidden-character",
        f"an invisible character stands here (U+{ord(character):04X}, {name})",
        "delete this line and type it anew; such characters come along when text is pasted",
    )


_ODD_SPACE_ADVICE = Advice(
    "odd-space",
    "a special space (no-break space or the like) stands here instead of a plain one",
    "delete the space and type it anew with the space bar",
)
_UTF_16_ADVICE = Advice(
    "not-utf-8",
    "the file is written in UTF-16, and hub files are written in UTF-8",
    "save the file as UTF-8; what is written on github.com always is",
)
_BYTE_ORDER_MARK_ADVICE = Advice(
    "byte-order-mark",
    "the file begins with an invisible byte order mark; it does no harm",
    "save the file as `UTF-8` rather than `UTF-8 with BOM` when you next change it",
    Severity.WARNING,
)
