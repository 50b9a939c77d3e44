"""Turns a service's refusal into words and into who must act. One table an action, beside it."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from provisioner.errors import FatalError, NotYet, RemoteError
from provisioner.models.plan import Actor


@dataclass(frozen=True)
class Refusal:
    """`when` recognises it. With `wake_after` (seconds) the step waits; without, it fails."""

    when: Callable[[RemoteError], bool]
    message: str
    hint: str
    who: Actor
    wake_after: float | None = None

    def told(self) -> FatalError | NotYet:
        if self.wake_after is None:
            return FatalError(self.message, self.hint, self.who)
        return NotYet(self.message, self.hint, self.who, self.wake_after)


@contextmanager
def refusals(*known: Refusal) -> Iterator[None]:
    """Inside, a `RemoteError` that one of `known` recognises is raised in its words."""
    try:
        yield
    except RemoteError as error:
        refusal = next((item for item in known if item.when(error)), None)
        if refusal is None:
            raise
        raise refusal.told() from error


def says(text: str, *statuses: int) -> Callable[[RemoteError], bool]:
    """Recognises a message by a part of it, without regard to case."""

    def matches(error: RemoteError) -> bool:
        return (not statuses or error.status in statuses) and text in error.message.lower()

    return matches


def codes(*names: str) -> Callable[[RemoteError], bool]:
    """Recognises the service's own code."""
    return lambda error: error.code in names


def body_says(key: str, value: str) -> Callable[[RemoteError], bool]:
    """Recognises a value in the error's body."""

    def matches(error: RemoteError) -> bool:
        return isinstance(error.body, dict) and error.body.get(key) == value

    return matches
