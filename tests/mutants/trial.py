"""Tries mutants: each in a copy of the tree, with the tests that run its line."""

import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from tests.mutants.covering import KEPT, Covering
from tests.mutants.sample import Mutant, mutated

MOST_SECONDS = 90.0
"""So long may the chosen tests take unmutated: the quickest are chosen."""
MOST_TESTS = 400
SLOWEST = 5
"""A mutant may make its tests so many times slower; then it hangs, and that is noticed too."""

ONE_BY_ONE = ("-x", "-p", "no:xdist", "-p", "no:cacheprovider", "--tb=no", "-rfE")


@dataclass(frozen=True)
class Outcome:
    """`killed_by`: the first test that failed, or `hangs`; empty where the mutant survived."""

    mutant: Mutant
    killed_by: str
    tried: int


@dataclass
class Bench:
    """One copy of the tree, for one mutant after the other."""

    root: Path
    covering: Covering
    _sound: dict[str, bool] = field(default_factory=dict)

    def tried(self, mutant: Mutant) -> Outcome:
        tests = self._chosen(mutant)
        if not tests:
            return Outcome(mutant, "", 0)
        file = self.root / mutant.path
        source = file.read_text()
        file.write_text(mutated(source, mutant.operator, mutant.occurrence))
        try:
            killer = self._first_failing(tests)
        finally:
            file.write_text(source)
        if killer and not self._is_sound(killer):
            return self.tried(mutant)
        return Outcome(mutant, killer, len(tests))

    def _chosen(self, mutant: Mutant) -> list[str]:
        chosen: list[str] = []
        left = MOST_SECONDS
        for test in self.covering.tests_of(mutant.path, mutant.line)[:MOST_TESTS]:
            left -= self.covering.seconds[test]
            if left < 0 and chosen:
                break
            if self._sound.get(test, True):
                chosen.append(test)
        return chosen

    def _is_sound(self, test: str) -> bool:
        """Whether a test passes here without a mutation; what does not kills nothing.

        That they hang or cannot be imported is no test's, and always the mutant's doing.
        """
        if test in self.covering.seconds and test not in self._sound:
            self._sound[test] = not self._first_failing([test])
        return self._sound.get(test, True)

    def _first_failing(self, tests: Sequence[str]) -> str:
        """The first test that fails; `hangs` when they take far too long; empty: none."""
        listed = self.root / ".tests-of-the-mutant"
        listed.write_text("\n".join(tests))
        usual = sum(self.covering.seconds[test] for test in tests)
        try:
            done = subprocess.run(
                [sys.executable, "-B", "-m", "pytest", *ONE_BY_ONE, f"@{listed}"],
                cwd=self.root,
                capture_output=True,
                text=True,
                check=False,
                timeout=30 + SLOWEST * usual,
            )
        except subprocess.TimeoutExpired:
            return "hangs"
        return "" if done.returncode == 0 else _failed(done.stdout)


def _failed(output: str) -> str:
    """The test that failed; the whole run where none could begin."""
    for line in output.splitlines():
        if line.startswith(("FAILED ", "ERROR ")):
            return line.split(" ", 1)[1].partition(" - ")[0]
    return "nothing can be imported"


@contextmanager
def bench(root: Path, covering: Covering) -> Iterator[Bench]:
    """A copy of the tree as it is, with its history."""
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "tree"
        left = shutil.ignore_patterns(".venv", KEPT, "__pycache__", ".*_cache", ".hypothesis")
        shutil.copytree(root, copy, symlinks=True, ignore=left)
        yield Bench(copy, covering)
