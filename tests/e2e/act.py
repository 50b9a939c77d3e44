"""Runs Actions workflow files with `act`: no containers, stand-ins for the actions of others."""

import itertools
import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from tests import canary
from tests.e2e.actions_run import ActionsRun, read_run
from tests.e2e.job_python import make_python

ROOT = Path(__file__).resolve().parents[2]
WORKFLOWS = ROOT / ".github" / "workflows"
STAND_INS = Path(__file__).parent / "stand_ins"
BIN = Path(sys.executable).parent
ACT = BIN / "act"
SECONDS = 120


def why_act_cannot_run() -> str:
    """Empty where it can; else what is missing on this machine."""
    missing = [name for name in ("bash", "git") if shutil.which(name) is None]
    if missing:
        return f"this machine has no {' and no '.join(missing)}"
    try:
        subprocess.run([ACT, "--version"], check=True, capture_output=True, timeout=SECONDS)
    except (OSError, subprocess.SubprocessError) as error:
        return f"act does not start here: {error}"
    return ""


@dataclass(frozen=True)
class Order:
    """One attempt of one Actions run."""

    number: int
    workflow: str
    event: str
    payload: Mapping[str, Any]
    ref: str = ""
    attempt: int = 1


class Act:
    """Runs this repository's workflow files, as Actions would for an event.

    Jobs get `environment` and `secrets`, and nothing of the environment of the
    tests. act does not know `concurrency.queue`, so it gets copies without it.
    """

    def __init__(
        self, folder: Path, environment: Mapping[str, str], secrets: Mapping[str, str]
    ) -> None:
        self._folder = folder
        self._environment = dict(environment)
        self._secrets = dict(secrets)
        self._variables: dict[str, str] = {}
        self._artifacts = folder / "artifacts"
        self._numbers = itertools.count(9_001)
        self._orders: dict[int, Order] = {}
        self._project = folder / "project"
        self._make_project()
        self._python = folder / "python"
        make_python(self._python)

    def forget(self, *secrets: str) -> None:
        """Some secrets are not set in this repository."""
        for name in secrets:
            del self._secrets[name]

    def set_variable(self, name: str, value: str) -> None:
        """A maintainer sets a variable of the repository."""
        self._variables[name] = value

    def artifacts(self, run_id: int) -> Path:
        """The folder of what a run's jobs have uploaded, one folder for each artifact."""
        folder = self._artifacts / str(run_id)
        folder.mkdir(parents=True, exist_ok=True)
        return folder

    def _make_project(self) -> None:
        """A git repository with the workflow files; all else is checked out by the jobs."""
        workflows = self._project / ".github" / "workflows"
        workflows.mkdir(parents=True)
        for path in WORKFLOWS.glob("*.yml"):
            (workflows / path.name).write_text(without_queue(path.read_text()))
        self._git("init", "--quiet", "--initial-branch=main")
        self._git("add", ".")
        who = ("-c", "user.name=Test", "-c", "user.email=test@example.org")
        self._git(*who, "commit", "--quiet", "--message", "Workflow files")

    def _git(self, *arguments: str) -> None:
        subprocess.run(["git", "-C", self._project, *arguments], check=True, env=self._clean())

    def _clean(self) -> dict[str, str]:
        return {
            "PATH": os.environ["PATH"],
            "HOME": str(self._folder),
            "LANG": "C.UTF-8",
            "GIT_CONFIG_NOSYSTEM": "1",
        }

    def run(
        self, workflow: str, event: str, payload: Mapping[str, Any], ref: str = ""
    ) -> ActionsRun:
        """Run one workflow file for one event, to its end.

        `ref` is the reference that the event stands on, where act does not know.
        """
        return self._run(Order(next(self._numbers), workflow, event, payload, ref))

    def rerun(self, run: ActionsRun) -> ActionsRun:
        """Run all jobs of a run again: the same event, the same number, the next attempt."""
        return self._run(replace(self._orders[run.id], attempt=self._orders[run.id].attempt + 1))

    def _run(self, order: Order) -> ActionsRun:
        self._orders[order.number] = order
        self.artifacts(order.number)
        event_file = self._folder / f"event-{order.number}.json"
        event_file.write_text(json.dumps(order.payload))
        done = subprocess.run(
            [str(ACT), order.event, *self._options(order, event_file)],
            cwd=self._project,
            env=self._clean(),
            capture_output=True,
            text=True,
            timeout=SECONDS,
            check=False,
        )
        run = read_run(order.number, done.returncode, done.stdout + done.stderr)
        canary.must_not_show("the log of an Actions run", run.shown)
        for job in run.jobs:
            canary.must_not_show("the summary of an Actions job", job.summary)
        return run

    def _secret_file(self) -> Path:
        """Not among the arguments, which every user of this machine can read."""
        path = self._folder / "secrets"
        path.write_text("".join(f'{name}="{text}"\n' for name, text in self._secrets.items()))
        path.chmod(0o600)
        return path

    def _options(self, order: Order, event_file: Path) -> list[str]:
        variables = {
            **self._environment,
            "GITHUB_RUN_ID": str(order.number),
            "GITHUB_RUN_ATTEMPT": str(order.attempt),
            "TEST_PYTHON_FOLDER": str(self._python / "bin"),
            "TEST_ARTIFACTS": str(self._artifacts),
            **({"GITHUB_REF": order.ref} if order.ref else {}),
            "PIP_NO_INDEX": "1",  # the locked libraries are here already, or the test fails
            "UV_OFFLINE": "1",
        }
        return [
            *("--workflows", f".github/workflows/{order.workflow}.yml"),
            *("--eventpath", str(event_file)),
            *("--json", "--no-cache-server", "--no-skip-checkout"),
            *("--platform", "ubuntu-24.04=-self-hosted"),
            *("--action-cache-path", str(self._folder / "cache")),
            *(part for used in used_actions() for part in ("--local-repository", stand_in(used))),
            *(f"--env={name}={value}" for name, value in variables.items()),
            *("--secret-file", str(self._secret_file())),
            *(f"--var={name}={value}" for name, value in self._variables.items()),
        ]


def without_queue(text: str) -> str:
    return re.sub(r"(?m)^ +queue: max\n", "", text)


def used_actions() -> list[str]:
    """Every action of others that provisioning uses, as `owner/name@commit`."""
    files = [*WORKFLOWS.glob("*.yml"), *(ROOT / ".github" / "actions").glob("*/action.yml")]
    found = (re.findall(r"uses: ([\w-]+/[\w-]+@[0-9a-f]{40})", path.read_text()) for path in files)
    return sorted(set(itertools.chain.from_iterable(found)))


def stand_in(used: str) -> str:
    """What act is told: this action is that folder. A missing stand-in is an error."""
    folder = STAND_INS / used.partition("@")[0].partition("/")[2]
    if not folder.is_dir():
        raise FileNotFoundError(f"no stand-in for {used}: {folder}")
    return f"{used}={folder}"
