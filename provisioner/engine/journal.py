"""The record of runs: one file a hub, written by compare-and-swap.

The journal says what was intended and tried; it proves nothing about the world.
A write that finds the hub's file changed by somebody else raises `LostRace`.
"""

from dataclasses import dataclass
from typing import Protocol

from pydantic import ValidationError

from provisioner.engine.retry import Retrier
from provisioner.errors import Effect, ProvisionerError, RemoteError, RetryableError
from provisioner.models.journal import HubJournal

FOLDER = "hubs"


class FileStore(Protocol):
    """Files with compare-and-swap; `version` is opaque, `None` means that there is no file."""

    def read(self, path: str) -> tuple[bytes, str] | None: ...

    def names(self, folder: str) -> list[str]: ...

    def write(self, path: str, content: bytes, version: str | None, message: str) -> str | None: ...


class LostRace(ProvisionerError):
    """Somebody else wrote the hub's journal since it was read."""


@dataclass(frozen=True)
class Entry:
    """A hub's journal as it was read. `trouble` says why a file could not be understood."""

    hub: str
    journal: HubJournal | None = None
    version: str | None = None
    trouble: str = ""


class Journal:
    """Reads and writes entries. Safe to share between threads."""

    def __init__(self, store: FileStore, retrier: Retrier) -> None:
        self._store = store
        self._retrier = retrier

    def hubs(self) -> list[str]:
        """Every hub that has a journal."""
        names = self._retrier.call(lambda: self._store.names(FOLDER))
        return sorted(name.removesuffix(".json") for name in names if name.endswith(".json"))

    def read(self, hub: str) -> Entry:
        found = self._retrier.call(lambda: self._store.read(_path(hub)))
        if found is None:
            return Entry(hub)
        content, version = found
        try:
            return Entry(hub, HubJournal.model_validate_json(content), version)
        except ValidationError as error:
            return Entry(hub, None, version, f"{error.error_count()} things are not as written")

    def write(self, entry: Entry, journal: HubJournal, message: str) -> Entry:
        """One commit. Safe to repeat; raises `LostRace` when the file is no longer as read."""
        content = (journal.model_dump_json(indent=1) + "\n").encode()
        version = self._retrier.call(lambda: self._swap(entry, content, message))
        return Entry(entry.hub, journal, version)

    def _swap(self, entry: Entry, content: bytes, message: str) -> str:
        path = _path(entry.hub)
        try:
            version = self._store.write(path, content, entry.version, message)
        except RemoteError as error:
            if error.effect is Effect.NONE:
                raise
            version = None
        return version or self._after_doubt(entry, content)

    def _after_doubt(self, entry: Entry, content: bytes) -> str:
        """The write was refused or its answer lost: only what stands there tells."""
        found = self._store.read(_path(entry.hub))
        if found is not None and found[0] == content:
            return found[1]
        if (found[1] if found else None) != entry.version:
            raise LostRace(
                f"another run wrote the journal of {entry.hub} meanwhile",
                "Nothing is lost: re-run the failed job, it looks first and does what is left.",
            )
        raise RetryableError(f"the journal of {entry.hub} could not be written yet")


def _path(hub: str) -> str:
    return f"{FOLDER}/{hub}.json"
