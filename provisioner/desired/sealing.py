"""Sealed values: secrets that may stand in a public file. The only room that knows their form.

A sealed box (libsodium: crypto_box_seal) can be made by everyone who has the
public half of the network's key, and opened only with the private half. It
does not say who made it, nor what for. So hub, app and variable are sealed in
together with the value, and opening compares them with where the value was
found: copied elsewhere, it stays shut.

    v1.<key id>.<sealed box, base64url>      the box holds a JSON list:
    ["provisioner sealed value v1", hub, app, variable, value]

The network may change its key: the private half may be several, the present one
first and older ones after it, separated by spaces or line breaks.

A JSON list is unambiguous whatever the five texts hold; spaces after it pad it,
so that a value's length shows only in steps. PyNaCl is loaded on the first use,
because checking a file needs none of it.
"""

import base64
import binascii
import hashlib
import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from provisioner.errors import ConfigurationError, FatalError
from provisioner.models.hub import MAX_VALUE_LENGTH, SEALED_PATTERN

if TYPE_CHECKING:
    from nacl.public import PrivateKey, PublicKey

PRIVATE_PREFIX = "private_v1_"
_PURPOSE = "provisioner sealed value v1"
_STEP = 64
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


def seal(public: str, hub: str, app: str, name: str, value: str) -> str:
    """The value, sealed for this place. Never twice the same."""
    key = _public_key(public)
    _refuse_useless(name, value)
    text = json.dumps([_PURPOSE, hub, app, name, value], ensure_ascii=False).encode()
    box = _sealed_box(key, text + b" " * (-len(text) % _STEP))
    sealed = f"v1.{_key_id(bytes(key))}.{_encode(box)}"
    if key_id_within(sealed) is None:
        raise _too_long(name)
    return sealed


def _refuse_useless(name: str, value: str) -> None:
    if len(value) > MAX_VALUE_LENGTH:
        raise _too_long(name)
    if not value or "\0" in value or not _is_unicode(value):
        raise ConfigurationError(
            f"The value of {name} is empty or no text; nothing was sealed.",
            "Copy the secret anew from where it comes from.",
        )


def _is_unicode(value: str) -> bool:
    return not any("\ud800" <= character <= "\udfff" for character in value)


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


def open_sealed(private: str, hub: str, app: str, name: str, sealed: str) -> str:
    """The value that was sealed for this place.

    Raises `FatalError` that says why it stays shut; `ConfigurationError` if `private` is no key.
    Neither ever holds any part of the value.
    """
    where = f"The sealed value of {name} in {hub}, app {app},"
    again = f"Seal the secret anew with `provisioner seal {hub} {app} {name}`."
    keys = {_key_id(bytes(key.public_key)): key for key in _private_keys(private)}
    key_id = key_id_within(sealed)
    if key_id is None:
        raise FatalError(f"{where} is damaged.", again, who="facilitator")
    if key_id not in keys:
        raise FatalError(
            f"{where} was sealed with a key that is not in PROVISIONER_SEALING_KEY.",
            f"{again} Or add the older key to PROVISIONER_SEALING_KEY, after the present one.",
            who="maintainer",
        )
    return _bound_value(_opened(keys[key_id], sealed), [_PURPOSE, hub, app, name], where, again)


def _opened(key: "PrivateKey", sealed: str) -> object:
    """What is within, or None if it does not open."""
    from nacl.exceptions import CryptoError  # noqa: PLC0415 - see the module's docstring
    from nacl.public import SealedBox  # noqa: PLC0415 - see the module's docstring

    try:
        content: object = json.loads(SealedBox(key).decrypt(_decode(sealed.split(".")[2])))
    except (CryptoError, ValueError, RecursionError):
        return None
    return content


def _bound_value(content: object, binding: list[str], where: str, again: str) -> str:
    match content:
        case [*found, str(value)] if found == binding:
            return value
        case [str(purpose), str(), str(), str(), str()] if purpose == _PURPOSE:
            message = f"{where} was sealed for another hub, app or variable, and opens only there."
            raise FatalError(message, again, who="facilitator")
    raise FatalError(f"{where} is damaged.", again, who="facilitator")


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
