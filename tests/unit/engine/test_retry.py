"""What is tried again, after how long and how often, and what is not."""

import random
from collections.abc import Callable
from datetime import timedelta

import pytest

from provisioner.clock import ManualClock
from provisioner.engine.retry import Retrier, RetryPolicy, explained, is_transient, wanted_wait
from provisioner.errors import (
    Effect,
    FatalError,
    NotYet,
    ProvisionerError,
    RemoteError,
    RetryableError,
    UnexpectedResponse,
)
from provisioner.models.plan import Actor
from provisioner.models.run import RunState, StepState
from tests.unit.engine.world import Thing, World, lost_answer

LONGEST, EARLIEST = 1.0, 0.5
"""The whole of a backoff, and the part of it that chance may leave."""


class Drawn(random.Random):
    """Chance, as ordered: the same part of what lies between the bounds."""

    def __init__(self, part: float) -> None:
        super().__init__(1)
        self.part = part

    def uniform(self, a: float, b: float) -> float:
        assert (a, b) == (EARLIEST, LONGEST)
        return self.part


class Waits(ManualClock):
    """Writes down what is slept."""

    def __init__(self) -> None:
        super().__init__()
        self.slept: list[float] = []

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        super().sleep(seconds)


def failing(*errors: BaseException) -> Callable[[], str]:
    script = list(errors)

    def call() -> str:
        if script:
            raise script.pop(0)
        return "done"

    return call


def remote(status: int | None = None, retry_after: float | None = None) -> RemoteError:
    return RemoteError(
        "it said no", service="Host", effect=Effect.NONE, status=status, retry_after=retry_after
    )


def waited(
    call: Callable[[], str], part: float = LONGEST, policy: RetryPolicy | None = None
) -> list[float]:
    """The pauses between the tries of a call that ends one way or the other."""
    clock = Waits()
    try:
        Retrier(policy or RetryPolicy(), clock, Drawn(part)).call(call)
    except ProvisionerError:
        clock.slept.append(-1)
    return clock.slept


def test_five_tries_with_pauses_that_double_and_then_it_is_given_up() -> None:
    assert waited(failing(*[remote(503)] * 4)) == [1, 2, 4, 8]
    assert waited(failing(*[remote(503)] * 5)) == [1, 2, 4, 8, -1]


def test_chance_takes_at_most_half_of_a_pause() -> None:
    assert waited(failing(*[remote(503)] * 3), EARLIEST) == [0.5, 1, 2]


def test_a_pause_is_never_longer_than_half_a_minute() -> None:
    patient = RetryPolicy(attempts=8)

    assert waited(failing(*[remote(503)] * 7), policy=patient) == [1, 2, 4, 8, 16, 30, 30]


def test_a_wait_that_a_service_asks_for_is_obeyed_up_to_a_minute_and_a_half() -> None:
    assert waited(failing(remote(429, retry_after=90))) == [90]
    assert waited(failing(remote(429, retry_after=90.5))) == [-1]


def test_a_wait_that_is_shorter_than_the_pause_shortens_nothing() -> None:
    assert waited(failing(remote(429, retry_after=0.1))) == [1]


def test_what_fails_for_good_is_tried_once() -> None:
    assert waited(failing(FatalError("no"))) == [-1]
    assert waited(failing(remote(403))) == [-1]


def test_the_last_error_is_raised_as_it_is() -> None:
    last = remote(503)

    with pytest.raises(RemoteError) as raised:
        Retrier(RetryPolicy(attempts=2), ManualClock(), Drawn(1)).call(failing(remote(502), last))

    assert raised.value is last


def test_who_asks_hears_of_each_failure_that_is_tried_again() -> None:
    heard: list[ProvisionerError] = []
    errors = [remote(503), remote(502)]

    result = Retrier(RetryPolicy(), ManualClock(), Drawn(1)).call(failing(*errors), heard.append)

    assert (result, heard) == ("done", errors)


@pytest.mark.parametrize("status", [408, 425, 429, 500, 502, 503, 504])
def test_time_may_fix_an_answer_of_this_status(status: int) -> None:
    assert is_transient(remote(status))


