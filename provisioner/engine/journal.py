"""The record of runs: one file a hub, written by compare-and-swap.

The journal says what was intended and tried; it proves nothing about the world.
A write that finds the hub's file changed by somebody else raises `LostRace`.
"""

import json
from collections.abc import Callable
from dataclasses import dataclass
from hashlib import sha256
from typing import Any, Protocol

from pydantic import ValidationError

from provisioner.engine.retry import Retrier
from provisioner.errors import (
    ConfigurationError,
    Effect,
    ProvisionerError,
    RemoteError,
    RetryableError,
)
from provisioner.models.journal import VERSION, HubJournal

FOLDER = "hubs"
ASIDE = "set-aside"

Document = dict[str, Any]


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
    content: bytes = b""


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
            return Entry(hub, understood(content, hub), version, content=content)
        except ValueError as error:
            return Entry(hub, None, version, str(error), content)

    def set_aside(self, entry: Entry) -> Entry:
        """Keep a file that cannot be understood under another name; its hub begins anew.

        Safe to repeat: the name follows from the content.
        """
        path = f"{ASIDE}/{entry.hub}-{sha256(entry.content).hexdigest()[:12]}.json"
        message = f"{entry.hub}: keep a journal aside that could not be read"
        if self._retrier.call(lambda: self._store.read(path)) is None:
            self._retrier.call(lambda: self._store.write(path, entry.content, None, message))
        return Entry(entry.hub, None, entry.version)

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


def understood(content: bytes, hub: str) -> HubJournal:
    """A journal of any version so far. Raises `ValueError` that says what is wrong with it.

    One that a newer provisioner wrote raises `ConfigurationError`: it is not
    broken, and nobody may begin it anew.
    """
    try:
        document = json.loads(content)
    except ValueError:
        raise ValueError("it is not JSON") from None
    if not isinstance(document, dict) or not isinstance(document.get("version"), int):
        raise ValueError("it does not say its version")
    journal = _validated(_migrated(document))
    if journal.hub != hub:
        raise ValueError(f"it is the journal of {journal.hub}")
    return journal


def _validated(document: Document) -> HubJournal:
    try:
        return HubJournal.model_validate_json(json.dumps(document))
    except ValidationError as error:
        first = ".".join(str(part) for part in error.errors()[0]["loc"])
        raise ValueError(f"it is not as the provisioner writes it, first at {first}") from None


def _migrated(document: Document) -> Document:
    if document["version"] > VERSION:
        raise ConfigurationError(
            f"a newer provisioner has written the journal (version {document['version']})",
            "Bring this copy of the provisioner up to date.",
        )
    while document["version"] in MIGRATIONS:
        document = MIGRATIONS[document["version"]](document)
    return document


def _from_version_1(document: Document) -> Document:
    """The lease moved from the run to the hub."""
    run = dict(document.get("run") or {})
    return {**document, "version": 2, "lease": run.pop("lease", None), "run": run}


def _from_version_2(document: Document) -> Document:
    """Whose the hub is was not recorded: the next run writes it."""
    return {**document, "version": 3}


MIGRATIONS: dict[int, Callable[[Document], Document]] = {1: _from_version_1, 2: _from_version_2}


def _path(hub: str) -> str:
    return f"{FOLDER}/{hub}.json"
