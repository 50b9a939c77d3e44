"""What `make crash` may set, by the environment: a seed, how many rounds, which cases."""

import os
import zlib
from dataclasses import dataclass

MOST_TOLD = 12
"""Complaints of one case; the first ones tell."""


@dataclass(frozen=True)
class Settings:
    """`rounds` 0 is the sample of every test run; `only` is a part of a case's name."""

    seed: int
    rounds: int
    only: str

    @property
    def everything(self) -> bool:
        return self.rounds > 0

    def parts(self, of_sample: int, of_everything: int) -> int:
        """Into how many tests a story's cases are divided: workers share what takes long."""
        return of_everything if self.everything else of_sample

    def rounds_of(self, case: object) -> range:
        """The rounds in which a case is tried."""
        return range(max(self.rounds, 1)) if self.only in str(case) else range(0)

    def draw(self, case: object, choices: int) -> int:
        """A number below `choices`: the same for the same seed and case, on any machine."""
        return zlib.crc32(f"{self.seed} {case}".encode()) % choices


SETTINGS = Settings(
    seed=int(os.environ.get("CRASH_SEED") or 1),
    rounds=int(os.environ.get("CRASH_ROUNDS") or 0),
    only=os.environ.get("CRASH_ONLY", ""),
)


def part_of(case: object, parts: int) -> int:
    """Which part of the suite has this case; it does not depend on what other cases there are."""
    return zlib.crc32(str(case).encode()) % parts


def how_to_run(case: object) -> str:
    return f"make crash SEED={SETTINGS.seed} ONLY='{case}'"
