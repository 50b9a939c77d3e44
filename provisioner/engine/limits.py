"""How much of what comes from outside is kept: of a text, of a list, of a whole journal. Pure.

Texts are redacted before they come here: a secret that is cut in two is not known again.
"""

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Final

from provisioner.engine.step import Assessment
from provisioner.errors import ProvisionerError
from provisioner.models.dns import DnsEntry
from provisioner.models.journal import HubJournal
from provisioner.models.plan import Resource
from provisioner.models.run import AppRecord, Run, StepRecord
from provisioner.safetext import shorten

Redact = Callable[[str], str]

MOST_BYTES: Final = 500_000
"""Of a journal that is written. GitHub gives out files of at most 1 MB."""
MOST_BYTES_READ: Final = 1_000_000
MOST_DETAIL: Final = 2_000
MOST_HINT: Final = 1_000
MOST_LINE: Final = 500
MOST_LINES: Final = 60
MOST_NAME: Final = 300
"""Of a host name (253), a resource, an address."""
MOST_VALUE: Final = 1_000
"""Of a DNS value, one of its answers, a note."""
MOST_ENTRIES: Final = 200
MOST_ANSWERS: Final = 10
MOST_RESOURCES: Final = 100
MOST_NOTES: Final = 20
MOST_PEOPLE: Final = 100

# What is read may be a little more than what is written: a later version may lower a limit.
_MOST_DEPTH = 12
_MOST_TEXT = 2 * MOST_DETAIL
_MOST_ITEMS = 500
_MOST_NUMBER = 2**53

_LEVELS = ((500, 10, 50), (150, 3, 20), (40, 0, 5), (0, 0, 0))
"""Characters, lines of a log and DNS entries that a journal which is too large is cut down to."""


class TooLarge(ProvisionerError):
    """A journal that nothing makes small enough."""


def tidy(text: str, most: int) -> str:
    """At most `most` characters, all of which can be written as UTF-8."""
    return shorten(text, most).encode("utf-8", "replace").decode()


def kept_lines(lines: tuple[str, ...]) -> tuple[str, ...]:
    """The last lines of a log."""
    return tuple(tidy(line, MOST_LINE) for line in lines[-MOST_LINES:])


def kept_assessment(assessment: Assessment, redact: Redact = str) -> Assessment:
    """The assessment with what people will read, and the journal keep, within its limits."""

    def kept(text: str, most: int) -> str:
        return tidy(redact(text), most)

    return replace(
        assessment,
        detail=kept(assessment.detail, MOST_DETAIL),
        hint=kept(assessment.hint, MOST_HINT),
        url=kept(assessment.url, MOST_NAME) if assessment.url is not None else None,
        resources=tuple(_resource(item, kept) for item in assessment.resources[:MOST_RESOURCES]),
        dns=_entries(assessment.dns, kept),
    )


Keep = Callable[[str, int], str]


def _resource(item: Resource, kept: Keep) -> Resource:
    update = {"kind": kept(item.kind, MOST_NAME), "name": kept(item.name, MOST_NAME)}
    return item.model_copy(update=update)


def _entries(entries: tuple[DnsEntry, ...] | None, kept: Keep) -> tuple[DnsEntry, ...] | None:
    if entries is None:
        return None
    return tuple(_entry(entry, kept) for entry in entries[:MOST_ENTRIES])


def _entry(entry: DnsEntry, kept: Keep) -> DnsEntry:
    update: dict[str, object] = {
        "type": kept(entry.type, MOST_NAME),
        "name": kept(entry.name, MOST_NAME),
        "zone": kept(entry.zone, MOST_NAME),
        "value": kept(entry.value, MOST_VALUE),
        "note": kept(entry.note, MOST_VALUE),
    }
    for key in ("also", "answers"):
        texts: tuple[str, ...] = getattr(entry, key)
        update[key] = tuple(kept(text, MOST_VALUE) for text in texts[:MOST_ANSWERS])
    return entry.model_copy(update=update)


def excess(document: object, depth: int = 0) -> str:
    """What is too much in a document that was read; empty when nothing is."""
    if isinstance(document, str):
        return _unusual(document)
    if isinstance(document, int):
        return "" if abs(document) <= _MOST_NUMBER else "too large a number"
    if not isinstance(document, dict | list):
        return ""
    if depth == _MOST_DEPTH:
        return "too deep a nesting"
    if len(document) > _MOST_ITEMS:
        return "too long a list"
    parts = [*document, *document.values()] if isinstance(document, dict) else document
    return next(filter(None, (excess(part, depth + 1) for part in parts)), "")


def _unusual(text: str) -> str:
    if len(text) > _MOST_TEXT:
        return "too long a text"
    return "" if text.isascii() or _encodes(text) else "half a character"


def _encodes(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def written(journal: HubJournal) -> bytes:
    """The journal's file."""
    return (journal.model_dump_json(indent=1) + "\n").encode()


def fitted(journal: HubJournal) -> HubJournal:
    """The journal, made small enough to be written: its history goes first, then long texts.

    What a run may touch is never left out. Raises `TooLarge`.
    """
    fitting = (item for item in _smaller(journal) if len(written(item)) <= MOST_BYTES)
    found = next(fitting, None)
    if found is None:
        raise TooLarge(
            f"the journal of {journal.hub} would hold more than {MOST_BYTES} bytes",
            "Give the hub fewer apps or domains.",
        )
    return found


def _smaller(journal: HubJournal) -> Iterator[HubJournal]:
    yield journal
    for runs in (len(journal.history) // 2, 0):
        yield journal.model_copy(update={"history": journal.history[:runs]})
    for level in _LEVELS:
        run = _shorter_run(journal.run, *level)
        yield journal.model_copy(update={"history": (), "run": run})


def _shorter_run(run: Run, characters: int, lines: int, entries: int) -> Run:
    apps = tuple(_shorter_app(app, characters, lines, entries) for app in run.apps)
    notes = tuple(shorten(note, characters) for note in run.notes)
    return run.model_copy(update={"apps": apps, "notes": notes})


def _shorter_app(app: AppRecord, characters: int, lines: int, entries: int) -> AppRecord:
    def shorter(step: StepRecord) -> StepRecord:
        tail = step.log_tail[-lines:] if lines else ()
        update = {
            "detail": shorten(step.detail, characters),
            "hint": shorten(step.hint, characters),
            "log_tail": tuple(shorten(line, characters) for line in tail),
        }
        return step.model_copy(update=update)

    steps = tuple(shorter(step) for step in app.steps)
    return app.model_copy(update={"steps": steps, "dns": app.dns[:entries]})
