"""Places: where something stands in a text, and JSON pointers to it. Pure."""

from dataclasses import dataclass

from ruamel.yaml.events import Event, ScalarEvent


@dataclass(frozen=True)
class Mark:
    """Where something stands, from 1; the end is exclusive. `raw` is a scalar as it was written,
    without its quotes."""

    line: int
    column: int
    end_line: int
    end_column: int
    raw: str | None = None

    @property
    def is_empty(self) -> bool:
        """Nothing is written there."""
        return (self.line, self.column) == (self.end_line, self.end_column)


def escape(key: str) -> str:
    """A key as one part of a JSON pointer (RFC 6901)."""
    return key.replace("~", "~0").replace("/", "~1")


def mark_of(event: Event) -> Mark:
    """The parsers count from 0."""
    start, end = event.start_mark, event.end_mark
    raw = event.value if isinstance(event, ScalarEvent) else None
    return Mark(start.line + 1, start.column + 1, end.line + 1, end.column + 1, raw)


def is_plain(event: ScalarEvent) -> bool:
    """Whether it stands without quotes, so that it may be more than a text."""
    return not event.style and tag_of(event) is None


def tag_of(event: Event) -> str | None:
    return getattr(event, "tag", None)
