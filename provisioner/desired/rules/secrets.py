"""Secrets that stand in a file for everyone to read, and sealed values that cannot be opened.

Never shows a value. Says where the values stand, so that nobody else shows them.
"""

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import accumulate

from provisioner.desired.catalog import Catalog
from provisioner.desired.finding import finding_of
from provisioner.desired.read.load import Document
from provisioner.desired.read.marks import Mark
from provisioner.desired.rules.view import SeenApp, SeenHub, sealed_text
from provisioner.desired.wording.advice import Advice, Place
from provisioner.desired.wording.names import is_placeholder, not_sealed_yet
from provisioner.models.finding import Finding, Severity
from provisioner.secrets.sealing import key_id_of, key_id_within
from provisioner.secrets.shapes import Shape, find_secrets, is_secret_name

CODE = "secret-in-plain-text"
_RENEW = "make this one invalid where it came from and get a new one"


@dataclass(frozen=True)
class Sighting:
    """Something secret at a place; without a finding if only its variable's name says so."""

    mark: Mark
    finding: Finding | None = None

    @property
    def is_secret(self) -> bool:
        return self.finding is None or self.finding.code == CODE


def secret_sightings(hub: SeenHub, catalog: Catalog) -> tuple[Sighting, ...]:
    """Every secret in plain text: by what the catalog says, by a variable's name, by shape."""
    named = [sighting for app in hub.apps for sighting in _named(hub, app, catalog)]
    told = [sighting.mark for sighting in named if sighting.finding is not None]
    return (*named, *_shaped(hub, told))


def _named(hub: SeenHub, app: SeenApp, catalog: Catalog) -> Iterator[Sighting]:
    entry = catalog.entries.get(app.app or "")
    for name, value in (app.env or {}).items():
        mark = hub.document.values.get(app.variable(name))
        if mark is None or value in (None, "") or isinstance(value, dict | list):
            continue
        if entry is not None and name in entry.app.env and entry.app.env[name].secret:
            yield Sighting(mark, _plain_secret(app.place(hub.id, name), mark, app.variable(name)))
        elif is_secret_name(name):
            yield Sighting(mark)


def _plain_secret(place: Place, mark: Mark, pointer: str) -> Finding:
    text = mark.raw or ""
    if is_placeholder(text):
        return finding_of(not_sealed_yet(place), mark, pointer)
    renew = next((found.shape.renew for found in find_secrets(text) if found.shape.whole), _RENEW)
    advice = Advice(
        CODE,
        f"`{place.variable}` is a secret, and here it stands in plain text for everyone to read",
        f"{renew}; then seal that with `{place.seal_command}`",
    )
    return finding_of(advice, mark, pointer)


def _shaped(hub: SeenHub, told: list[Mark]) -> Iterator[Sighting]:
    """By shape, anywhere in the file, comments too."""
    document = hub.document
    starts = list(accumulate((len(line) + 1 for line in document.lines), initial=0))
    covered = bytearray(starts[-1])
    for mark in told:
        _cover(covered, *_ends(starts, mark))
    values = _Scalars(document)
    for found in find_secrets("\n".join(document.lines)):
        if covered[found.start]:
            continue
        _cover(covered, found.start, found.end)
        mark = _span(starts, found.start, found.end)
        pointer = values.pointer_at(mark)
        value_mark = document.values.get(pointer, mark) if pointer else mark
        yield Sighting(mark, _shaped_secret(hub, found.shape, value_mark, pointer))


def _shaped_secret(hub: SeenHub, shape: Shape, mark: Mark, pointer: str) -> Finding:
    place = Place(hub.id, tuple(pointer.split("/")[1:]))
    after = "; then remove it from this file"
    if place.variable:
        after = f"; then seal that with `{place.seal_command}`" if shape.whole else ""
    advice = Advice(
        CODE,
        f"this looks like {shape.name}, and everyone can read this file",
        f"{shape.renew}{after}",
    )
    return finding_of(advice, mark, pointer)


def _span(starts: list[int], start: int, end: int) -> Mark:
    line, end_line = bisect_right(starts, start), bisect_right(starts, end)
    return Mark(line, start - starts[line - 1] + 1, end_line, end - starts[end_line - 1] + 1)


def _ends(starts: list[int], mark: Mark) -> tuple[int, int]:
    """Where a place begins and ends, counted in characters from the file's beginning."""
    last = len(starts) - 2
    begin = starts[min(mark.line - 1, last)] + mark.column - 1
    return begin, starts[min(mark.end_line - 1, last)] + mark.end_column - 1


def _cover(covered: bytearray, start: int, end: int) -> None:
    end = min(end, len(covered))
    if start < end:
        covered[start:end] = b"\1" * (end - start)


class _Scalars:
    """The scalars of a document by their places; no two of them overlap."""

    def __init__(self, document: Document) -> None:
        self._places = sorted(
            ((mark.line, mark.column), (mark.end_line, mark.end_column), pointer)
            for pointer, mark in document.values.items()
            if mark.raw is not None
        )
        self._starts = [start for start, _, _ in self._places]

    def pointer_at(self, mark: Mark) -> str:
        """The value that holds this place; empty for comments and keys."""
        here = (mark.line, mark.column)
        number = bisect_right(self._starts, here) - 1
        if number < 0:
            return ""
        _, end, pointer = self._places[number]
        return pointer if here < end else ""


def sealed_findings(hub: SeenHub, catalog: Catalog) -> Iterator[Finding]:
    """Warns of values sealed with another key than the network's present one."""
    if catalog.network.sealing_key is None or hub.example:
        return
    expected = key_id_of(catalog.network.sealing_key)
    for app in hub.apps:
        for name, value in (app.env or {}).items():
            key_id = key_id_within(sealed_text(value) or "")
            if key_id is not None and key_id != expected:
                pointer = f"{app.variable(name)}/sealed"
                advice = _another_key(name, app.place(hub.id, name))
                yield hub.document.finding_at_value(pointer, advice)


def _another_key(name: str, place: Place) -> Advice:
    return Advice(
        "sealed-with-another-key",
        f"`{name}` was sealed with another key than the network's present one",
        "if the maintainers no longer have that key, seal the secret anew with "
        f"`{place.seal_command}`",
        Severity.WARNING,
    )
