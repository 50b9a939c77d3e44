"""A look that fails says why, and whether anything was seen; a token that is refused raises."""

import random
from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest

from provisioner.clock import ManualClock
from provisioner.engine.guard import guarded
from provisioner.engine.limits import MOST_DETAIL, Redact
from provisioner.engine.retry import Retrier, RetryPolicy
from provisioner.engine.step import Assessment, Claims, Progress, Step
from provisioner.errors import (
    Effect,
    FatalError,
    NotYet,
    ProvisionerError,
    RemoteError,
    TokenRefused,
    Unreachable,
)
from provisioner.models.plan import Actor, Verdict
from tests.unit.engine.given import THERE

CLAIMS: Claims = frozenset({("project", "p")})


def remote(status: int | None = None, retry_after: float | None = None) -> RemoteError:
    return RemoteError(
        "it said no", service="Host", effect=Effect.NONE, status=status, retry_after=retry_after
    )


def look_of(look: Callable[[Claims, str | None], Assessment], redact: Redact = str) -> Assessment:
    """What the guarded step says, with these claims and the handle `dpl_1`."""
    step = Step("step", look, lambda _look: None, timedelta(minutes=1))
    retrier = Retrier(RetryPolicy(), ManualClock(), random.Random(1))
    return guarded(step, retrier, redact).assess(CLAIMS, "dpl_1")


def raising(*errors: Exception) -> Callable[[Claims, str | None], Assessment]:
    """Looks that fail so, one after the other, and then succeed."""
    script: Iterator[Exception] = iter(errors)

    def look(_claims: Claims, _handle: str | None) -> Assessment:
        for error in script:
            raise error
        return THERE

    return look


def always(error: Exception) -> Callable[[Claims, str | None], Assessment]:
    return raising(*[error] * 100)


def test_a_look_that_works_is_what_the_step_says() -> None:
    asked: list[object] = []

    def look(claims: Claims, handle: str | None) -> Assessment:
        asked.append((claims, handle))
        return THERE

    assert look_of(look) == THERE
    assert asked == [(CLAIMS, "dpl_1")]


def test_a_passing_trouble_is_looked_through() -> None:
    assert look_of(raising(remote(503), remote(503))) == THERE


def test_what_does_not_pass_waits_and_was_not_seen() -> None:
    seen = look_of(always(remote(503)))

    assert (seen.verdict, seen.progress, seen.seen) == (Verdict.KEEP, Progress.WAITING, False)
    assert seen.wake_after == timedelta(minutes=10)


def test_what_is_not_yet_there_waits_as_long_as_it_asks_for_and_was_not_seen() -> None:
    seen = look_of(always(NotYet("full", "Ask.", wake_after=600)))

    assert (seen.detail, seen.hint, seen.who) == ("full", "Ask.", Actor.FACILITATOR)
    assert (seen.wake_after, seen.seen) == (timedelta(minutes=10), False)
    assert seen.progress is Progress.WAITING


def test_an_answer_that_says_who_must_do_what_blocks_and_was_seen() -> None:
    seen = look_of(always(FatalError("no rights", "Give them.", "facilitator")))

    assert (seen.verdict, seen.seen) == (Verdict.BLOCKED, True)
    assert (seen.detail, seen.hint, seen.who) == ("no rights", "Give them.", Actor.FACILITATOR)


@pytest.mark.parametrize("error", [remote(403), KeyError("bug")], ids=["refused", "a bug"])
def test_any_other_trouble_blocks_and_was_not_seen(error: Exception) -> None:
    seen = look_of(always(error))

    assert (seen.verdict, seen.seen, seen.who) == (Verdict.BLOCKED, False, Actor.MAINTAINER)


@pytest.mark.parametrize(
    "error",
    [
        TokenRefused("renew it", service="Host", effect=Effect.NONE, status=401),
        Unreachable("no way", service="Host", effect=Effect.NONE),
    ],
    ids=repr,
)
def test_what_is_no_single_steps_trouble_is_raised(error: ProvisionerError) -> None:
    with pytest.raises(type(error)):
        look_of(always(error))


def test_what_people_read_of_a_trouble_is_redacted_before_it_is_cut() -> None:
    error = FatalError("x" * (MOST_DETAIL - 6) + "correct-horse")

    seen = look_of(always(error), redact=lambda text: text.replace("correct-horse", "***"))

    assert seen.detail == "x" * (MOST_DETAIL - 6) + "***"
