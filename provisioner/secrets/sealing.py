"""Sealed values: secrets that may stand in a public file. The only room that knows their form.

A sealed box (libsodium: crypto_box_seal) can be made by everyone who has the
public half of the network's key, and opened only with the private half. It
does not say who made it, nor what for. So hub, app and variable are sealed in
together with the value, and opening compares them with where the value was
found: copied elsewhere, it stays shut.

    v1.<key id>.<sealed box, base64url>      the box holds a JSON list:
    ["provisioner sealed value v2", hub, app, variable, value, time of sealing]

The time keeps a value from coming back to life: when a hub's name gets another
owner, what was sealed before that stays shut. Values of the first version hold no
time; they open as long as the name never changed hands.

The network may change its key: the private half may be several, the present one
first and older ones after it, separated by spaces or line breaks.

A JSON list is unambiguous whatever the texts hold; spaces after it pad it,
so that a value's length shows only in steps. PyNaCl is loaded on the first use,
because checking a file needs none of it.
"""

import base64
import binascii
import hashlib
import json
import re
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from provisioner.errors import ConfigurationError
from provisioner.models.hub import MAX_VALUE_LENGTH, SEALED_PATTERN
from provisioner.secrets.boxes import MORE_THAN_A_LINE, Box, Opening, is_one_line, parsed, written

if TYPE_CHECKING:
    from nacl.public import PrivateKey, PublicKey

PRIVATE_PREFIX = "private_v1_"
_KEY = re.compile(r"[A-Za-z0-9_-]{43}")
_PRIVATE_KEY = re.compile(PRIVATE_PREFIX + _KEY.pattern)


@dataclass(frozen=True)
class KeyPair:
    """`public` goes into `network.yaml`; `private` is shown nowhere else."""

    public: str
    private: str

    def __repr__(self) -> str:
        return f"KeyPair(public={self.public!r}, private=…)"


def generate_keypair() -> KeyPair:
    """A new pair, from the machine's own randomness."""
    from nacl.public import PrivateKey  # noqa: PLC0415 - see the module's docstring

    private = PrivateKey.generate()
    return KeyPair(_encode(bytes(private.public_key)), PRIVATE_PREFIX + _encode(bytes(private)))


def public_of(private: str) -> str:
    """The public half that belongs to a private one; of several, to the first."""
    return _encode(bytes(_private_keys(private)[0].public_key))


def key_id_of(public: str) -> str:
    """Eight characters that tell keys apart; anyone may know them."""
    return _key_id(_decode(public))


def _key_id(public: bytes) -> str:
    digest = hashlib.sha256(b"provisioner sealing key v1\0" + public).digest()
    return _encode(digest)[:8]


def key_id_within(sealed: str) -> str | None:
    """The id of the key that a value was sealed with; None if it is no sealed value."""
    return sealed.split(".")[1] if re.search(SEALED_PATTERN, sealed) else None


def canonical(sealed: str) -> str:
    """The same for all texts that hold the same box: base64url has spare bits at its end."""
    if key_id_within(sealed) is None:
        return sealed
    head, _, box = sealed.rpartition(".")
    try:
        return f"{head}.{_encode(_decode(box))}"
    except ValueError:
        return sealed


def seal(public: str, hub: str, app: str, name: str, value: str, now: datetime) -> str:
    """The value, sealed for this place at this time. Never twice the same."""
    key = _public_key(public)
    _refuse_useless(name, value)
    box = _sealed_box(key, written((hub, app, name), value, now))
    sealed = f"v1.{_key_id(bytes(key))}.{_encode(box)}"
    if key_id_within(sealed) is None:
        raise _too_long(name)
    return sealed


def _refuse_useless(name: str, value: str) -> None:
    if len(value) > MAX_VALUE_LENGTH:
        raise _too_long(name)
    if not value:
        raise ConfigurationError(
            f"The value of {name} is empty; nothing was sealed.",
            "Copy the secret anew from where it comes from.",
        )
    if not is_one_line(value):
        raise ConfigurationError(
            f"The value of {name} holds {MORE_THAN_A_LINE}; nothing was sealed.",
            "Copy the secret anew, on one line. If it has several lines, as a key in a file has, "
            "seal it in a form of one line that the app understands, such as base64.",
        )


def _too_long(name: str) -> ConfigurationError:
    return ConfigurationError(
        f"The value of {name} is longer than {MAX_VALUE_LENGTH} characters; nothing was sealed.",
        "Keep it elsewhere and seal only the key or password to it.",
    )


def _sealed_box(key: "PublicKey", text: bytes) -> bytes:
    from nacl.exceptions import CryptoError  # noqa: PLC0415 - see the module's docstring
    from nacl.public import SealedBox  # noqa: PLC0415 - see the module's docstring

    try:
        return SealedBox(key).encrypt(text)
    except (CryptoError, RuntimeError) as error:
        raise _no_public_key() from error


def open_sealed(
    private: str,
    hub: str,
    app: str,
    name: str,
    sealed: str,
    *,
    now: datetime,
    since: datetime | None = None,
) -> str:
    """The value that was sealed for this place, not before `since` if the hub's name had another
    owner until then.

    Raises `FatalError` that says why it stays shut; `ConfigurationError` if `private` is no key.
    Neither ever holds any part of the value.
    """
    opening = Opening(hub, app, name, now, since)
    return opening.value(_box(private, sealed, opening))


def _box(private: str, sealed: str, opening: Opening) -> Box | None:
    keys = {_key_id(bytes(key.public_key)): key for key in _private_keys(private)}
    key_id = key_id_within(sealed)
    if key_id is None:
        return None
    if key_id not in keys:
        raise opening.shut(
            "was sealed with a key that is not in PROVISIONER_SEALING_KEY.",
            " Or add the older key to PROVISIONER_SEALING_KEY, after the present one.",
            who="maintainer",
        )
    return parsed(_opened(keys[key_id], sealed))


def _opened(key: "PrivateKey", sealed: str) -> object:
    """What is within, or None if it does not open."""
    from nacl.exceptions import CryptoError  # noqa: PLC0415 - see the module's docstring
    from nacl.public import SealedBox  # noqa: PLC0415 - see the module's docstring

    try:
        content: object = json.loads(SealedBox(key).decrypt(_decode(sealed.split(".")[2])))
    except (CryptoError, ValueError, RecursionError):
        return None
    return content


def _private_keys(private: str) -> tuple["PrivateKey", ...]:
    from nacl.public import PrivateKey  # noqa: PLC0415 - see the module's docstring

    texts = private.split()
    if not texts or not all(_PRIVATE_KEY.fullmatch(text) for text in texts):
        raise ConfigurationError(
            "The private half of the sealing key is not one that `provisioner keygen` made.",
            f"Set PROVISIONER_SEALING_KEY to the whole text that begins with `{PRIVATE_PREFIX}`.",
        )
    return tuple(PrivateKey(_decode(text.removeprefix(PRIVATE_PREFIX))) for text in texts)


def _public_key(public: str) -> "PublicKey":
    from nacl.public import PublicKey  # noqa: PLC0415 - see the module's docstring

    if not _KEY.fullmatch(public):
        raise _no_public_key()
    return PublicKey(_decode(public))


def _encode(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def _decode(text: str) -> bytes:
    """Raises ValueError for what is not base64url."""
    try:
        return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
    except binascii.Error as error:
        raise ValueError("not base64url") from error


def _no_public_key() -> ConfigurationError:
    return ConfigurationError(
        "The public half of the sealing key is not one that `provisioner keygen` made.",
        "Take the 43 characters of `sealing_key` in the catalog's `network.yaml`.",
    )
