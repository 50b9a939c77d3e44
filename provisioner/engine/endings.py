"""How a step ends, and when a later run takes it up again. Pure: no clock, no I/O."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from provisioner.engine.retry import RetryPolicy, explained, is_transient, wanted_wait
from provisioner.engine.step import Assessment, Progress
from provisioner.errors import FatalError, NotYet, ProvisionerError
from provisioner.models.plan import Actor, Verdict
from provisioner.models.run import Run, StepState

MOST_WAKE = timedelta(hours=6)
MOST_WAKE_BLOCKED = timedelta(days=1)
WAKE_AFTER_TIMEOUT = timedelta(minutes=5)
WAKE_AFTER_STOP = timedelta(minutes=15)
TRY_AGAIN_AFTER = timedelta(minutes=10)
OBSERVE_AGAIN_AFTER_BLOCKED = timedelta(hours=1)
MOST_TRIES = 30
"""Attempts at something that time may fix, before a person is told of it."""
MOST_OBSERVATIONS = 80
"""Observations of something that waits, about three weeks' worth, before they become rare."""
MOST_OBSERVATIONS_BLOCKED = 12
"""Observations of what a person must fix first, about a week's worth, before they end."""


@dataclass(frozen=True)
class Ending:
    """The state that a step is left in, and what the last look said."""

    state: StepState
    assessment: Assessment
    log_tail: tuple[str, ...] = ()
    wakes: bool = True
    """False where nothing of its own wakes it: another app comes first, or it waits for weeks."""
    rounds: int = 1
    """How often it has ended so: the interval before the next time grows with it."""


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

_STILL_FAILING = (
    "It has failed for hours. Find out what is wrong there; the provisioner tries again by itself."
)
_FOR_WEEKS = (
    "This has waited for weeks. Find out with the hub what is missing. The provisioner now looks "
    "again once a day, and later once a week; to have it look at once, re-run the job."
)


class Blocked(FatalError):
    """An observation says that a person must do something first; nothing was tried."""


def ending_of(assessment: Assessment, attempts: int) -> Ending:
    """How the step ends that was assessed so last."""
    if assessment.needless:
        return Ending(StepState.SKIPPED, assessment)
    if assessment.satisfied:
        return Ending(StepState.DONE, assessment)
    if assessment.verdict is Verdict.BLOCKED:
        return _blocked(assessment, attempts)
    return _waiting(assessment, attempts)


def ending_after(error: ProvisionerError, attempts: int, policy: RetryPolicy) -> Ending:
    """How a step ends that raised `error` on its last attempt.

    What time may fix waits, with a wake time; what only a person can fix has failed.
    """
    if isinstance(error, NotYet):
        return _waiting(waiting_for(error), attempts)
    reason = explained(error)
    assessment = Assessment(Verdict.BLOCKED, reason.message, reason.hint, Actor(reason.who))
    if isinstance(error, Blocked):
        return _blocked(assessment, attempts)
    later = passing(error, policy)
    if later is None:
        return Ending(StepState.FAILED, assessment, reason.log_tail)
    if attempts >= MOST_TRIES:
        later = replace(later, hint=_STILL_FAILING, who=Actor.MAINTAINER)
    return _waiting(later, -(-attempts // policy.attempts))


def passing(error: ProvisionerError, policy: RetryPolicy) -> Assessment | None:
    """The observation of a step whose trouble time alone may fix; `None` where it will not."""
    reason, wait = explained(error), wanted_wait(error)
    long = wait > policy.longest_wait
    if not long and not is_transient(error):
        return None
    return Assessment(
        Verdict.KEEP,
        reason.message,
        reason.hint if long else f"{error.hint} The provisioner tries again by itself.".strip(),
        progress=Progress.WAITING,
        wake_after=timedelta(seconds=wait) if long else TRY_AGAIN_AFTER,
    )


def waiting_for(error: NotYet) -> Assessment:
    """The observation of a step that waits for a person or for time."""
    return Assessment(
        Verdict.KEEP,
        error.message,
        error.hint,
        Actor(error.who),
        Progress.WAITING,
        timedelta(seconds=error.wake_after),
    )


def _waiting(assessment: Assessment, rounds: int) -> Ending:
    """After weeks it has no wake time any more: `due` has it looked at now and then."""
    if rounds < MOST_OBSERVATIONS:
        return Ending(StepState.WAITING, assessment, rounds=rounds)
    rare = replace(assessment, hint=_FOR_WEEKS, who=Actor.MAINTAINER)
    return Ending(StepState.WAITING, rare, wakes=False)


def _blocked(assessment: Assessment, rounds: int) -> Ending:
    """Who fixed it need not tell: it is looked at again, more and more rarely, and then no more."""
    later = OBSERVE_AGAIN_AFTER_BLOCKED if rounds < MOST_OBSERVATIONS_BLOCKED else None
    return Ending(StepState.FAILED, replace(assessment, wake_after=later), rounds=rounds)


def woken_to_notify(run: Run, now: datetime) -> Run:
    """The run with a wake time where nothing but the need to tell people wakes it."""
    if run.wake_at is not None or not 0 < run.untold < MOST_OBSERVATIONS_BLOCKED:
        return run
    wait = min(TRY_AGAIN_AFTER * 2 ** (run.untold - 1), MOST_WAKE)
    return run.model_copy(update={"wake_at": now + wait})


def wake_at(ending: Ending, now: datetime) -> datetime | None:
    """When a later run goes on by itself, if it does.

    The interval doubles with each round, so that a long wait costs little.
    """
    interval = ending.assessment.wake_after
    if not ending.wakes or (interval is None and ending.state is not StepState.WAITING):
        return None
    interval = WAKE_AFTER_TIMEOUT if interval is None else interval
    most = MOST_WAKE_BLOCKED if ending.state is StepState.FAILED else MOST_WAKE
    grown: timedelta = min(interval * 2 ** min(ending.rounds - 1, 10), max(most, interval))
    return now + grown
