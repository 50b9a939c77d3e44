"""Journals that no provisioner wrote, by what is wrong with them. Each is its own hub's trouble."""

import json
from collections.abc import Callable
from typing import Any

from provisioner.models.journal import VERSION

GOOD: dict[str, Any] = {
    "version": VERSION,
    "hub": "nairobi",
    "run": {
        "id": "nairobi-1",
        "hub": "nairobi",
        "title": "Nairobi",
        "state": "completed",
        "digest": "d1",
        "started_at": "2026-01-01T00:00:00Z",
        "apps": [{"id": "docs", "app": "docs-site", "steps": [{"action": "deploy"}]}],
    },
}


def _with(change: Callable[[dict[str, Any]], object]) -> bytes:
    document = json.loads(json.dumps(GOOD))
    change(document)
    return json.dumps(document).encode()


def _run(**fields: object) -> bytes:
    return _with(lambda document: document["run"].update(fields))


def _step(**fields: object) -> bytes:
    return _with(lambda document: document["run"]["apps"][0]["steps"][0].update(fields))


def _text(before: str, after: str) -> bytes:
    return json.dumps(GOOD).replace(before, after, 1).encode()


def good() -> bytes:
    return json.dumps(GOOD).encode()


def newer(version: int = VERSION + 1) -> bytes:
    return _with(lambda document: document.update(version=version, more={"of": "tomorrow"}))


_APP = GOOD["run"]["apps"][0]

_IS = f'"version": {VERSION}'
BROKEN: dict[str, bytes] = {
    "nothing": b"",
    "not JSON": b"{ not a journal",
    "not UTF-8": b'{"version": VERSION, "hub": "\xff"}',
    "UTF-16": json.dumps(GOOD).encode("utf-16"),
    "no object": b"[]",
    "no version": b"{}",
    "a version that is true": _with(lambda document: document.update(version=True)),
    "a version that is a text": _with(lambda document: document.update(version="3")),
    "version 0": _with(lambda document: document.update(version=0)),
    "an absurd version": _text(_IS, f'"version": {"9" * 400}'),
    "a version of more digits than Python reads": _text(
        f'"version": {VERSION}', f'"version": {"9" * 9999}'
    ),
    "lists nested too deep": b'{"version":3,"run":' + b"[" * 100_000,
    "objects nested too deep": b'{"version":3,"run":' * 50_000,
    "a deep value": _run(notes=[[[[[[[[[[[[[["deep"]]]]]]]]]]]]]]),
    "half a surrogate": _text('"Nairobi"', '"\\ud800"'),
    "half a surrogate in a key": _text('"title"', '"\\udfff": 1, "title"'),
    "NaN": _text('"d1"', "NaN"),
    "infinity": _text('"d1"', "-Infinity"),
    "a huge number": _step(attempts=10**30),
    "a number of a thousand digits": _text('"action"', f'"attempts": {"1" * 1000}, "action"'),
    "less than no attempts": _step(attempts=-1),
    "a number as a text": _step(attempts="7"),
    "a number as a time": _run(started_at=1),
    "a time without a zone": _run(started_at="2026-01-01T00:00:00"),
    "a time before all times": _run(started_at="0001-01-01T00:00:00+14:00"),
    "a time after all times": _run(started_at="9999-12-31T23:59:59-14:00"),
    "a wake time in the year 3000": _run(wake_at="3000-01-01T00:00:00Z"),
    "a text that is too long": _step(detail="x" * 5_000),
    "a key that is too long": _step(**{"x" * 5_000: 1}),
    "a list that is too long": _run(notes=["x"] * 600),
    "too many keys": _run(**{f"key-{number}": 1 for number in range(600)}),
    "a key twice": _text('"hub": "nairobi"', '"hub": "kisumu", "hub": "nairobi"'),
    "an app twice": _run(apps=[_APP, _APP]),
    "another hub's": _with(lambda document: document.update(hub="kisumu")),
    "another hub's run": _run(hub="kisumu"),
    "a lease without an end": _with(lambda document: document.update(lease={"holder": "x"})),
    "a lease that ends after all times": _with(
        lambda document: document.update(
            lease={"holder": "x", "expires_at": "9999-12-31T23:59:59-14:00"}
        )
    ),
    "more than is read": good() + b" " * 1_000_000,
}