@pytest.mark.parametrize(
    "status", [400, 401, 403, 404, 407, 409, 424, 426, 428, 430, 499, 501, 505, 510]
)
def test_time_fixes_no_answer_of_that_status(status: int) -> None:
    assert not is_transient(remote(status))


@pytest.mark.parametrize(
    "error",
    [
        remote(),
        remote(403, retry_after=1),
        RetryableError("soon"),
        UnexpectedResponse("odd", service="Host", effect=Effect.NONE, status=200),
    ],
    ids=["no answer", "one that says when", "a step that may succeed", "an odd answer"],
)
def test_time_may_fix_this_too(error: ProvisionerError) -> None:
    assert is_transient(error)


@pytest.mark.parametrize("error", [FatalError("no"), NotYet("later"), KeyError("bug")], ids=repr)
def test_time_alone_fixes_nothing_else(error: Exception) -> None:
    assert is_transient(error) is False


def test_only_a_service_and_a_step_may_ask_for_a_wait() -> None:
    assert wanted_wait(remote(429, retry_after=7)) == 7
    assert wanted_wait(RetryableError("soon", retry_after=8)) == 8
    assert wanted_wait(remote(429)) == 0
    assert wanted_wait(NotYet("later", wake_after=9)) == 0


@pytest.mark.parametrize(
    ("effect", "consequence"),
    [
        (Effect.NONE, "Nothing was changed by it."),
        (Effect.HAPPENED, "The change itself was made."),
        (Effect.UNKNOWN, "Whether the change was made is not known; the next run looks first."),
    ],
)
def test_people_read_whether_anything_was_changed(effect: Effect, consequence: str) -> None:
    reason = explained(lost_answer(effect))

    assert reason.message == f"the connection broke. {consequence}"
    assert reason.who == Actor.MAINTAINER


@pytest.mark.parametrize(
    ("status", "hint"),
    [
        (401, "The token is not accepted"),
        (403, "The token may not do this"),
        (404, "It is not there"),
        (400, "Re-run the failed job"),
        (405, "Re-run the failed job"),
        (None, "Re-run the failed job"),
    ],
)
def test_and_what_to_do_next(status: int | None, hint: str) -> None:
    assert explained(remote(status)).hint.startswith(hint)


def test_an_error_that_knows_what_to_do_is_believed() -> None:
    known = RemoteError("no", "Ask Amina.", service="Host", effect=Effect.NONE, status=403)

    assert explained(known).hint == "Ask Amina."
    assert explained(NotYet("later", "Set it.")).hint == "Set it."


def test_what_is_no_answer_of_a_service_says_nothing_of_changes() -> None:
    reason = explained(RetryableError("soon"))

    assert (reason.message, reason.hint) == (
        "soon",
        "Re-run the failed job; it does only what is left.",
    )


def test_what_says_who_must_act_needs_no_explanation() -> None:
    error = FatalError("no rights", "Give them.", "facilitator")

    assert explained(error) is error


def test_a_passing_trouble_of_a_step_is_tried_again_and_counted() -> None:
    run = World().run({"docs": [Thing("fork", script=[lost_answer()] * 3)]})

    assert run.state is RunState.COMPLETED
    assert run.apps[0].steps[0].attempts == 4


def test_what_cannot_succeed_fails_at_once_and_says_who_must_act() -> None:
    world = World()
    fork = Thing("fork", script=[FatalError("no rights", "give them", Actor.FACILITATOR)])
    project = Thing("project")

    run = world.run({"docs": [fork, project]})

    step = run.apps[0].steps[0]
    assert run.state is RunState.FAILED
    assert (step.state, step.detail, step.hint) == (StepState.FAILED, "no rights", "give them")
    assert step.who is Actor.FACILITATOR
    assert run.apps[0].steps[1].state is StepState.PENDING
    assert project.made == 0


def test_a_long_refusal_is_waited_for_by_a_later_run_and_not_slept_through() -> None:
    world = World()
    began = world.clock.now()

    run = world.run({"docs": [Thing("fork", script=[remote(retry_after=3000)])]})

    assert run.state is RunState.WAITING
    assert run.wake_at is not None
    assert run.wake_at - began >= timedelta(seconds=3000)
    assert world.clock.now() - began < timedelta(seconds=60)
