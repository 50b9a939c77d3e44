"""What lies in a sealed box, and why one stays shut. Knows no key, opens nothing."""

import json
import unicodedata
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from provisioner.errors import FatalError
from provisioner.models.hub import MAX_VALUE_LENGTH

_PURPOSE = "provisioner sealed value v2"
_PURPOSE_WITHOUT_TIME = "provisioner sealed value v1"
_STEP = 64
_CLOCKS_DIFFER = timedelta(days=1)
_NO_PART_OF_A_LINE = {"Cc", "Cs", "Zl", "Zp"}
MORE_THAN_A_LINE = "a line break, a control character or half of a character"


def is_one_line(value: str) -> bool:
    """Whether it can stand in a header, an address and a log's mask, which end with the line."""
    return not any(unicodedata.category(each) in _NO_PART_OF_A_LINE for each in value)


@dataclass(frozen=True)
class Box:
    """What was sealed. `place` is hub, app and variable; values of the first version hold no
    time."""

    place: tuple[str, str, str]
    value: str
    sealed_at: datetime | None

    def __repr__(self) -> str:
        return f"Box(place={self.place!r}, value=…)"


def written(place: tuple[str, str, str], value: str, now: datetime) -> bytes:
    """The content of a box, its length rounded up."""
    content = [_PURPOSE, *place, value, now.astimezone(UTC).isoformat()]
    text = json.dumps(content, ensure_ascii=False).encode()
    return text + b" " * (-len(text) % _STEP)


def parsed(content: object) -> Box | None:
    """What a box held; None if no version of this program wrote it."""
    match content:
        case [str(purpose), str(hub), str(app), str(name), str(value)]:
            known = purpose == _PURPOSE_WITHOUT_TIME
            return Box((hub, app, name), value, None) if known else None
        case [str(purpose), str(hub), str(app), str(name), str(value), str(time)]:
            sealed_at = _time(time) if purpose == _PURPOSE else None
            return Box((hub, app, name), value, sealed_at) if sealed_at else None
    return None


def _time(text: str) -> datetime | None:
    try:
        time = datetime.fromisoformat(text)
    except ValueError:
        return None
    return time if time.tzinfo else None


@dataclass(frozen=True)
class Opening:
    """One sealed value of the hub file, and the rules under which it may be used.

    `since`: until then the hub's name had another owner.
    """

    hub: str
    app: str
    name: str
    now: datetime
    since: datetime | None

    def value(self, box: Box | None) -> str:
        """Raises `FatalError` that says why the value may not be used."""
        if box is None:
            raise self.shut("is damaged.")
        if box.place != (self.hub, self.app, self.name):
            raise self.shut("was sealed for another hub, app or variable, and opens only there.")
        self._refuse_untimely(box.sealed_at)
        if not box.value or len(box.value) > MAX_VALUE_LENGTH or not is_one_line(box.value):
            raise self.shut(f"is empty or too long, or holds {MORE_THAN_A_LINE}.")
        return box.value

    def _refuse_untimely(self, sealed_at: datetime | None) -> None:
        if sealed_at is not None and sealed_at - self.now > _CLOCKS_DIFFER:
            raise self.shut(
                "was sealed at a time that has not come yet: the clock of the machine that sealed "
                "it is wrong."
            )
        if self.since is None or (sealed_at is not None and sealed_at >= self.since):
            return
        when = f"{self.since:%Y-%m-%d}, when the hub's name had another owner"
        told = "was sealed before" if sealed_at else "does not say that it was sealed after"
        raise self.shut(f"{told} {when}; so it stays shut.")

    def shut(self, reason: str, more: str = "", who: str = "facilitator") -> FatalError:
        command = f"provisioner seal {self.hub} {self.app} {self.name}"
        return FatalError(
            f"The sealed value of {self.name} in {self.hub}, app {self.app}, {reason}",
            f"Seal the secret anew with `{command}`, and open a pull request with the new "
            f"value.{more}",
            who=who,
        )
