"""Writes a run into the journal: before its first effect, at a growing pace, and at its end."""

import logging
import threading
from collections.abc import Mapping
from datetime import timedelta

from provisioner.clock import Clock
from provisioner.engine.bugs import bug_of
from provisioner.engine.journal import Entry, Journal, LostRace
from provisioner.engine.lease import Worker, is_fresh
from provisioner.engine.recorder import Pacer
from provisioner.errors import Interrupted, ProvisionerError, RemoteError
from provisioner.models.journal import HubJournal, Lease
from provisioner.models.run import Run, RunState

FIRST_INTERVAL = timedelta(seconds=30)
MOST_INTERVAL = timedelta(minutes=8)

log = logging.getLogger(__name__)


class LeaseLost(Interrupted):
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

    Also the hub's tenure: as long as it `holds`, the hub is this run's. Once lost it stays lost,
    for every thread of the run. `owners` are the journal's fields that say whose the hub is,
    where this run knows them.
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
        self._writing = threading.Lock()
        self._lease: Lease | None = None
        self._lost: LostRace | None = None
        self._newest: Run | None = None

    def begin(self, run: Run) -> None:
        """Name every resource before any of them is touched. Raises what the write raises."""
        try:
            self._save(run, leased=True)
        except RemoteError as error:
            error.message = f"{error.message}. Nothing was begun"
            raise
        self._pacer.restart()

    def __call__(self, run: Run) -> None:
        """A checkpoint on the way may fail: the next one, or the last, holds the same.

        Raises `LeaseLost` when the hub is another worker's by now.
        """
        self._newest = run
        self._stand_back_if_lost()
        if run.state is not RunState.RUNNING or not self._pacer.due():
            return
        try:
            self._save(run, leased=True)
        except LostRace:
            self._stand_back_if_lost()
        except ProvisionerError as error:
            log.warning("a checkpoint was not written: %s", error.message)
        except Exception as error:
            log.error("a checkpoint was not written: %s", bug_of(error).message)

    @property
    def holds(self) -> bool:
        """Whether the hub is surely still this run's, by our own clock."""
        return self._lost is None and is_fresh(self._lease, self._clock.now())

    def hold(self) -> None:
        """To be asked before each change and each word to people: the hub is ours, or this raises.

        A lease that has run out by our own clock is renewed by compare-and-swap. Raises
        `LeaseLost` when another worker has the hub, and what the write raises when that
        cannot be found out.
        """
        self._stand_back_if_lost()
        if self._newest is None or self.holds:
            return
        try:
            self._save(self._newest, leased=True)
        except LostRace:
            self._stand_back_if_lost()

    def end(self, run: Run) -> None:
        """The last word. Raises `NotRecorded`, or `LostRace` when somebody else had it."""
        try:
            self._save(run, leased=False)
        except RemoteError as error:
            raise NotRecorded(error) from error

    def _stand_back_if_lost(self) -> None:
        if self._lost is not None:
            raise LeaseLost(self._lost.message) from self._lost

    def _save(self, run: Run, *, leased: bool) -> None:
        with self._writing:
            lease = self._worker.lease(self._clock.now()) if leased else None
            journal = self._followed(run, lease).model_copy(update=self._owners)
            try:
                self._entry = self._journal.write(self._entry, journal, f"{run.hub}: {run.state}")
            except LostRace as error:
                self._lost = error
                raise
            self._lease = lease

    def _followed(self, run: Run, lease: Lease | None) -> HubJournal:
        known = self._entry.journal
        if known is None:
            return HubJournal(hub=run.hub, run=run, lease=lease)
        return known.followed_by(run, lease)
