"""Which hubs are due: by what is desired and recorded, never by one event. Pure.

A run that failed for good or was cancelled has no wake time: it is left alone
until its file changes or a person asks for it. One that *waits* without a wake
time has waited for weeks: it is looked at now and then for as long as its file
asks for it, by a calendar that follows from its name, so that nothing has to be
written for the next time.
"""

from datetime import UTC, datetime, timedelta
from hashlib import sha256

from provisioner.engine.endings import MOST_OBSERVATIONS
from provisioner.engine.lease import is_held
from provisioner.models.journal import HubJournal
from provisioner.models.run import AppRecord, Run, RunState, StepState

DAY = timedelta(days=1)
WEEK = timedelta(days=7)
DAILY_UNTIL = timedelta(days=60)
"""So long after its run began a hub that still waits is looked at once a day, then once a week."""
WINDOW = timedelta(hours=1)
"""How long its turn lasts: schedules are late, and some are dropped."""
_UNFINISHED = (RunState.WAITING, RunState.FAILED)
_EPOCH = datetime(2000, 1, 1, tzinfo=UTC)


def is_change(digest: str | None, journal: HubJournal | None) -> bool:
    """Whether what is desired differs from what was begun last, rather than only time passing."""
    if journal is None:
        return digest is not None
    return not journal.run.retiring if digest is None else digest != journal.run.digest


def why_due(digest: str | None, journal: HubJournal | None, now: datetime) -> str:
    """Why a hub is due, in a few words; empty when it is not.

    `digest` is the desired state's, `None` when the hub's file is gone.
    """
    if journal is None:
        return "new" if digest else ""
    run = journal.run
    if digest is None and not run.retiring:
        return "its file was removed"
    if digest is not None and digest != run.digest:
        return "its file or the catalog changed"
    if run.wake_at is not None and run.wake_at <= now:
        return "its time to look again has come"
    if run.state in (RunState.QUEUED, RunState.RUNNING):
        return "" if is_held(journal.lease, now) else "its run broke off"
    return "its turn has come, after weeks of waiting" if _is_its_turn(run, now) else ""


def _is_its_turn(run: Run, now: datetime) -> bool:
    waits = any(_waits_for_weeks(app) for app in run.apps)
    if not waits or run.wake_at is not None or run.state not in _UNFINISHED:
        return False
    period = DAY if now - run.started_at < DAILY_UNTIL else WEEK
    return (now - _EPOCH - _offset(run.hub, period)) % period < WINDOW


def _waits_for_weeks(app: AppRecord) -> bool:
    """Not one that only waits until another app has taken its place."""
    step = app.stands_at
    return (
        step is not None and step.state is StepState.WAITING and step.attempts >= MOST_OBSERVATIONS
    )


def _offset(hub: str, period: timedelta) -> timedelta:
    """Hubs are spread over the day and the week."""
    drawn = int.from_bytes(sha256(hub.encode()).digest()[:4], "big")
    return timedelta(minutes=drawn % (period // timedelta(minutes=1)))
