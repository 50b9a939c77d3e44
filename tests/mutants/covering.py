"""Which tests run a line, and how long they take: measured once for a state of the tree.

Kept under `.mutants/`, by a digest of the code and its tests. Tests that start
processes of their own count only for what they run themselves.
"""

import hashlib
import subprocess
import sys
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from xml.etree import ElementTree

from coverage import CoverageData

KEPT = ".mutants"
MEASURED = ("tests/unit", "tests/scenario", "tests/crash", "tests/model", "tests/e2e")


@dataclass(frozen=True)
class Covering:
    """Tests by line. `folder` holds what was measured."""

    root: Path
    folder: Path

    @cached_property
    def _data(self) -> CoverageData:
        data = CoverageData(basename=str(self.folder / "coverage"))
        data.read()
        return data

    @cached_property
    def seconds(self) -> dict[str, float]:
        """How long each test took."""
        cases = ElementTree.parse(self.folder / "tests.xml").iter("testcase")
        return {
            self._id_of(case.get("classname", ""), case.get("name", "")): float(case.get("time", 0))
            for case in cases
        }

    def _id_of(self, place: str, name: str) -> str:
        """A test as pytest is told of it. `place` is its module's name, and its class' if any."""
        parts = place.split(".")
        depths = range(len(parts), 0, -1)
        files = (n for n in depths if (self.root / ("/".join(parts[:n]) + ".py")).is_file())
        depth = next(files, len(parts))
        return "::".join(["/".join(parts[:depth]) + ".py", *parts[depth:], name])

    def tests_of(self, path: str, line: int) -> list[str]:
        """The quickest first; the module's own before all others."""
        lines = self._by_line(path)
        found = _tests(lines.get(line, [])) or self._of_the_name(path, line)
        found = found or {test for contexts in lines.values() for test in _tests(contexts)}
        own = f"test_{Path(path).stem}.py"  # also for what was called once and is remembered
        found |= {test for test in self.seconds if f"/{own}::" in test}
        known = (test for test in found if test in self.seconds)
        return sorted(known, key=lambda test: (own not in test, self.seconds[test], test))

    def _by_line(self, path: str) -> dict[int, list[str]]:
        lines: dict[int, list[str]] = self._data.contexts_by_lineno(str(self.root / path))
        return lines

    def _of_the_name(self, path: str, line: int) -> set[str]:
        """What is set when a module is imported is tried where its name is read."""
        name = (self.root / path).read_text().splitlines()[line - 1].partition(" ")[0].strip(":")
        if not name.isidentifier():
            return set()
        return {
            test
            for file in sorted((self.root / "provisioner").rglob("*.py"))
            for number, text in enumerate(file.read_text().splitlines(), 1)
            if name in text
            for test in _tests(self._by_line(str(file.relative_to(self.root))).get(number, []))
        }


def _tests(contexts: list[str]) -> set[str]:
    return {context.partition("|")[0] for context in contexts if context}


def covering(root: Path) -> Covering:
    """What was measured for the tree as it is; measures it (for many minutes) where nothing was."""
    folder = root / KEPT / _digest(root)
    if not (folder / "done").exists():
        print("measuring which tests run which lines ...", flush=True)
        _measure(root, folder)
        (folder / "done").touch()
    return Covering(root, folder)


def _measure(root: Path, folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    settings = folder / "coveragerc"
    settings.write_text(f"[run]\nsource = provisioner\ndata_file = {folder / 'coverage'}\n")
    report = f"--junitxml={folder / 'tests.xml'}"
    how = ["--cov", f"--cov-config={settings}", "--cov-context=test", "--cov-report=", report]
    command = [sys.executable, "-m", "pytest", "-n", "auto", *how, *MEASURED]
    done = subprocess.run(command, cwd=root, check=False)
    if done.returncode not in _MEASURED_ALL:
        raise SystemExit(f"the tests could not be measured: pytest left with {done.returncode}")


_MEASURED_ALL = (0, 1)
"""Also where a test failed, as when a thread starts in the moment in which coverage cannot begin in
it: no mutant is killed by a test that fails without it."""


def _digest(root: Path) -> str:
    found = hashlib.sha256()
    for folder in ("provisioner", "tests"):
        for file in sorted((root / folder).rglob("*.py")):
            found.update(f"{file.relative_to(root)} ".encode() + file.read_bytes())
    return found.hexdigest()[:16]
