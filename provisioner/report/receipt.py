"""What came of comparing a receipt with the world: as values for JSON, and as plain text."""

from dataclasses import asdict, dataclass

from provisioner.receipts.compared import NOTHING, Difference
from provisioner.safetext import shorten, terminal

_MOST_CHARACTERS = 500


@dataclass(frozen=True)
class Unchecked:
    """An app that could not be looked at: nothing is known of it."""

    app: str
    reason: str


@dataclass(frozen=True)
class Verified:
    """What was found. It is the same only if everything was seen."""

    hub: str
    differences: tuple[Difference, ...] = ()
    unchecked: tuple[Unchecked, ...] = ()

    @property
    def same(self) -> bool:
        return not self.differences and not self.unchecked


def verified_document(verified: Verified) -> dict[str, object]:
    """What `verify-receipt --format json` prints."""
    return {
        "ok": verified.same,
        "hub": verified.hub,
        "differences": [asdict(item) for item in verified.differences],
        "unchecked": [asdict(item) for item in verified.unchecked],
    }


def verified_text(verified: Verified) -> str:
    """One line if all is the same, else one for each difference."""
    if verified.same:
        return f"{verified.hub}: the same as in the receipt"
    lines = [_difference(item) for item in verified.differences]
    lines += [f"{item.app}: could not be checked: {item.reason}" for item in verified.unchecked]
    return "\n".join(_line(f"{verified.hub}: {line}") for line in lines)


def _difference(item: Difference) -> str:
    return (
        f"{item.app}: {item.what}: the receipt says {_readable(item.wanted)}, "
        f"now there is {_readable(item.found)}"
    )


def _readable(value: str) -> str:
    return "nothing" if value == NOTHING else value


def _line(text: str) -> str:
    return shorten(" ".join(terminal(text).split()), _MOST_CHARACTERS)
