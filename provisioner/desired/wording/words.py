"""How findings speak of keys and values. Pure; judges nothing and shows no secret."""

import difflib
import json
from collections.abc import Collection, Iterable, Mapping

from provisioner.redaction import Redactor
from provisioner.safetext import shorten
from provisioner.secrets.shapes import without_secrets

_LONGEST_SHOWN = 100
_SHORTEST_BEGINNING = 3
_REDACTOR = Redactor()


def plain(text: str) -> str:
    """Foreign text within a sentence: on one line, short, without anything secret by its shape."""
    line = " ".join(_REDACTOR.redact(without_secrets(text)).split())
    return shorten(line, _LONGEST_SHOWN).replace("`", "'")


def shown(text: str) -> str:
    return f"`{plain(text)}`"


def kind_of(value: object) -> str:
    """What a person would call this value."""
    if value is None:
        return "empty"
    if isinstance(value, bool):
        return "the word `true`" if value else "the word `false`"
    if isinstance(value, int | float):
        return "a number"
    if isinstance(value, str):
        return "a text"
    return "a list" if isinstance(value, list) else "a group of `key: value` lines"


def nearest(word: str, known: Collection[str]) -> str | None:
    """The known word that was most likely meant."""
    by_folded = {_folded(candidate): candidate for candidate in sorted(known)}
    matches = difflib.get_close_matches(_folded(word), by_folded, n=1, cutoff=0.7)
    begun = [candidate for candidate in by_folded if _one_begins_the_other(candidate, word)]
    best = matches or sorted(begun, key=len, reverse=True)
    return by_folded[best[0]] if best else None


def _one_begins_the_other(candidate: str, word: str) -> bool:
    """Such as `env` and `environment`."""
    short, long = sorted((candidate, _folded(word)), key=len)
    return len(short) >= _SHORTEST_BEGINNING and long.startswith(short)


def _folded(word: str) -> str:
    return word.casefold().replace("_", "-")


def listing(words: Iterable[str], last: str = "and") -> str:
    """`a`, `b` and `c`."""
    quoted = [shown(word) for word in words]
    if len(quoted) < 2:
        return "".join(quoted)
    return f"{', '.join(quoted[:-1])} {last} {quoted[-1]}"


def counted(number: int, noun: str) -> str:
    """`1 error`, `2 errors`; for nouns that take an `s` or a `y` that turns to `ies`."""
    if number == 1:
        return f"1 {noun}"
    return f"{number} {noun[:-1]}ies" if noun.endswith("ry") else f"{number} {noun}s"


def snippet(key: str, example: object) -> str:
    """`key: example` as one line of YAML."""
    return f"{key}: {_flow(example)}"


def _flow(value: object) -> str:
    if isinstance(value, Mapping):
        pairs = ", ".join(f"{key}: {_flow(item)}" for key, item in value.items())
        return f"{{{pairs}}}"
    if isinstance(value, list):
        return f"[{', '.join(_flow(item) for item in value)}]"
    return value if isinstance(value, str) else json.dumps(value)


def in_list(number: int, key: str) -> str:
    """One entry of a list, counted from 1."""
    return f"entry {number} of {shown(key)}"
