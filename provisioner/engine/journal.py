"""The record of runs: one file a hub, written by compare-and-swap.

The journal says what was intended and tried; it proves nothing about the world.
A write that finds the hub's file changed by somebody else raises `LostRace`.
A file that cannot be understood is its own hub's trouble, whatever is in it.
"""

import re
from dataclasses import dataclass
from hashlib import sha256
from typing import Protocol

from provisioner.engine.bugs import bug_of
from provisioner.engine.journal_file import LeaveAlone, understood
from provisioner.engine.limits import fitted, written
from provisioner.engine.retry import Retrier
from provisioner.errors import (
    Effect,
    ProvisionerError,
    RemoteError,
    RetryableError,
    UnusableFile,
)
from provisioner.models.hub import HUB_ID_PATTERN
from provisioner.models.journal import HubJournal

FOLDER = "hubs"
ASIDE = "set-aside"


class FileStore(Protocol):
    """Files with compare-and-swap; `version` is opaque, `None` means that there is no file."""

    def read(self, path: str) -> tuple[bytes, str] | None:
        """Raises `UnusableFile` where there is something that cannot be given out."""
        ...

    def names(self, folder: str) -> list[str]: ...

    def write(self, path: str, content: bytes, version: str | None, message: str) -> str | None: ...


class LostRace(ProvisionerError):
    """Somebody else wrote the hub's journal since it was read."""


@dataclass(frozen=True)
class Entry:
    """A hub's journal as it was read. `trouble` says why a file could not be understood.

    With a `remedy` the hub is left alone until a person did what it says.
    """

    hub: str
    journal: HubJournal | None = None
    version: str | None = None
    trouble: str = ""
    content: bytes = b""
    remedy: str = ""

    def usable(self) -> "Entry":
        """The entry itself; raises when its hub is to be left alone."""
        if self.remedy:
            raise ProvisionerError(
                f"the journal of {self.hub} cannot be used: {self.trouble}; nothing was done",
                self.remedy,
            )
        return self


class Journal:
    """Reads and writes entries. Safe to share between threads."""

    def __init__(self, store: FileStore, retrier: Retrier) -> None:
        self._store = store
        self._retrier = retrier

    def hubs(self) -> list[str]:
        """Every hub that has a journal."""
        names = self._retrier.call(lambda: self._store.names(FOLDER))
        hubs = (name.removesuffix(".json") for name in names if name.endswith(".json"))
        return sorted(hub for hub in hubs if re.match(HUB_ID_PATTERN, hub))

    def read(self, hub: str) -> Entry:
        """The hub's entry, with its trouble if it has one. Raises what a failed look raises.

        A name that no hub can have is nobody's, and nothing is asked for it.
        """
        if not re.match(HUB_ID_PATTERN, hub):
            return Entry(hub)
        try:
            found = self._retrier.call(lambda: self._store.read(_path(hub)))
        except UnusableFile as error:
            return Entry(hub, None, "", error.message, remedy=_PUT_BACK)
        return Entry(hub) if found is None else _entry(hub, *found)

    def set_aside(self, entry: Entry) -> Entry:
        """Keep a file that cannot be understood under another name; its hub begins anew.

        Safe to repeat: the name follows from the content.
        """
        entry.usable()
        path = f"{ASIDE}/{entry.hub}-{sha256(entry.content).hexdigest()[:12]}.json"
        message = f"{entry.hub}: keep a journal aside that could not be read"
        if self._retrier.call(lambda: self._store.read(path)) is None:
            self._retrier.call(lambda: self._store.write(path, entry.content, None, message))
        return Entry(entry.hub, None, entry.version)

    def write(self, entry: Entry, journal: HubJournal, message: str) -> Entry:
        """One commit, within the limits of a journal. Safe to repeat.

        Raises `LostRace` when the file is no longer as read, `TooLarge`.
        """
        entry.usable()
        journal = fitted(journal)
        content = written(journal)
        version = self._retrier.call(lambda: self._swap(entry, content, message))
        return Entry(entry.hub, journal, version)

    def _swap(self, entry: Entry, content: bytes, message: str) -> str:
        path = _path(entry.hub)
        try:
            version = self._store.write(path, content, entry.version, message)
        except RemoteError as error:
            if error.effect is Effect.NONE:
                raise
            return self._after_doubt(entry, content, error)
        return version or self._after_doubt(entry, content, _OVERTAKEN)

    def _after_doubt(self, entry: Entry, content: bytes, trouble: ProvisionerError) -> str:
        """The write was refused or its answer lost: only what stands there tells."""
        found = self._store.read(_path(entry.hub))
        if found is not None and found[0] == content:
            return found[1]
        if (found[1] if found else None) != entry.version:
            raise LostRace(
                f"another run wrote the journal of {entry.hub} meanwhile",
                "Nothing is lost: re-run the failed job, it looks first and does what is left.",
            )
        raise trouble


_OVERTAKEN = RetryableError(
    "other hubs' runs were writing the journal's branch all the time",
    "Re-run the job in a few minutes.",
)


_PUT_BACK = (
    "Put the journal's last good version back on the state branch, or remove the file to have the "
    "hub begun anew; then re-run."
)


def _entry(hub: str, content: bytes, version: str) -> Entry:
    """Whatever is wrong with a journal, foreseen or not, is its trouble."""
    try:
        return Entry(hub, understood(content, hub), version, content=content)
    except LeaveAlone as error:
        return Entry(hub, None, version, str(error), content, error.remedy)
    except ValueError as error:
        return Entry(hub, None, version, str(error), content)
    except Exception as error:
        return Entry(hub, None, version, bug_of(error).message, content)


def _path(hub: str) -> str:
    return f"{FOLDER}/{hub}.json"
