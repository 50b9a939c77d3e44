"""Tells what looks like a secret, by its shape or its variable's name. Never shows one.

Hiding is `redaction`'s work for most; here the shapes have names, so that a
finding can say where a new one comes from.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from provisioner.secrets.forms import HIDDEN


@dataclass(frozen=True)
class Shape:
    """`renew` says how the secret is made invalid and replaced; `whole` if all of a variable's
    value is the secret."""

    name: str
    pattern: re.Pattern[str]
    renew: str
    whole: bool = True


@dataclass(frozen=True)
class Found:
    shape: Shape
    start: int
    end: int


SHAPES = (
    Shape(
        "a Telegram bot token",
        re.compile(r"(?<![\w:])\d{6,12}:[A-Za-z0-9_-]{30,}"),
        "ask @BotFather on Telegram for `/revoke`, which gives a new one",
    ),
    Shape(
        "a GitHub token",
        re.compile(r"\bgh[a-z]_[A-Za-z0-9]{16,}|\bgithub_pat_\w{16,}"),
        "delete it in GitHub's settings, under Developer settings, and make a new one",
    ),
    Shape(
        "a hosting token",
        re.compile(r"\bvc[a-z]_\w{20,}"),
        "delete it in the settings of the account that it is for, and make a new one",
    ),
    Shape(
        "the private half of a sealing key",
        re.compile(r"\bprivate_v1_[A-Za-z0-9_-]{43}"),
        "make a new pair with `provisioner keygen` and seal every secret anew",
    ),
    Shape(
        "a private key",
        re.compile(
            r"-----BEGIN [A-Z ]*PRIVATE KEY-----"
            r"(?:[\s\S]*?-----END [A-Z ]*PRIVATE KEY-----|[\s\S]*)"
        ),
        "make a new pair of keys and take the old one out of use",
    ),
    Shape(
        "an address with a password in it",
        re.compile(r"\b[a-z][a-z0-9+.-]{1,20}://[^\s/?#\"'<>@:]*:[^\s/?#\"'<>@]+@", re.IGNORECASE),
        "change the password, write the address without it, and seal the new password as a "
        "variable of its own",
        whole=False,
    ),
    Shape(
        "an access key",
        re.compile(r"\bAKIA[A-Z0-9]{16}\b|\bxox[a-z]-[\w-]{10,}|\bsk-[\w-]{20,}|\bAIza[\w-]{35}"),
        "make it invalid where it came from and get a new one",
    ),
    Shape(
        "a signed token",
        re.compile(r"\beyJ[\w-]{8,1000}\.eyJ[\w-]{8,}\.[\w-]{8,}"),
        "make it invalid where it came from and get a new one",
    ),
)
_SECRET_NAME = re.compile(
    r"token|secret|passw|passphrase|private|credential|api_?key|(?:^|_)(?:key|pass|pwd|auth)$",
    re.IGNORECASE,
)


def find_secrets(text: str) -> Iterator[Found]:
    """Every place in a text that has the shape of a secret."""
    for shape in SHAPES:
        for match in shape.pattern.finditer(text):
            yield Found(shape, match.start(), match.end())


def without_secrets(text: str) -> str:
    for shape in SHAPES:
        text = shape.pattern.sub(HIDDEN, text)
    return text


def is_secret_name(variable: str) -> bool:
    """Whether a variable of this name most likely holds a secret."""
    return _SECRET_NAME.search(variable) is not None
