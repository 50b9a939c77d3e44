"""Which hubs are due: by what is desired and recorded, never by one event. Pure.

A run that failed for good or was cancelled has no wake time: it is left alone
until its file changes or a person asks for it.
"""

from datetime import datetime

from provisioner.engine.lease import is_held
from provisioner.models.journal import HubJournal
from provisioner.models.run import RunState


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
    return ""
