"""Words and a place become a finding: the one builder of findings. Has no words of its own."""

from dataclasses import dataclass
from typing import Protocol

from provisioner.desired.wording.advice import Advice
from provisioner.models.finding import Finding


class Where(Protocol):
    """Anything that says where it begins, such as a mark."""

    @property
    def line(self) -> int: ...

    @property
    def column(self) -> int: ...


@dataclass(frozen=True)
class Spot:
    """One character of a text, counted from 1."""

    line: int = 1
    column: int = 1


BEGINNING = Spot()
"""Where findings stand that are about a file as a whole."""


def finding_of(advice: Advice, where: Where = BEGINNING, pointer: str = "") -> Finding:
    """`pointer` names the value that is meant; empty where it is no single one."""
    return Finding(
        severity=advice.severity,
        code=advice.code,
        message=advice.message,
        hint=advice.hint,
        line=where.line,
        column=where.column,
        pointer=pointer,
    )
