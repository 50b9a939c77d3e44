"""A value of the wrong type, size or choice: what was expected, and how it is written right.

Pure; knows no places in a file.
"""

import re

from provisioner.desired.schema.mistake import Mistake
from provisioner.desired.wording.advice import Advice, Place
from provisioner.desired.wording.words import (
    counted,
    in_list,
    kind_of,
    listing,
    nearest,
    plain,
    shown,
    snippet,
)
from provisioner.secrets.shapes import is_secret_name

_YES_NO = {"yes": "true", "on": "true", "no": "false", "off": "false"}


def wrong_type(mistake: Mistake, place: Place, raw: str) -> Advice:
    """`raw`: the value as it was written."""
    if place.variable:
        return _wrong_value(mistake.given, place.variable, raw)
    expected = mistake.schema.get("title", "something else")
    message = f"{_subject(mistake)} must be {expected}, and it is {kind_of(mistake.given)}"
    return Advice("wrong-type", message, _fix(mistake, place.key, raw))


def _subject(mistake: Mistake) -> str:
    *above, last = mistake.path or ("the file",)
    return in_list(last + 1, str(above[-1])) if isinstance(last, int) else shown(last)


def _wrong_value(given: object, name: str, raw: str) -> Advice:
    """The value of a variable: only texts and sealed values may stand there."""
    if isinstance(given, int | float):
        message = f"the value of `{name}` must be a text; without quotes it is {kind_of(given)}"
        example = "put it in quotes" if is_secret_name(name) else f'write `{name}: "{plain(raw)}"`'
        return Advice("wrong-type", message, example)
    message = f"the value of `{name}` must be a text or a sealed value, and it is {kind_of(given)}"
    hint = f'write `{name}: "text"`, or for a secret `{name}: {{sealed: "v1.…"}}`'
    return Advice("wrong-type", message, hint)


def _fix(mistake: Mistake, key: str, raw: str) -> str:
    if isinstance(mistake.path[-1], int):
        return f"write a text, as in `{mistake.example}`"
    if fix := _same_value_right(str(mistake.schema.get("type")), mistake.given, key, raw):
        return fix
    required = mistake.schema.get("required", ())
    if isinstance(mistake.given, str) and len(required) == 1:
        return f"write `{key}: {{{required[0]}: {plain(mistake.given)}}}`"
    if mistake.example is None:
        return "look at `_example.yaml`"
    return f"write it as in `{snippet(key, mistake.example)}`"


def _same_value_right(wanted: str, given: object, key: str, raw: str) -> str | None:
    """The very value that stands there, as it should be written."""
    if wanted == "array" and isinstance(given, str):
        entries = ", ".join(re.split(r"[\s,;]+", plain(given).strip(" ,;")))
        return f"write it as a list: `{key}: [{entries}]`"
    if wanted == "string" and isinstance(given, int | float):
        return f'put it in quotes: `{key}: "{plain(raw)}"`'
    if wanted == "boolean" and isinstance(given, str) and given.lower() in _YES_NO:
        return f"write `{key}: {_YES_NO[given.lower()]}`"
    if wanted in ("integer", "boolean") and isinstance(given, str):
        return "write it without quotes"
    return None


def no_value(mistake: Mistake, place: Place, lost: tuple[str, ...], required: bool) -> Advice:
    """Nothing stands there. `lost`: keys below it that lack their indentation."""
    subject = _subject(mistake)
    if lost:
        hint = f"put two more spaces in front of {listing(lost)} and of all that belongs to it"
        return Advice("no-value", f"nothing stands below {subject}", hint)
    hint = "write a value"
    if place.variable:
        hint = 'write a value (an empty text is `""`)'
    elif mistake.example is not None and isinstance(mistake.path[-1], str):
        hint = f"write a value, as in `{snippet(place.key, mistake.example)}`"
    otherwise = "" if required else ", or remove the line"
    return Advice("no-value", f"{subject} has no value", hint + otherwise)


def wrong_choice(mistake: Mistake, place: Place) -> Advice:
    choices = listing(mistake.limit, "or")
    near = nearest(str(mistake.given), mistake.limit)
    hint = f"did you mean `{near}`?" if near else f"write {choices}"
    return Advice("wrong-choice", f"`{place.key}` must be {choices}", hint)


def wrong_size(mistake: Mistake, place: Place) -> Advice:
    """Too long, too many, too few, too large."""
    key, least = f"`{place.key}`", mistake.rule.startswith("min")
    bound = "at least" if least else "at most"
    if isinstance(mistake.given, int | float):
        return Advice("wrong-number", f"{key} must be {bound} {mistake.limit}", "change the number")
    noun = "character" if isinstance(mistake.given, str) else "entry"
    size = counted(len(mistake.given), noun) if mistake.given else "none"
    message = f"{key} must have {bound} {counted(mistake.limit, noun)}, and it has {size}"
    if not least:
        return Advice("too-much", message, "shorten it")
    hint = "add what is missing"
    if mistake.example is not None:
        hint = f"write it as in `{snippet(place.key, mistake.example)}`"
    return Advice("too-little", message, hint)
