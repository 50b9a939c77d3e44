"""What `doctor` found: one check a line. Frozen, no I/O."""

from collections.abc import Iterable
from enum import StrEnum

from provisioner.models.hub import Frozen


class CheckState(StrEnum):
    OK = "ok"
    NOT_OK = "not_ok"
    UNKNOWN = "unknown"
    """Could not be checked; that is neither good nor bad."""


class Verdict(Frozen):
    """`hint` says how to fix what is not ok, or how to look where we cannot."""

    state: CheckState
    detail: str
    hint: str = ""


class Check(Frozen):
    """One line of a diagnosis."""

    area: str
    name: str
    state: CheckState
    detail: str
    hint: str = ""


class Diagnosis(Frozen):
    checks: tuple[Check, ...]

    @property
    def ok(self) -> bool:
        """Nothing is known to be wrong. What could not be checked does not count."""
        return not self.count(CheckState.NOT_OK)

    def count(self, state: CheckState) -> int:
        return sum(check.state is state for check in self.checks)

    @property
    def areas(self) -> Iterable[str]:
        """In the order of their first checks."""
        return dict.fromkeys(check.area for check in self.checks)


def ok(detail: str) -> Verdict:
    return Verdict(state=CheckState.OK, detail=detail)


def not_ok(detail: str, hint: str) -> Verdict:
    return Verdict(state=CheckState.NOT_OK, detail=detail, hint=hint)


def unknown(detail: str, hint: str = "") -> Verdict:
    return Verdict(state=CheckState.UNKNOWN, detail=detail, hint=hint)
