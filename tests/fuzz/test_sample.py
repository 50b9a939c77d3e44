"""A small part of `make fuzz`, in every run of the tests; with a seed of its own it is the same."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def test_hostile_files_side_by_side_break_neither_the_check_nor_the_good_file() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "tests.fuzz.run", "--seed", "7", "--count", "30"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.startswith("seed 7: 3")
