"""YAML text to plain data, with the place of every key and value. Judges YAML, not meaning.

Built on the C parser's events: it is fast, and an event shows what a loader
would hide: repeated keys, anchors, aliases, tags, merge keys, further documents.
Each of these is a finding, and composing goes on so that all are found at once.
"""

import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import takewhile
from typing import NoReturn

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError
from ruamel.yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    Event,
    MappingEndEvent,
    MappingStartEvent,
    NodeEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
    StreamEndEvent,
)

from provisioner.desired.finding import finding_of
from provisioner.desired.read.complaints import (
    ALIAS,
    ANCHOR,
    DIRECTIVE,
    HALF_CHARACTER,
    LONG_KEY,
    MERGE_KEY,
    NO_SCALAR_KEY,
    SEVERAL_DOCUMENTS,
    TAG,
    Complaint,
    duplicate_key,
    too_deep,
    too_many,
)
from provisioner.desired.read.marks import Mark, escape, is_plain, mark_of, tag_of
from provisioner.desired.read.scalars import resolve
from provisioner.desired.read.syntax import explain
from provisioner.desired.read.text import lines_of
from provisioner.models.finding import Finding

MAX_DEPTH = 12
MAX_VALUES = 6000
"""More than a hub file within all its limits can have."""
LONGEST_KEY = 128
_LONGEST_FOR_SLOW_PARSER = 16 * 1024
_MERGE_KEY = "<<"
_SURROGATE = re.compile("[\ud800-\udfff]")


@dataclass
class Composed:
    """Plain data and its marks by JSON pointer. `unclear`: pointers whose value says nothing,
    because a finding here has already dealt with it. `data` is None if nothing could be read."""

    data: object = None
    complete: bool = False
    keys: dict[str, Mark] = field(default_factory=dict)
    values: dict[str, Mark] = field(default_factory=dict)
    unclear: set[str] = field(default_factory=set)
    findings: list[Finding] = field(default_factory=list)


class _Stop(Exception):
    """What follows cannot be understood any more."""


def compose(text: str) -> Composed:
    """The first document of a text. Never raises.

    The parser in C is fast but knows YAML 1.1, which within brackets takes less than 1.2: not
    `[https://example.org]`, not `[who?]`. So a text that it refuses is shown to ruamel's own
    parser too, unless it is long, for that one takes a second and more for 64 KiB. If both refuse
    it, the one that came further is believed. The one in Python stumbles over escapes beyond
    Unicode, which the one in C has words for.
    """
    refused: list[tuple[int, Composed]] = []
    for pure in (False, True) if len(text) <= _LONGEST_FOR_SLOW_PARSER else (False,):
        composer = _Composer(text, pure=pure)
        try:
            return composer.run()
        except MarkedYAMLError as error:
            reached: int = getattr(error.problem_mark, "index", 0)
            refused.append((reached, composer.failed(error)))
        except (ValueError, OverflowError, RecursionError):
            if not pure:
                raise
    return max(refused, key=lambda each: each[0])[1]


