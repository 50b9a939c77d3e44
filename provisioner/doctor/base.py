"""How a set-up is checked: probes that look, side by side, none hiding another. Knows no service.

A probe only reads. It answers with one verdict, or raises: then its line says
that it could not be checked, and why.
"""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Generic, TypeVar

from provisioner.engine.retry import Retrier
from provisioner.errors import NotSet, ProvisionerError, RemoteError, TokenRefused
from provisioner.models.diagnosis import Check, Verdict, not_ok, unknown

SIDE_BY_SIDE = 8

Reader = TypeVar("Reader")
Who = TypeVar("Who")


class CouldNotCheck(ProvisionerError):
    """What a check needs first is not to be had; its own line says why."""


@dataclass(frozen=True)
class Probe:
    """One line to be: `check` is called again when something passing stood in its way."""

    area: str
    name: str
    check: Callable[[], Verdict]


def examine(probes: Sequence[Probe], retrier: Retrier) -> tuple[Check, ...]:
    """The line of each probe, in the order of the probes. Raises for bugs only."""
    with ThreadPoolExecutor(SIDE_BY_SIDE) as pool:
        return tuple(pool.map(lambda probe: _line(probe, retrier), probes))


def _line(probe: Probe, retrier: Retrier) -> Check:
    try:
        verdict = retrier.call(probe.check)
    except ProvisionerError as error:
        verdict = unknown(error.message, _what_now(error))
    return Check(
        area=probe.area,
        name=probe.name,
        state=verdict.state,
        detail=verdict.detail,
        hint=verdict.hint,
    )


def _what_now(error: ProvisionerError) -> str:
    if not isinstance(error, RemoteError):
        return error.hint
    if error.retry_after is not None:
        return _AGAIN
    if error.status in (403, 404):
        return (
            "The token may not look at this: look by hand, in the settings that docs/set-up.md "
            "names."
        )
    return error.hint or "Run this again in some minutes."


_AGAIN = "Run this again in some minutes."


@dataclass(frozen=True)
class Access(Generic[Reader, Who]):
    """What a token opens, after it was tried once."""

    token: str
    verdict: Verdict
    opened: tuple[Reader, Who] | None = None

    @property
    def reader(self) -> Reader:
        """Raises `CouldNotCheck` where the token opens nothing."""
        return self._opened[0]

    @property
    def who(self) -> Who:
        """Whom the token speaks for. Raises like `reader`."""
        return self._opened[1]

    @property
    def _opened(self) -> tuple[Reader, Who]:
        if self.opened is None:
            raise CouldNotCheck(f"This needs {self.token}.", f"Fix {self.token} first.")
        return self.opened

    @property
    def probe(self) -> Probe:
        return Probe("tokens", self.token, lambda: self.verdict)


@dataclass(frozen=True)
class Door(Generic[Reader, Who]):
    """A token yet to be tried: how to read with it, whom to ask for, what to think of the answer.

    `missing` and `renew` say what to do about a token that is not there or not good.
    """

    token: str
    make: Callable[[], Reader]
    ask: Callable[[Reader], Who]
    judge: Callable[[Who], Verdict]
    missing: str
    renew: str

    def open(self, retrier: Retrier) -> Access[Reader, Who]:
        """Try the token. Without an answer nothing else can be known, so that is not ok, too."""
        try:
            reader = self.make()
            who = retrier.call(lambda: self.ask(reader))
        except NotSet:
            return self._shut("It is not set.", self.missing)
        except TokenRefused as error:
            return self._shut(f"{error.service} does not accept it.", self.renew)
        except ProvisionerError as error:
            return self._shut(error.message, _what_now(error))
        return Access(self.token, self.judge(who), (reader, who))

    def _shut(self, detail: str, hint: str) -> Access[Reader, Who]:
        return Access(self.token, not_ok(detail, hint))
