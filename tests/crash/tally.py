"""What the suites count. A test hands its counts to whoever prints them, from any worker."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field

PROPERTY = "crash-suite"

Record = Callable[[str, object], None]


@dataclass
class Tally:
    """Counts by suite, row and column, such as crashes, a story and `resumed`."""

    suite: str
    counts: Counter[tuple[str, str]] = field(default_factory=Counter)

    def add(self, row: str, column: str, number: int = 1) -> None:
        self.counts[str(row), str(column)] += number

    def hand_in(self, record: Record) -> None:
        """By pytest's `record_property`, which reaches the process that prints."""
        cells = [[row, column, number] for (row, column), number in self.counts.items()]
        record(PROPERTY, [self.suite, cells])