class _Composer:
    def __init__(self, text: str, *, pure: bool) -> None:
        self._text = text
        self._events: Iterator[Event] = YAML(typ="safe", pure=pure).parse(text.encode())
        self._count = 0
        self.composed = Composed()

    def run(self) -> Composed:
        """Raises what the parser raises."""
        with suppress(_Stop):
            self._document()
            self.composed.complete = True
        return self.composed

    def failed(self, error: MarkedYAMLError) -> Composed:
        """What was understood up to a mistake in the syntax is worth nothing."""
        return Composed(findings=[*self.composed.findings, explain(error, self._text)])

    def _document(self) -> None:
        next(self._events)
        start = next(self._events)
        if isinstance(start, StreamEndEvent):
            return
        self._refuse_directives(start)
        self.composed.data = self._node(next(self._events), "", 0)
        next(self._events)
        self._refuse_more_documents(next(self._events))

    def _node(self, event: Event, pointer: str, depth: int) -> object:
        if depth > MAX_DEPTH:
            self._fail(event, too_deep(MAX_DEPTH))
        self._count += 1
        if self._count > MAX_VALUES:
            self._fail(event, too_many(MAX_VALUES))
        self.composed.values[pointer] = mark_of(event)
        self._refuse_extras(event, pointer)
        if isinstance(event, ScalarEvent):
            self._refuse_half_characters(event)
            return resolve(event.value) if is_plain(event) else event.value
        if isinstance(event, MappingStartEvent):
            return self._mapping(pointer, depth)
        if isinstance(event, SequenceStartEvent):
            return self._sequence(pointer, depth)
        return None

    def _sequence(self, pointer: str, depth: int) -> list[object]:
        items: list[object] = []
        while not isinstance(event := next(self._events), SequenceEndEvent):
            items.append(self._node(event, f"{pointer}/{len(items)}", depth + 1))
        return items

    def _mapping(self, pointer: str, depth: int) -> dict[str, object]:
        pairs: dict[str, object] = {}
        while not isinstance(event := next(self._events), MappingEndEvent):
            key = self._key(event, pointer, pairs)
            below = f"{pointer}/{escape(key)}"
            if key not in pairs and len(key) <= LONGEST_KEY:
                self.composed.keys[below] = mark_of(event)
                pairs[key] = self._node(next(self._events), below, depth + 1)
            else:
                self._skip(next(self._events), depth + 1)
        return pairs

    def _key(self, event: Event, pointer: str, pairs: dict[str, object]) -> str:
        if isinstance(event, ScalarEvent):
            self._refuse_half_characters(event)
        else:
            self._fail(event, ALIAS if isinstance(event, AliasEvent) else NO_SCALAR_KEY)
        if len(event.value) > LONGEST_KEY:
            self._find(event, LONG_KEY, pointer=pointer)
            return str(event.value)
        below = f"{pointer}/{escape(event.value)}"
        self._refuse_extras(event, below)
        if event.value == _MERGE_KEY and is_plain(event):
            self._find(event, MERGE_KEY, pointer=below)
            self.composed.unclear.add(below)
        elif event.value in pairs:
            first = self.composed.keys[below].line
            self._find(event, duplicate_key(event.value, first), pointer=below)
        return str(event.value)

    def _skip(self, event: Event, depth: int) -> None:
        """Reads a value that does not count; its own mistakes are not told."""
        kept = self.composed
        self.composed = Composed()
        try:
            self._node(event, "", depth)
        finally:
            self.composed = kept

    def _refuse_extras(self, event: Event, pointer: str) -> None:
        if isinstance(event, AliasEvent):
            self._find(event, ALIAS, pointer=pointer)
            self.composed.unclear.add(pointer)
        elif isinstance(event, NodeEvent) and event.anchor is not None:
            self._find(event, ANCHOR, pointer=pointer)
        if tag_of(event) is not None:
            self._find(event, TAG, pointer=pointer)
            self.composed.unclear.add(pointer)

    def _refuse_half_characters(self, event: ScalarEvent) -> None:
        if _SURROGATE.search(event.value):
            self._fail(event, HALF_CHARACTER)

    def _refuse_directives(self, event: Event) -> None:
        """The parsers pass over directives that they do not know, so the text itself is looked at:
        before `---`, only a directive begins with `%`."""
        if isinstance(event, DocumentStartEvent) and event.explicit:
            above = takewhile(lambda line: not line.startswith("---"), lines_of(self._text))
            for number, line in enumerate(above, start=1):
                if line.startswith("%"):
                    self._tell(DIRECTIVE, Mark(number, 1, number, len(line) + 1), "")

    def _refuse_more_documents(self, event: Event) -> None:
        if isinstance(event, DocumentStartEvent):
            self._fail(event, SEVERAL_DOCUMENTS)

    def _find(self, event: Event, complaint: Complaint, *, pointer: str = "") -> None:
        self._tell(complaint, mark_of(event), pointer)

    def _tell(self, complaint: Complaint, mark: Mark, pointer: str) -> None:
        self.composed.findings.append(finding_of(complaint.advice, mark, pointer))

    def _fail(self, event: Event, complaint: Complaint) -> NoReturn:
        self._find(event, complaint)
        raise _Stop
