"""Judges a document by its JSON Schema and says in plain words what is wrong.

jsonschema finds the mistakes; here each gets a place, words and a fix. One
mistake gives one finding: what only follows from another one is left out.
"""

from collections.abc import Iterator
from itertools import islice

from provisioner.desired.read.load import Document
from provisioner.desired.read.marks import escape
from provisioner.desired.schema.mistake import Mistake, mistakes, pointer_of
from provisioner.desired.schema.structure import homes_of, is_required, lost_children
from provisioner.desired.schema.types import no_value, wrong_choice, wrong_size, wrong_type
from provisioner.desired.wording.advice import Advice, Place
from provisioner.desired.wording.names import advise
from provisioner.desired.wording.words import listing, nearest, shown, snippet
from provisioner.models.finding import Finding

_MOST_GUESSED = 100
"""Of so many unknown keys of a group it is guessed what was meant; nobody is shown more."""


def schema_findings(document: Document, kind: str, hub: str = "") -> tuple[Finding, ...]:
    """What the schema of this `kind` of file finds; `hub` is for commands in the fixes."""
    if document.data is None:
        return ()
    judge = _Judge(document, kind, hub)
    found = [finding for mistake in mistakes(kind, document.data) for finding in judge.on(mistake)]
    return tuple(finding for finding in dict.fromkeys(found) if not judge.covers(finding.pointer))


class _Judge:
    """One judging of one document."""

    def __init__(self, document: Document, kind: str, hub: str) -> None:
        self._document = document
        self._kind = kind
        self._hub = hub
        self._covered = set(document.unclear)

    def covers(self, pointer: str) -> bool:
        """Whether another finding has already dealt with this place or one above it."""
        while pointer and pointer not in self._covered:
            pointer = pointer.rpartition("/")[0]
        return pointer in self._covered

    def on(self, mistake: Mistake) -> Iterator[Finding]:
        place = Place(self._hub, tuple(str(part) for part in mistake.path))
        match mistake.rule:
            case "type":
                yield self._type(mistake, place)
            case "anyOf":
                yield from self._any_of(mistake, place)
            case "required":
                yield from self._missing_keys(mistake, place)
            case "additionalProperties":
                yield from self._unknown_keys(mistake)
            case "pattern" if mistake.of_name:
                pointer = f"{mistake.pointer}/{escape(mistake.given)}"
                yield self._at_key(pointer, _pattern(mistake, place))
            case "pattern":
                yield self._at_value(mistake, _pattern(mistake, place))
            case "enum":
                yield self._at_value(mistake, wrong_choice(mistake, place))
            case _:
                yield self._at_value(mistake, wrong_size(mistake, place))

    def _type(self, mistake: Mistake, place: Place) -> Finding:
        if mistake.given is not None:
            mark = self._document.value_mark(mistake.pointer)
            return self._at_value(mistake, wrong_type(mistake, place, mark.raw or ""))
        lost = lost_children(self._document.data, self._kind, mistake.path)
        self._covered.update(pointer_of((*mistake.path[:-1], key)) for key in lost)
        required = is_required(self._kind, mistake.path)
        return self._at_value(mistake, no_value(mistake, place, lost, required))

    def _any_of(self, mistake: Mistake, place: Place) -> Iterator[Finding]:
        """A value of `env`: a text or a sealed value. A group can only be meant as the latter."""
        texts, sealed = mistake.inner
        given = mistake.given
        if isinstance(given, str):
            chosen = texts
        elif isinstance(given, dict) and any(nearest(key, ["sealed"]) for key in given):
            chosen = sealed
        else:
            yield self._type(mistake, place)
            return
        for inner in chosen:
            yield from self.on(inner)

    def _missing_keys(self, mistake: Mistake, place: Place) -> Iterator[Finding]:
        """jsonschema reports each key by itself but names it in its words alone, so all are told
        here; `schema_findings` drops the repetitions. A misspelt key is not missing."""
        properties = mistake.schema["properties"]
        unknown = (key for key in mistake.given if key not in properties)
        meant = {nearest(key, properties) for key in islice(unknown, _MOST_GUESSED)}
        for key in mistake.limit:
            if key not in mistake.given and key not in meant:
                examples = properties[key].get("examples")
                hint = f"add the line `{snippet(key, examples[0])}`" if examples else "add it"
                where = f" in `{place.key}`" if place.parts else ""
                advice = Advice("missing-key", f"`{key}` is missing{where}", hint)
                yield self._at_key(mistake.pointer, advice)

    def _unknown_keys(self, mistake: Mistake) -> Iterator[Finding]:
        properties = mistake.schema["properties"]
        unknown = (key for key in mistake.given if key not in properties)
        known = f"remove it; known are {listing(properties)}"
        for number, key in enumerate(unknown):
            pointer = pointer_of((*mistake.path, key))
            meant = self._meant(key, properties) if number < _MOST_GUESSED else None
            message = f"{shown(key)} is not known here"
            yield self._at_key(pointer, Advice("unknown-key", message, meant or known))

    def _meant(self, key: str, properties: dict[str, object]) -> str | None:
        before, colon, _ = key.partition(":")
        if colon and before in properties:
            return f"a space is missing after the colon: write `{before}: ` and then the value"
        if meant := nearest(key, properties):
            return f"did you mean `{meant}`?"
        homes = homes_of(self._kind)
        elsewhere = nearest(key, homes)
        return f"`{elsewhere}` belongs {homes[elsewhere]}" if elsewhere else None

    def _at_value(self, mistake: Mistake, advice: Advice) -> Finding:
        return self._document.finding_at_value(mistake.pointer, advice)

    def _at_key(self, pointer: str, advice: Advice) -> Finding:
        return self._document.finding_at_key(pointer, advice)


def _pattern(mistake: Mistake, place: Place) -> Advice:
    if advice := advise(str(mistake.limit), mistake.given, place):
        return advice
    message = f"{shown(mistake.given)} is not {mistake.schema.get('title', 'allowed here')}"
    example = mistake.example
    hint = f"write it as in `{example}`" if example else "copy it anew from where it comes from"
    return Advice("wrong-text", message, hint)
