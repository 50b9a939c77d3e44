"""What is wrong with a name or text, and how it should be written. Pure; knows no schema.

One adviser for each pattern of the models; each takes a text that does not fit it.
"""

import re
from collections.abc import Callable
from functools import partial

from provisioner.desired.wording.advice import CURLY_QUOTES, Advice, Place, fits, slug
from provisioner.desired.wording.hosts import host_name
from provisioner.desired.wording.words import shown
from provisioner.hosting.kind import HostKind
from provisioner.hosting.registry import HOSTS
from provisioner.models.hub import (
    APP_ID_PATTERN,
    HOST_NAME_PATTERN,
    HUB_ID_PATTERN,
    LOGIN_PATTERN,
    SEALED_PATTERN,
    TITLE_PATTERN,
    VALUE_PATTERN,
    VARIABLE_NAME_PATTERN,
)

_PLACEHOLDER = re.compile(r"^\s*$|…|\.\.\.|^<.*>$|^(x{3,}|todo|changeme|tbd)$", re.IGNORECASE)


def _login(text: str) -> Advice:
    name = re.sub(r"^(https?://)?(www\.)?github\.com/", "", text.strip()).strip(
        "@/ " + CURLY_QUOTES
    )
    message = f"{shown(text)} is not a GitHub name"
    if re.search(r"\S@\S", text):
        return Advice(
            "wrong-login",
            f"{shown(text)} is an e-mail address, not a GitHub name",
            "write the name as it stands in github.com/<name>",
        )
    if fits(LOGIN_PATTERN, name) and name != text:
        return Advice("wrong-login", message, f"write `{name}`")
    return Advice(
        "wrong-login",
        message,
        "write the name as it stands in github.com/<name>: letters, digits and single hyphens",
    )


def _account(kind: HostKind, text: str) -> Advice:
    words = kind.account_words
    return Advice("wrong-team", f"{shown(text)} is not {words.title}", words.correct(text))


def _app_id(text: str) -> Advice:
    better = slug(text, APP_ID_PATTERN)
    rule = "at most 20 small letters, digits and single hyphens, beginning with a letter"
    return Advice(
        "wrong-app-name",
        f"{shown(text)} cannot be the name of an app",
        f"write `{better}`" if better and better != text else f"use {rule}",
    )


def hub_id(text: str) -> Advice:
    """For the name of a hub file, without its ending."""
    better = slug(text, HUB_ID_PATTERN)
    rule = "3 to 40 small letters, digits and single hyphens, beginning with a letter"
    return Advice(
        "wrong-file-name",
        f"{shown(text)} cannot be the name of a hub: {rule}",
        f"rename the file to `{better or 'your-hub'}.yaml`",
    )


def _variable_name(text: str) -> Advice:
    better = re.sub(r"\W+", "_", text, flags=re.ASCII).strip("_")
    hint = "use letters, digits and underscores, beginning with a letter"
    if fits(VARIABLE_NAME_PATTERN, better):
        hint = f"write `{better}`"
    return Advice("wrong-variable-name", f"{shown(text)} cannot be the name of a variable", hint)


def _sealed(text: str, place: Place) -> Advice:
    command = f"`{place.seal_command}`"
    name = place.variable or place.key
    if is_placeholder(text):
        return not_sealed_yet(place)
    if text.startswith("v1."):
        return Advice(
            "damaged-sealed-value",
            f"the sealed value of `{name}` is damaged",
            f"paste the whole text that {command} printed, on one line and unchanged",
        )
    return Advice(
        "secret-in-plain-text",
        f"what stands in `{name}` was not sealed; if it is the secret itself, all can read it now",
        f"make the secret invalid where it came from, get a new one, and seal that with {command}",
    )


def is_placeholder(text: str) -> bool:
    return _PLACEHOLDER.search(text) is not None


def not_sealed_yet(place: Place) -> Advice:
    """For a secret variable that holds something like `…`."""
    return Advice(
        "placeholder",
        f"`{place.variable or place.key}` holds no sealed value yet",
        f"run `{place.seal_command}`, or ask a maintainer of the network to, and paste the line "
        "that it prints",
    )


def _title(text: str, place: Place) -> Advice:
    key = place.key
    if not text.strip():
        return Advice("no-value", f"`{key}` is empty", f"write `{key}: Nairobi Commons`")
    return Advice(
        "wrong-text",
        f"`{key}` holds a line break or a control character",
        "write it on one line, in letters that can be seen",
    )


def _value(_text: str, place: Place) -> Advice:
    return Advice(
        "wrong-text",
        f"the value of `{place.key}` holds a NUL character, which no variable can hold",
        "remove `\\0` from the value",
    )


def advise(pattern: str, text: str, place: Place) -> Advice | None:
    """Advice for a text that does not fit the pattern; None for a pattern not known here."""
    if pattern in _BY_TEXT:
        return _BY_TEXT[pattern](text)
    if pattern in _BY_PLACE:
        return _BY_PLACE[pattern](text, place)
    return None


_BY_TEXT: dict[str, Callable[[str], Advice]] = {
    HOST_NAME_PATTERN: host_name,
    LOGIN_PATTERN: _login,
    APP_ID_PATTERN: _app_id,
    VARIABLE_NAME_PATTERN: _variable_name,
    **{kind.account_words.pattern: partial(_account, kind) for kind in HOSTS.values()},
}
_BY_PLACE: dict[str, Callable[[str, Place], Advice]] = {
    SEALED_PATTERN: _sealed,
    TITLE_PATTERN: _title,
    VALUE_PATTERN: _value,
}
