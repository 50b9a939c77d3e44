"""Writes a run into the journal: before its first effect, at a growing pace, and at its end."""

import logging
from collections.abc import Mapping
from datetime import timedelta

from provisioner.clock import Clock
from provisioner.engine.bugs import bug_of
from provisioner.engine.journal import Entry, Journal, LostRace
from provisioner.engine.lease import Worker
from provisioner.engine.recorder import Pacer
from provisioner.errors import Interrupted, ProvisionerError, RemoteError
from provisioner.models.journal import HubJournal, Lease
from provisioner.models.run import Run, RunState

FIRST_INTERVAL = timedelta(seconds=30)
MOST_INTERVAL = timedelta(minutes=8)

log = logging.getLogger(__name__)


class StandBack(Interrupted):
    """Another worker has taken the hub over: stop at once and write nothing more."""


class NotRecorded(ProvisionerError):
    """The run went as far as it could; only its last record is missing."""

    def __init__(self, cause: ProvisionerError) -> None:
        super().__init__(
            f"what could be done was done, but the journal could not be written: {cause.message}",
            "Re-run the job in a few minutes: it looks at the world first and writes the record.",
        )


class Checkpoints:
    """A listener of the recorder. One commit at the start, few on the way, one at the end.

    `owners` are the journal's fields that say whose the hub is, where this run knows them.
    """

    def __init__(
        self,
        journal: Journal,
        entry: Entry,
        clock: Clock,
        worker: Worker,
        owners: Mapping[str, object] | None = None,
    ) -> None:
        self._journal = journal
        self._entry = entry
        self._clock = clock
        self._worker = worker
        self._owners = dict(owners or {})
        self._pacer = Pacer(clock, FIRST_INTERVAL, factor=4.0, most=MOST_INTERVAL)

    def begin(self, run: Run) -> None:
        """Name every resource before any of them is touched. Raises what the write raises."""
        try:
            self._save(run, self._lease())
        except RemoteError as error:
            error.message = f"{error.message}. Nothing was begun"
            raise
        self._pacer.restart()

    def __call__(self, run: Run) -> None:
        """A checkpoint on the way may fail: the next one, or the last, holds the same."""
        if run.state is not RunState.RUNNING or not self._pacer.due():
            return
        try:
            self._save(run, self._lease())
        except LostRace as error:
            raise StandBack(error.message) from error
        except ProvisionerError as error:
            log.warning("a checkpoint was not written: %s", error.message)
        except Exception as error:
            log.error("a checkpoint was not written: %s", bug_of(error).message)

    def end(self, run: Run) -> None:
        """The last word. Raises `NotRecorded`, or `LostRace` when somebody else had it."""
        try:
            self._save(run, None)
        except RemoteError as error:
            raise NotRecorded(error) from error

    def _save(self, run: Run, lease: Lease | None) -> None:
        known = self._entry.journal
        journal = (
            known.followed_by(run, lease)
            if known
            else HubJournal(hub=run.hub, run=run, lease=lease)
        )
        journal = journal.model_copy(update=self._owners)
        self._entry = self._journal.write(self._entry, journal, f"{run.hub}: {run.state}")

    def _lease(self) -> Lease:
        return self._worker.lease(self._clock.now())
