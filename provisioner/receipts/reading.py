"""A receipt to bytes and back. Trusts no byte: a receipt is what the provisioner itself writes.

Only the canonical form is read, so that nobody can hide a second reading in it, such as a key
that stands twice: what was signed, what is checked and what people see are the same.
"""

import os
import stat
from pathlib import Path

from pydantic import ValidationError

from provisioner.errors import ConfigurationError
from provisioner.models.receipt import Receipt

MOST_BYTES = 512 * 1024
"""More than the largest receipt that the limits of its fields allow."""


class NotAReceipt(ConfigurationError):
    """The file is something else; nothing of it was used."""

    def __init__(self, why: str) -> None:
        super().__init__(
            f"this is not a receipt: {why}",
            "Take the file as `provisioner receipt` or the Actions run has written it, unchanged.",
        )


def canonical(receipt: Receipt) -> str:
    """The receipt as it is printed and signed."""
    return receipt.model_dump_json(indent=2) + "\n"


def read_receipt(path: Path) -> Receipt:
    """Raises `NotAReceipt`, with the file's name, for whatever else lies there."""
    try:
        return receipt_of(_bytes_of(path))
    except NotAReceipt as error:
        error.message = f"{path}: {error.message}"
        raise


def receipt_of(content: bytes) -> Receipt:
    """Raises `NotAReceipt`. Depth and numbers are bounded by pydantic's own parser."""
    if len(content) > MOST_BYTES:
        raise NotAReceipt(f"it is larger than {MOST_BYTES // 1024} KiB")
    try:
        receipt = Receipt.model_validate_json(content)
    except ValidationError as error:
        raise NotAReceipt(_words(error)) from None
    if canonical(receipt).encode() != content:
        raise NotAReceipt("it is not as the provisioner writes it, though it says the same")
    return receipt


def _words(error: ValidationError) -> str:
    """Where it goes wrong, in names of ours alone: keys of the file are foreign text."""
    first = error.errors(include_url=False, include_input=False, include_context=False)[0]
    if first["type"] == "json_invalid":
        return "it is not JSON"
    if first["type"] == "value_error":
        return first["msg"].removeprefix("Value error, ")
    foreign = first["type"] == "extra_forbidden"
    where = ".".join(str(part) for part in (first["loc"][:-1] if foreign else first["loc"]))
    return f"{'there is a field too many' if foreign else 'the fault is'} at {where or 'the top'}"


def _bytes_of(path: Path) -> bytes:
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_NOFOLLOW | os.O_CLOEXEC)
        try:
            return _content(descriptor)
        finally:
            os.close(descriptor)
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or "its name cannot be used"
        raise NotAReceipt(f"it cannot be read: {why}") from None


def _content(descriptor: int) -> bytes:
    """One byte more than allowed is enough to see that a file is too large."""
    if not stat.S_ISREG(os.fstat(descriptor).st_mode):
        raise NotAReceipt("it is not an ordinary file")
    with os.fdopen(descriptor, "rb", closefd=False) as file:
        return file.read(MOST_BYTES + 1)
