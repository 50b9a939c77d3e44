"""Bytes of a journal's file to a journal, and what is wrong with them. Pure.

Whatever the bytes are, the outcome is a journal within the limits of what the
provisioner writes, or a `ValueError` that says why not.
"""

import json
from collections.abc import Callable
from typing import Any

from pydantic import ValidationError

from provisioner.engine.limits import MOST_BYTES_READ, MOST_NAME, excess, tidy
from provisioner.hosting.registry import FIRST
from provisioner.models.journal import VERSION, HubJournal

Document = dict[str, Any]

_UPDATE = "Bring this copy of the provisioner up to date."
_NO_VERSION = 10_000


class LeaveAlone(ValueError):
    """A journal that nobody may begin anew before a person did what `remedy` says."""

    def __init__(self, trouble: str, remedy: str) -> None:
        super().__init__(trouble)
        self.remedy = remedy


def understood(content: bytes, hub: str) -> HubJournal:
    """A journal of any version so far. Raises `ValueError` that says what is wrong with it.

    One that a newer provisioner wrote raises `LeaveAlone`: it is not broken, and
    nobody may begin it anew.
    """
    if len(content) > MOST_BYTES_READ:
        raise ValueError(f"it holds more than {MOST_BYTES_READ} bytes")
    document = _parsed(content)
    version = document.get("version")
    if not isinstance(version, int) or isinstance(version, bool):
        raise ValueError("it does not say its version")
    if VERSION < version < _NO_VERSION:
        raise LeaveAlone(f"a newer provisioner has written it (version {version})", _UPDATE)
    if too_much := excess(document):
        raise ValueError(f"it is not as the provisioner writes it: {too_much}")
    journal = _validated(_migrated(document))
    if journal.hub != hub or journal.run.hub != hub:
        raise ValueError("it is the journal of another hub")
    return journal


def _parsed(content: bytes) -> Document:
    try:
        document = json.loads(content.decode(), object_pairs_hook=_without_twins)
    except RecursionError:
        raise ValueError("it is nested too deep") from None
    except ValueError:
        raise ValueError("it is not JSON") from None
    if not isinstance(document, dict):
        raise ValueError("it is not a JSON object")
    return document


def _without_twins(pairs: list[tuple[str, Any]]) -> Document:
    document = dict(pairs)
    if len(document) < len(pairs):
        raise ValueError("a key stands twice")
    return document


def _validated(document: Document) -> HubJournal:
    try:
        journal = HubJournal.model_validate_json(json.dumps(document), strict=True)
    except ValidationError as error:
        first = ".".join(str(part) for part in error.errors(include_input=False)[0]["loc"])
        shown = tidy(first, MOST_NAME)
        raise ValueError(f"it is not as the provisioner writes it, first at {shown}") from None
    apps = [app.id for app in journal.run.apps]
    if len(set(apps)) < len(apps):
        raise ValueError("it names an app twice")
    return journal


def _migrated(document: Document) -> Document:
    while document["version"] in MIGRATIONS:
        document = MIGRATIONS[document["version"]](document)
    return document


def _from_version_1(document: Document) -> Document:
    """The lease moved from the run to the hub."""
    run = document.get("run")
    if not isinstance(run, dict):
        return {**document, "version": 2}
    kept = {key: value for key, value in run.items() if key != "lease"}
    return {**document, "version": 2, "lease": run.get("lease"), "run": kept}


def _from_version_2(document: Document) -> Document:
    """Whose the hub is was not recorded: the next run writes it."""
    return {**document, "version": 3}


def _from_version_3(document: Document) -> Document:
    """What was retired before is known only where the newest run still lists it."""
    return {**document, "version": 4}


def _from_version_4(document: Document) -> Document:
    """There was one host, so no project named it."""
    run = document.get("run")
    run = _each(run, "apps", _with_hosts) if isinstance(run, dict) else run
    return {**_each(document, "retired", _with_hosts), "version": 5, "run": run}


def _with_hosts(record: Document) -> Document:
    return _each(record, "resources", _with_host)


def _with_host(resource: Document) -> Document:
    name = resource.get("name")
    if resource.get("kind") != "project" or not isinstance(name, str):
        return resource
    return {**resource, "name": f"{FIRST.key}:{name}"}


def _each(document: Document, key: str, change: Callable[[Document], Document]) -> Document:
    """The document with each object of one list changed; what has another form is left to the
    validation.
    """
    items = document.get(key)
    if not isinstance(items, list):
        return document
    return {**document, key: [change(one) if isinstance(one, dict) else one for one in items]}


MIGRATIONS: dict[int, Callable[[Document], Document]] = {
    1: _from_version_1,
    2: _from_version_2,
    3: _from_version_3,
    4: _from_version_4,
}
