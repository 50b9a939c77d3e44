"""Fewer steps that break the same: parts of a story are left out, ever smaller ones."""

from collections.abc import Collection, Sequence

from tests.model.story import Broken, Step, played

MOST_PLAYS = 120


class Shortener:
    """Plays a story again and again; stops when nothing can be left out, or after `plays`."""

    def __init__(
        self, broken: Broken, without: Collection[str] = (), plays: int = MOST_PLAYS
    ) -> None:
        self.broken = broken
        self._without = without
        self._left = plays

    def shortened(self, steps: Sequence[Step]) -> list[Step]:
        """The shortest story that was found; `broken` is what breaks in it."""
        size = len(steps)
        kept = list(steps)
        while size and self._left > 0:
            fewer = self._without_part(kept, size)
            if fewer is None:
                size //= 2
            else:
                kept, size = fewer, min(size, len(fewer))
        return kept

    def _without_part(self, steps: list[Step], size: int) -> list[Step] | None:
        for start in range(len(steps) - 1, -1, -size):
            fewer = steps[: max(start - size + 1, 0)] + steps[start + 1 :]
            if self._breaks(fewer):
                return fewer
        return None

    def _breaks(self, steps: list[Step]) -> bool:
        self._left -= 1
        broken = played(steps, self._without) if self._left > 0 else None
        if broken is None or broken.invariant != self.broken.invariant:
            return False
        self.broken = broken
        return True
