"""When to try again, and how long to wait before. The only place that retries.

Backoff doubles and is jittered; a service's own word (`retry_after`) is obeyed.
A wait longer than `longest_wait` is not slept through: the step ends as
`waiting` and a later run goes on.
"""

import random
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from tenacity import RetryCallState, Retrying, retry_if_exception, stop_after_attempt

from provisioner.clock import Clock
from provisioner.errors import (
    Effect,
    FatalError,
    ProvisionerError,
    RemoteError,
    RetryableError,
    UnexpectedResponse,
)
from provisioner.models.plan import Actor

Result = TypeVar("Result")

TRANSIENT_STATUSES = frozenset({408, 425, 429, 500, 502, 503, 504})


@dataclass(frozen=True)
class RetryPolicy:
    """Seconds, and how often."""

    attempts: int = 5
    first_wait: float = 1.0
    most_backoff: float = 30.0
    longest_wait: float = 90.0


def is_transient(error: BaseException) -> bool:
    """Whether time alone may fix it."""
    if isinstance(error, RetryableError | UnexpectedResponse):
        return True
    if isinstance(error, RemoteError):
        no_answer = error.status is None
        return no_answer or error.status in TRANSIENT_STATUSES or error.retry_after is not None
    return False


def wanted_wait(error: BaseException) -> float:
    """Seconds the service asked for; 0 when it did not say."""
    if isinstance(error, RemoteError | RetryableError):
        return error.retry_after or 0.0
    return 0.0


class Retrier:
    """Runs a callable until it works, fails for good, or has used up its attempts."""

    def __init__(self, policy: RetryPolicy, clock: Clock, rng: random.Random) -> None:
        self.policy = policy
        self._clock = clock
        self._rng = rng

    def call(
        self,
        function: Callable[[], Result],
        on_failure: Callable[[ProvisionerError], None] | None = None,
    ) -> Result:
        """The result, or the last error. `on_failure(error)` hears of each one that is retried."""

        def before_sleep(state: RetryCallState) -> None:
            error = state.outcome.exception() if state.outcome else None
            if on_failure and isinstance(error, ProvisionerError):
                on_failure(error)

        retrying = Retrying(
            stop=stop_after_attempt(self.policy.attempts),
            wait=self._wait,
            retry=retry_if_exception(self._worth_another_try),
            sleep=self._clock.sleep,
            before_sleep=before_sleep,
            reraise=True,
        )
        return retrying(function)

    def _worth_another_try(self, error: BaseException) -> bool:
        return is_transient(error) and wanted_wait(error) <= self.policy.longest_wait

    def _wait(self, state: RetryCallState) -> float:
        error = state.outcome.exception() if state.outcome else None
        backoff = self.policy.first_wait * 2.0 ** (state.attempt_number - 1)
        jittered = min(backoff, self.policy.most_backoff) * self._rng.uniform(0.5, 1.0)
        return max(jittered, wanted_wait(error) if error else 0.0)


def explained(error: ProvisionerError) -> FatalError:
    """A failure in words for the people who read it: what happened, whether anything changed."""
    if isinstance(error, FatalError):
        return error
    message, hint = error.message, error.hint
    if isinstance(error, RemoteError):
        message = f"{message}. {_CONSEQUENCE[error.effect]}"
        hint = hint or _HINTS.get(error.status or 0, _TRY_AGAIN)
    return FatalError(message, hint or _TRY_AGAIN, Actor.MAINTAINER)


_CONSEQUENCE = {
    Effect.NONE: "Nothing was changed by it.",
    Effect.HAPPENED: "The change itself was made.",
    Effect.UNKNOWN: "Whether the change was made is not known; the next run looks first.",
}
_TRY_AGAIN = "Re-run the failed job; it does only what is left."
_HINTS = {
    401: "The token is not accepted: renew it, then re-run the failed job.",
    403: "The token may not do this: give it the permission that docs/set-up.md lists, then "
    "re-run.",
    404: "It is not there, or the token may not see it: check the name and the token's access.",
}
