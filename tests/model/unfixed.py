"""Takes the fix of a known break out of a copy of the code and lets the model find the break.

`make unfixed SEED=7 EXAMPLES=2000 ONLY="4 "`. Prints for each break the story by which
it was found. Leaves with 1 if one was not found in so many stories.
"""

import argparse
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.model.rules import RULES
from tests.model.story import Story  # noqa: F401 - it brings the rules

ROOT = Path(__file__).parents[2]
CODE = ("provisioner", "tests", "schemas", "pyproject.toml")


@dataclass(frozen=True)
class Unfixed:
    """`changes`: in which file what becomes what. `kinds`: the rules that have to do with it."""

    name: str
    changes: tuple[tuple[str, str, str], ...]
    kinds: frozenset[str]

    @property
    def omit(self) -> str:
        return ";".join(sorted({one.kind for one in RULES.values()} - self.kinds))

    def in_tree(self, root: Path) -> None:
        """Take the fix out. Raises `LookupError` when the code has another form by now."""
        for name, fixed, broken in self.changes:
            text = (root / name).read_text()
            if text.count(fixed) != 1:
                raise LookupError(f"{self.name}: {name} has {fixed!r} {text.count(fixed)} times")
            (root / name).write_text(text.replace(fixed, broken))


LEAVING = "provisioner/workflows/leaving.py"
APPS = "provisioner/engine/apps.py"
CHECKPOINTS = "provisioner/engine/checkpoints.py"
GONE = "gone = [item for item in projects if (item.kind, item.name) not in wanted]"
NOT_FRESH = "if self._newest is None or self.holds:"

UNFIXED = (
    Unfixed(
        "1 a project that the file wants again is retired by the record that once gave it up",
        (
            (LEAVING, GONE, f"{GONE} if record.id in ids else projects"),
            (LEAVING, "after=_successors(record, domains, apps),", "after=(),"),
            (
                APPS,
                "if mode.hold is not None:\n            plans = self._assessed",
                "if False:\n            plans = self._assessed",
            ),
        ),
        frozenset({"people", "workers"}),
    ),
    Unfixed(
        "2 an outage on the first look is final",
        (
            (
                "provisioner/engine/guard.py",
                "if later := passing(error, policy):",
                "if (later := passing(error, policy)) and False:",
            ),
            (
                "provisioner/engine/endings.py",
                "later = OBSERVE_AGAIN_AFTER_BLOCKED"
                " if rounds < MOST_OBSERVATIONS_BLOCKED else None",
                "later = None",
            ),
        ),
        frozenset({"people", "services"}),
    ),
    Unfixed(
        "3 a run for one app forgets what the others leave behind",
        (
            (
                "provisioner/engine/run_record.py",
                "_left_app(app, known.get(app.id), resumed) for app in task.others",
                "_left_app(app, known.get(app.id), resumed) for app in task.others[:0]",
            ),
        ),
        frozenset({"people", "services"}),
    ),
    Unfixed(
        "4 of several projects of a record only the first is retired",
        (
            (
                LEAVING,
                "for index, project in enumerate(gone):",
                "for index, project in [*enumerate(gone)][:1]:",
            ),
            (
                "provisioner/workflows/tasks.py",
                "releases=tuple(given_up(app, records.get(app.id), left)),",
                "releases=(),",
            ),
        ),
        frozenset({"people"}),
    ),
    Unfixed(
        "5 a worker that lost its lease goes on",
        ((CHECKPOINTS, NOT_FRESH, "if True:"),),
        frozenset({"people", "workers", "time"}),
    ),
    Unfixed(
        "6 every step of an app that has a wake time wakes it",
        (
            (
                "provisioner/engine/run_record.py",
                "app.stands_at.wake_at for app in run.apps "
                "if app.stands_at and app.stands_at.wake_at",
                "step.wake_at for app in run.apps for step in app.steps if step.wake_at",
            ),
            ("provisioner/engine/step_log.py", "self._reset_others(index)", "pass"),
        ),
        frozenset({"people", "hands", "time"}),
    ),
    Unfixed(
        "7 the journal alone says whose a project is",
        (
            (
                "provisioner/actions/support/project_domains.py",
                "return carries(inputs.label, inputs, project, readers)",
                "return True",
            ),
        ),
        frozenset({"people", "hands"}),
    ),
    Unfixed(
        "8 what leaves is taken offline before what takes its place is live",
        ((LEAVING, "after=_successors(record, domains, apps),", "after=(),"),),
        frozenset({"people", "hands"}),
    ),
)


@contextmanager
def tree_without(fix: Unfixed) -> Iterator[Path]:
    """A copy of the code, without the fix."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        for name in CODE:
            source = ROOT / name
            if source.is_dir():
                shutil.copytree(source, root / name, ignore=shutil.ignore_patterns("__pycache__"))
            else:
                shutil.copy(source, root / name)
        fix.in_tree(root)
        yield root


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--seed", default="7")
    parser.add_argument("--examples", default="2000")
    parser.add_argument("--only", default="", help="how the names begin of those to try")
    given = parser.parse_args(arguments)
    missed = [
        fix.name
        for fix in UNFIXED
        if fix.name.startswith(given.only) and not _found(fix, given.seed, given.examples)
    ]
    print("\nnot found:", ", ".join(missed) or "none")
    return 1 if missed else 0


def _found(fix: Unfixed, seed: str, examples: str) -> bool:
    began = time.monotonic()
    order = ["--seed", seed, "--examples", examples, "--until-broken", "--omit", fix.omit]
    with tree_without(fix) as root:
        done = subprocess.run(
            [sys.executable, "-m", "tests.model.run", *order],
            cwd=root,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            check=False,
        )
    print(f"\n=== {fix.name}: {time.monotonic() - began:.0f} s\n{done.stdout.strip()}", flush=True)
    return done.returncode == 1 and "\nbroken: " in done.stdout


if __name__ == "__main__":
    sys.exit(main())
