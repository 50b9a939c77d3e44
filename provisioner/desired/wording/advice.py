"""A piece of advice as a value, and what its givers share. Pure."""

import re
import unicodedata
from dataclasses import dataclass

from provisioner.desired.wording.words import plain
from provisioner.models.finding import Severity
from provisioner.models.hub import APP_ID_PATTERN, HUB_ID_PATTERN, VARIABLE_NAME_PATTERN

CURLY_QUOTES = "“”„‟«»‘’‚‛"


@dataclass(frozen=True)
class Advice:
    """What a finding says, before it has a place."""

    code: str
    message: str
    hint: str = ""
    severity: Severity = Severity.ERROR


@dataclass(frozen=True)
class Place:
    """Where a text stands: the hub that the file is for, and the parts of its JSON pointer."""

    hub: str
    parts: tuple[str, ...]

    @property
    def key(self) -> str:
        return plain(self.parts[-1]) if self.parts else ""

    @property
    def variable(self) -> str | None:
        """The variable that the place belongs to, if it is one of `apps/<app>/env`."""
        is_one = self.parts[2:3] == ("env",) and len(self.parts) > 3
        return plain(self.parts[3]) if is_one else None

    @property
    def seal_command(self) -> str:
        """The command that makes a sealed value for this place."""
        app, name = (self.parts[1], self.variable) if self.variable else ("", "")
        hub = self.hub if fits(HUB_ID_PATTERN, self.hub) else "HUB"
        app = app if fits(APP_ID_PATTERN, app) else "APP"
        name = name if fits(VARIABLE_NAME_PATTERN, name) else "NAME"
        return f"provisioner seal {hub} {app} {name}"


def fits(pattern: str, text: str) -> bool:
    return re.search(pattern, text) is not None


def slug(text: str, pattern: str) -> str | None:
    """The text as a name under the pattern, if one can be made of it."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    name = re.sub(r"[^a-z0-9]+", "-", plain).strip("-").lstrip("0123456789-")
    return name if fits(pattern, name) else None
