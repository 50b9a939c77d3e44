"""How long a job with secrets installs its libraries: by its action, and by pip alone beside it.

The same libraries each time, into an empty Python, without any cache, from whatever index this
machine's environment gives. uv compiles nothing, so the first command is timed too. Prints;
nothing passes or fails by it.
"""

import os
import subprocess
import sys
import time
import venv
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from tests.e2e.workflow_files import ACTIONS, load
from tests.locks import INSTALLER, JOBS, ROOT, locked

ROUNDS = 3
BY_PIP = (
    "python -m pip install --quiet --disable-pip-version-check --no-cache-dir "
    "--require-hashes --only-binary :all: -r requirements.txt"
)
FIRST_COMMAND = "python -P -m provisioner plan --help"
LOOKS = {
    "pip": "{python} -m pip download --quiet --no-cache-dir --no-deps --dest {folder} mdurl",
    "uv": "echo mdurl | {python} -m uv pip compile --quiet --no-cache -",
}
"""One small library each: is there an index that answers?"""

NewPython = Callable[[], Mapping[str, str]]


@pytest.fixture
def new_python(tmp_path: Path) -> NewPython:
    """An environment whose `python` is new and empty, but for pip."""

    def new() -> Mapping[str, str]:
        folder = tmp_path / str(time.monotonic_ns())
        venv.create(folder, with_pip=True)
        path = f"{folder / 'bin'}{os.pathsep}{os.environ['PATH']}"
        return {**os.environ, "PATH": path, "PYTHONPATH": str(ROOT)}

    return new


@pytest.fixture
def index(tmp_path: Path) -> None:
    for name, look in LOOKS.items():
        done = run(look.format(python=sys.executable, folder=tmp_path), os.environ)
        if done.returncode:
            last = (done.stderr.strip() or "it gave no reason").splitlines()[-1]
            pytest.skip(f"{name} finds no index here: {last}")


def run(command: str, environ: Mapping[str, str]) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["bash", "-c", command],
        cwd=ROOT,
        env={**environ},
        capture_output=True,
        text=True,
        check=False,
    )


def seconds(command: str, environ: Mapping[str, str]) -> float:
    start = time.perf_counter()
    done = run(command, environ)
    taken = time.perf_counter() - start
    assert done.returncode == 0, done.stderr
    return taken


def of_the_action() -> list[str]:
    (setup,) = (load(path) for path in ACTIONS)
    return [step["run"] for step in setup["runs"]["steps"] if "run" in step]


def test_installing(index: None, new_python: NewPython) -> None:
    print(f"\n{len(locked(JOBS))} libraries, and {len(locked(INSTALLER))} to install them")
    for _ in range(ROUNDS):
        for name, commands in (("pip", [BY_PIP]), ("uv", of_the_action())):
            python = new_python()
            parts = [seconds(command, python) for command in commands]
            first = seconds(FIRST_COMMAND, python)
            each = " + ".join(f"{part:.1f}" for part in parts)
            print(f"{name}: {sum(parts):.1f} s ({each}); the first command then {first:.1f} s")
