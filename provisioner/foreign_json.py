"""JSON that somebody else wrote: read, or refused for what only harms its reader. No I/O."""

import json
from math import isfinite
from typing import Any

MOST_DEPTH = 50
MOST_DIGITS = 30


def json_of(text: str) -> Any:
    """JSON as any service writes it; `ValueError` for what only harms who reads it.

    That is nesting without an end, numbers of thousands of digits or none at all.
    Half a surrogate, which an emoji that was cut leaves behind, is replaced:
    nothing that holds one can be written anywhere.
    """
    try:
        payload = json.loads(
            text, parse_int=_whole_number, parse_float=_number, parse_constant=_no_number
        )
    except RecursionError:
        raise ValueError("nested too deep") from None
    if _nested_deeper(payload, MOST_DEPTH):
        raise ValueError("nested too deep")
    return payload if text.isascii() and "\\u" not in text else _writable(payload)


def json_or_none(text: str) -> Any:
    """The JSON of a refusal, which may be HTML or nothing at all."""
    try:
        return json_of(text)
    except ValueError:
        return None


def _whole_number(digits: str) -> int:
    if len(digits) > MOST_DIGITS:
        raise ValueError("a number of too many digits")
    return int(digits)


def _number(digits: str) -> float:
    found = float(digits)
    return found if isfinite(found) else _no_number(digits)


def _no_number(_word: str) -> float:
    raise ValueError("not a number")


def _nested_deeper(payload: Any, most: int) -> bool:
    """Whether there are more levels than so many, the values of the innermost counted."""
    level = [payload] if isinstance(payload, dict | list) else []
    while level and (most := most - 1):
        parts = (one.values() if isinstance(one, dict) else one for one in level)
        level = [item for part in parts for item in part if isinstance(item, (dict, list))]
    return any(level)


def _writable(payload: Any) -> Any:
    """The same with whole letters only. Without an escape there is no half of one."""
    if isinstance(payload, str):
        return payload.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    if isinstance(payload, list):
        return [_writable(item) for item in payload]
    if isinstance(payload, dict):
        return {_writable(name): _writable(item) for name, item in payload.items()}
    return payload
