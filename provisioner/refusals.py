"""Turns a service's refusal into words and into who must act. Recognises; knows no service."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from provisioner.errors import FatalError, NotYet, RemoteError, RetryableError, TokenRefused
from provisioner.models.plan import Actor

THEN_RERUN = "Then ask a network maintainer to re-run the job."
BY_ITSELF = "The provisioner looks again by itself."
SOON = 600.0
HOUR = 3600.0

When = Callable[[RemoteError], bool]


@dataclass(frozen=True)
class Words:
    """What a person is told of a refusal.

    With `wake_after` (seconds) the step waits; without, it fails. `again`: time or the world may
    have changed it within this run, so the step is tried again, not before `wake_after`.
    """

    message: str
    hint: str = ""
    who: Actor = Actor.NOBODY
    wake_after: float | None = None
    again: bool = False

    def error(self) -> FatalError | NotYet | RetryableError:
        if self.again:
            return RetryableError(self.message, self.hint, self.wake_after)
        if self.wake_after is None:
            return FatalError(self.message, self.hint, self.who)
        return NotYet(self.message, self.hint, self.who, self.wake_after)


@dataclass(frozen=True)
class Refusal:
    """`when` recognises it."""

    when: When
    words: Words


@contextmanager
def refusals(*known: Refusal) -> Iterator[None]:
    """Inside, a `RemoteError` that one of `known` recognises is raised in its words.

    A token that is not accepted is no single step's trouble, whatever its status.
    """
    try:
        yield
    except TokenRefused:
        raise
    except RemoteError as error:
        refusal = next((item for item in known if item.when(error)), None)
        if refusal is None:
            raise
        raise refusal.words.error() from error


def says(text: str, *statuses: int) -> When:
    """Recognises the service's own words by a part of them, without regard to case."""

    def matches(error: RemoteError) -> bool:
        return (not statuses or error.status in statuses) and text in (
            error.said or error.message
        ).lower()

    return matches


def answers(*statuses: int) -> When:
    """Recognises a status, unless it stands for a limit, which time alone fixes."""
    return lambda error: error.status in statuses and error.retry_after is None


def codes(*names: str) -> When:
    """Recognises the service's own code."""
    return lambda error: error.code in names


def body_says(key: str, value: str) -> When:
    """Recognises a value in the error's body."""

    def matches(error: RemoteError) -> bool:
        return isinstance(error.body, dict) and error.body.get(key) == value

    return matches
