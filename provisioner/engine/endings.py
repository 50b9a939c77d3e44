"""How a step ends, and when a later run takes it up again. Pure: no clock, no I/O."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from provisioner.engine.retry import RetryPolicy, explained, is_transient, wanted_wait
from provisioner.engine.step import Assessment, Progress
from provisioner.errors import NotYet, ProvisionerError
from provisioner.models.plan import Actor, Verdict
from provisioner.models.run import StepRecord, StepState

MOST_WAKE = timedelta(hours=6)
WAKE_AFTER_TIMEOUT = timedelta(minutes=5)
WAKE_AFTER_STOP = timedelta(minutes=15)
TRY_AGAIN_AFTER = timedelta(minutes=10)
MOST_TRIES = 30
"""Attempts at something that time may mend, before a person is asked."""
MOST_LOOKS = 80
"""Looks at something that waits, about three weeks' worth, before a person is asked."""


@dataclass(frozen=True)
class Ending:
    """The state that a step is left in, and what the last look said."""

    state: StepState
    look: Assessment
    log_tail: tuple[str, ...] = ()


STOPPED = Ending(
    StepState.CANCELLED,
    Assessment(
        Verdict.BLOCKED,
        "The job was stopped.",
        "Re-run the job; it goes on where it stopped.",
        Actor.MAINTAINER,
        wake_after=WAKE_AFTER_STOP,
    ),
)

OUT_OF_TIME = Ending(
    StepState.WAITING,
    Assessment(
        Verdict.KEEP,
        "The job's time is over; a later run goes on here.",
        progress=Progress.WAITING,
        wake_after=timedelta(),
    ),
)

_FOR_WEEKS = (
    "This has waited for weeks, so the provisioner no longer looks by itself. Find out with the "
    "hub what is missing; then re-run the job."
)


def ending_of(look: Assessment, attempts: int) -> Ending:
    """How a step ends whose last look was `look`."""
    if look.needless:
        return Ending(StepState.SKIPPED, look)
    if look.satisfied:
        return Ending(StepState.DONE, look)
    if attempts >= MOST_LOOKS:
        asked = replace(look, hint=_FOR_WEEKS, who=Actor.MAINTAINER, wake_after=None)
        return Ending(StepState.FAILED, asked)
    return Ending(StepState.WAITING, look)


def ending_after(error: ProvisionerError, attempts: int, policy: RetryPolicy) -> Ending:
    """How a step ends that raised `error` on its last attempt.

    What time may mend gets a wake time, until it was tried `MOST_TRIES` times.
    """
    if isinstance(error, NotYet):
        return Ending(StepState.WAITING, waiting_for(error))
    reason = explained(error)
    look = Assessment(Verdict.BLOCKED, reason.message, reason.hint, Actor(reason.who))
    wait = wanted_wait(error)
    if wait > policy.longest_wait:
        later = replace(look, who=Actor.NOBODY, wake_after=timedelta(seconds=wait))
        return Ending(StepState.WAITING, later)
    if is_transient(error) and attempts < MOST_TRIES:
        hint = f"{error.hint} The provisioner tries again by itself.".strip()
        look = replace(look, hint=hint, who=Actor.NOBODY, wake_after=TRY_AGAIN_AFTER)
    return Ending(StepState.FAILED, look, reason.log_tail)


def waiting_for(error: NotYet) -> Assessment:
    """The look of a step that waits for a person or for time."""
    return Assessment(
        Verdict.KEEP,
        error.message,
        error.hint,
        Actor(error.who),
        Progress.WAITING,
        timedelta(seconds=error.wake_after),
    )


def wake_at(
    ending: Ending, record: StepRecord, now: datetime, policy: RetryPolicy
) -> datetime | None:
    """When a later run goes on by itself, if it does.

    The interval doubles with each look, or with each run that failed, so that a
    long wait costs little.
    """
    interval = ending.look.wake_after
    if interval is None:
        if ending.state is not StepState.WAITING:
            return None
        interval = WAKE_AFTER_TIMEOUT
    rounds = record.attempts
    if ending.state is StepState.FAILED:
        rounds = -(-rounds // policy.attempts)
    doublings = min(max(rounds - 1, 0), 10)
    grown: timedelta = min(interval * 2**doublings, max(MOST_WAKE, interval))
    return now + grown
