"""What only the sandbox needs is an extra: a job with secrets neither installs nor misses it."""

import re
import subprocess
import sys
import tomllib
from functools import cache
from importlib.metadata import packages_distributions

import grimp
import pytest

from provisioner.cli import COMMANDS, NEED_THE_SANDBOX
from tests.locks import DEVELOPERS, JOBS, ROOT, locked

COMMANDS_OF_JOBS = [name for name in COMMANDS if name not in NEED_THE_SANDBOX]

AS_IN_A_JOB = """
import sys

class Missing:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in {missing}:
            raise ModuleNotFoundError(f"No module named {{name!r}}", name=name)

sys.meta_path.insert(0, Missing())
"""


@cache
def missing_modules() -> set[str]:
    """What can be imported where a developer works, and not in a job with secrets."""
    others = locked(DEVELOPERS).keys() - locked(JOBS).keys()
    return {
        module
        for module, owners in packages_distributions().items()
        if {re.sub(r"[-_.]+", "-", owner).lower() for owner in owners} <= others
    }


def run_as_in_a_job(code: str) -> subprocess.CompletedProcess[str]:
    prepared = AS_IN_A_JOB.format(missing=sorted(missing_modules()))
    return subprocess.run(
        [sys.executable, "-P", "-c", prepared + code],
        cwd=ROOT,
        env={"PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )


@cache
def imports() -> grimp.ImportGraph:
    return grimp.build_graph("provisioner", include_external_packages=True, cache_dir=None)


def imported_by(command: str) -> set[str]:
    """Modules that a command imports, by however many others; imports within functions too."""
    module = f"provisioner.commands.{command.replace('-', '_')}"
    return imports().find_upstream_modules(module)


def test_the_locks_leave_the_extra_out_for_jobs_and_bring_it_to_developers() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    extra = {re.split(r"\W", line)[0] for line in project["optional-dependencies"]["sandbox"]}
    assert extra == {"dulwich", "flask", "trustme", "werkzeug"}
    assert extra & locked(JOBS).keys() == set()
    assert extra < locked(DEVELOPERS).keys()
    assert locked(JOBS).items() < locked(DEVELOPERS).items()
    assert extra < missing_modules()


@pytest.mark.parametrize("command", COMMANDS_OF_JOBS)
def test_a_command_of_a_job_imports_nothing_of_the_extra_and_no_stand_in(command: str) -> None:
    found = imported_by(command)
    assert "click" in found  # the graph knows libraries
    assert {name for name in found if name.partition(".")[0] in missing_modules()} == set()
    assert {name for name in found if name.startswith("provisioner.sandbox")} == set()


def test_every_command_of_a_job_starts_with_nothing_but_what_a_job_installs() -> None:
    done = run_as_in_a_job(
        "from provisioner.cli import provisioner\n"
        f"for name in {COMMANDS_OF_JOBS}:\n"
        "    print(provisioner.get_command(None, name).name)\n"
    )
    assert done.stderr == ""
    assert done.stdout.split() == COMMANDS_OF_JOBS


@pytest.mark.parametrize("command", NEED_THE_SANDBOX)
def test_without_the_extra_the_sandbox_says_what_to_install_and_shows_no_traceback(
    command: str,
) -> None:
    done = run_as_in_a_job(f"from provisioner.cli import main; main(['{command}'])")
    assert done.returncode == 2
    assert done.stdout == ""
    what, fix = done.stderr.splitlines()
    assert what.startswith(f"error: `{command}` needs the extra `sandbox`, which is not installed")
    assert "pip install '.[sandbox]'" in fix
    assert "make demo" in fix


def test_a_module_of_our_own_that_is_missing_is_a_bug_and_not_a_missing_extra() -> None:
    done = run_as_in_a_job(
        "sys.modules['provisioner.sandbox.server'] = None\n"
        "from provisioner.cli import main; main(['demo'])"
    )
    assert done.returncode == 70
    assert "needs the extra" not in done.stderr
