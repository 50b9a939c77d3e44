"""What a plain YAML scalar means: the core schema of YAML 1.2 (yaml.org: spec 1.2.2, 10.3).

The C parser's own idea is YAML 1.1, where `no`, `on` and `012` are not what
they look like. It is never asked.
"""

import math
import re
from collections.abc import Callable

Scalar = str | int | float | bool | None

_WORDS: dict[str, Scalar] = {
    **dict.fromkeys(("", "~", "null", "Null", "NULL")),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
}
_LONGEST_INTEGER = 400
"""Digits, in any base. Beyond some thousands Python refuses to write a number down, and no file
means one exactly."""


def resolve(text: str) -> Scalar:
    """The value of a plain (unquoted) scalar. Never raises."""
    if text in _WORDS:
        return _WORDS[text]
    for shape, number_of in _NUMBERS:
        if shape.fullmatch(text):
            return number_of(text)
    return text


def _integer(text: str, base: int = 10) -> int | float:
    if len(text) <= _LONGEST_INTEGER:
        return int(text, base)
    return -math.inf if text.startswith("-") else math.inf


_NUMBERS: tuple[tuple[re.Pattern[str], Callable[[str], int | float]], ...] = (
    (re.compile(r"[-+]?[0-9]+"), _integer),
    (re.compile(r"0o[0-7]+"), lambda text: _integer(text[2:], 8)),
    (re.compile(r"0x[0-9a-fA-F]+"), lambda text: _integer(text[2:], 16)),
    (re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?"), float),
    (
        re.compile(r"[-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN)"),
        lambda text: float(text.replace(".", "")),
    ),
)
