"""What a check found in a file, for a person to fix. Frozen, no I/O, no wording of its own."""

from enum import StrEnum
from typing import Annotated

from pydantic import Field

from provisioner.models.hub import Frozen


class Severity(StrEnum):
    """An error keeps the file from being used; a warning does not."""

    ERROR = "error"
    WARNING = "warning"


class Finding(Frozen):
    """One mistake, where it stands and how to fix it.

    `line` and `column` count characters from 1; `pointer` is a JSON pointer
    (RFC 6901), empty where the whole file is meant. `message` and `hint` are
    plain text and never hold a secret value.
    """

    severity: Severity = Severity.ERROR
    code: str
    message: str
    hint: str = ""
    line: Annotated[int, Field(ge=1)] = 1
    column: Annotated[int, Field(ge=1)] = 1
    pointer: str = ""

    @property
    def is_error(self) -> bool:
        return self.severity is Severity.ERROR
