"""The Python that the tests give to a job is as poor as a job's: what is locked for it, no more."""

import subprocess
from pathlib import Path

from tests.e2e.job_python import make_python
from tests.locks import INSTALLER, JOBS, locked

LIST = """
import re
from importlib.metadata import distributions
for found in distributions():
    print(re.sub(r"[-_.]+", "-", found.name).lower(), found.version)
"""


def printed_by(folder: Path, code: str) -> str:
    python = folder / "bin" / "python"
    return subprocess.run(
        [python, "-P", "-c", code], check=True, capture_output=True, text=True
    ).stdout


def test_a_job_has_the_libraries_that_are_locked_for_it_and_no_other(tmp_path: Path) -> None:
    make_python(tmp_path)
    installed = dict(line.split() for line in printed_by(tmp_path, LIST).splitlines())
    assert installed.pop("pip")
    assert installed == {**locked(JOBS), **locked(INSTALLER)}


def test_a_job_cannot_import_the_provisioner_but_from_its_checkout(tmp_path: Path) -> None:
    make_python(tmp_path)
    find = "import importlib.util; print(importlib.util.find_spec('provisioner'))"
    assert printed_by(tmp_path, find) == "None\n"
