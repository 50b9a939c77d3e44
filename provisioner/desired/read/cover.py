"""Lines of a file with its secrets covered, so that they can be shown. Pure."""

from collections.abc import Iterable, Sequence

from provisioner.desired.read.marks import Mark

_COVER = "*"


def with_cover(lines: Sequence[str], marks: Iterable[Mark]) -> tuple[str, ...]:
    """The lines with a mark in place of every character of a secret, so that columns stay true.

    A line is taken apart once, however many secrets it holds.
    """
    apart: dict[int, list[str]] = {}
    for mark in marks:
        for number in range(mark.line, min(mark.end_line, len(lines)) + 1):
            line = lines[number - 1]
            start, end = _columns(line, number, mark)
            if start < end:
                if number - 1 not in apart:
                    apart[number - 1] = list(line)
                apart[number - 1][start:end] = _COVER * (end - start)
    return tuple(
        "".join(apart[index]) if index in apart else line for index, line in enumerate(lines)
    )


def _columns(line: str, number: int, mark: Mark) -> tuple[int, int]:
    """Where in this line the secret begins and ends, from 0; the indentation is none of it."""
    start = mark.column - 1 if number == mark.line else len(line) - len(line.lstrip())
    end = mark.end_column - 1 if number == mark.end_line else len(line)
    return start, min(end, len(line))
