"""A network on the sandbox's GitHub whose Actions workflows are run by act, for stories.

The network's repository holds this program, as a network's own does. What
people do there is told to the workflow files, whose jobs work against the
sandbox. Asserts nothing.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import httpx

from provisioner.clock import SystemClock
from provisioner.commands.plan import DEFAULT_ENVIRONMENT
from provisioner.github.door import STATUS
from provisioner.sandbox.requests import Logged
from provisioner.sandbox.seed import EXAMPLE_CATALOG
from provisioner.sandbox.server import Sandbox
from provisioner.secrets.sealing import public_of, seal
from tests import canary
from tests.e2e.act import ROOT, Act
from tests.e2e.actions_run import ActionsRun
from tests.e2e.observed import SECRETS, Json, Observed
from tests.e2e.workflow_files import workflow

Files = Mapping[str, str | None]

PROGRAM = ("provisioner/**/*", ".github/**/*", "hubs/_example.yaml", "requirements.txt")
FOR_REPORTS = {
    "PROVISIONER_REPORT_GITHUB_TOKEN": "PROVISIONER_GITHUB_TOKEN",
    "PROVISIONER_REPORT_VERCEL_TOKEN": "VERCEL_TOKEN",
}


@dataclass(frozen=True)
class Reviewed:
    """A pull request as its author sees it: after the check, after the report."""

    number: int
    sha: str
    check: ActionsRun
    report: ActionsRun
    check_calls: tuple[Logged, ...]
    """What the check asked of the sandbox."""


class ActionsNetwork(Observed):
    """People act on `sandbox`; Actions answers with runs."""

    def __init__(self, sandbox: Sandbox, act: Act) -> None:
        super().__init__(sandbox)
        self._act = act

    def give_reports_no_tokens(self) -> None:
        self._act.forget(*FOR_REPORTS)

    def set_variable(self, name: str, value: str) -> None:
        """A maintainer sets a variable of the repository."""
        self._act.set_variable(name, value)

    def artifacts(self, run_id: int) -> Path:
        """What a run's jobs have uploaded: a folder for each artifact."""
        return self._act.artifacts(run_id)

    def propose(self, files: Files, author: str = "amina-k") -> Reviewed:
        """Open a pull request from the author's fork."""
        opened = self.sandbox.control.open_pull_request("A hub file", author, files)
        return self._review(opened)

    def amend(self, number: int, files: Files) -> Reviewed:
        """Push to a pull request's branch."""
        return self._review(self.sandbox.control.push_to_pull_request(number, files))

    def _review(self, told: Json) -> Reviewed:
        events = told["events"]
        before = len(self.sandbox.control.requests())
        check = self._act.run("check", "pull_request", events["pull_request"])
        calls = tuple(self.sandbox.control.requests()[before:])
        events["workflow_run"]["workflow_run"]["conclusion"] = _conclusion(check)
        report = self._act.run("report", "workflow_run", events["workflow_run"])
        return Reviewed(told["number"], told["head_sha"], check, report, calls)

    def queue(self, files: Files) -> Reviewed:
        """A merge queue makes a commit of its own upon the default branch, and has it checked."""
        base = self.sandbox.github.network_repository().default_branch
        told = self.sandbox.control.open_pull_request("Queued", "amina-k", files, start="branch")
        sha, tip = told["head_sha"], self._head(base)
        branch = f"gh-readonly-queue/{base}/pr-{told['number']}-{tip}"
        self._move(branch, sha)
        group = {"head_sha": sha, "head_ref": f"refs/heads/{branch}"}
        group |= {"base_ref": f"refs/heads/{base}", "base_sha": tip}
        event = {"action": "checks_requested", "merge_group": group}
        check = self._act.run("check", "merge_group", event, ref=group["head_ref"])
        ended = told["events"]["workflow_run"]
        ended["workflow_run"] |= {
            "event": "merge_group",
            "head_branch": branch,
            "head_repository": ended["repository"],
            "conclusion": _conclusion(check),
        }
        report = self._act.run("report", "workflow_run", ended)
        return Reviewed(told["number"], sha, check, report, ())

    def _move(self, branch: str, sha: str) -> None:
        github = self.sandbox.github
        with github.world.lock:
            github.repositories.move(github.network_repository(), branch, sha)

    def _head(self, branch: str) -> str:
        return self.sandbox.github.network_repository().git.head(branch) or ""

    def open_unseen(self, files: Files, author: str = "amina-k") -> int:
        """Open a pull request that passes the check, which is of no interest here; its number."""
        opened = self.sandbox.control.open_pull_request("A hub file", author, files)
        given = self.sandbox.environment
        repository = f"{given['GITHUB_API_URL']}/repos/{self.sandbox.github.network}"
        httpx.post(
            f"{repository}/statuses/{opened['head_sha']}",
            headers={"Authorization": f"Bearer {given['GITHUB_TOKEN']}"},
            json={"state": "success", "context": STATUS},
        ).raise_for_status()
        return int(opened["number"])

    def merge_unseen(self, number: int) -> None:
        """Squash a pull request, and the run that it should start gets lost."""
        self.sandbox.control.merge_pull_request(number, "squash")

    def merge(self, number: int, **repository: object) -> ActionsRun:
        """Squash a pull request; the run that its push starts.

        `repository` is what the event says otherwise of the network's repository.
        """
        event = self.sandbox.control.merge_pull_request(number, "squash")["events"]["push"]
        told = {**event, "repository": {**event["repository"], **repository}}
        return self._act.run("provision", "push", told)

    def rerun(self, run: ActionsRun) -> ActionsRun:
        """A person chooses “Re-run all jobs”."""
        return self._act.rerun(run)

    def on_schedule(self) -> ActionsRun:
        """The payload of a schedule says nothing but which one it is."""
        (schedule,) = workflow("provision")["on"]["schedule"]
        return self._act.run("provision", "schedule", {"schedule": schedule["cron"]})

    def by_hand(self, hubs: str = "") -> ActionsRun:
        told = self.sandbox.control.dispatch("provision", {"hubs": hubs})
        event = told["events"]["workflow_dispatch"]
        return self._act.run("provision", "workflow_dispatch", event)

    def examine(self, hubs: str = "") -> ActionsRun:
        """A maintainer starts the doctor by hand."""
        inputs = {"environment": DEFAULT_ENVIRONMENT, "hubs": hubs}
        event = self.sandbox.control.dispatch("doctor", inputs)["events"]["workflow_dispatch"]
        return self._act.run("doctor", "workflow_dispatch", event)

    def from_outside(self, payload: Json) -> ActionsRun:
        told = self.sandbox.control.repository_dispatch("provision", payload)
        event = told["events"]["repository_dispatch"]
        return self._act.run("provision", "repository_dispatch", event)

    def sealed(self, hub: str, app: str, name: str, value: str) -> str:
        canary.plant(value)
        public = public_of(self.sandbox.environment["PROVISIONER_SEALING_KEY"])
        return seal(public, hub, app, name, value, SystemClock().now())


def _conclusion(run: ActionsRun) -> str:
    return "success" if run.succeeded else "failure"


def program_files() -> dict[str, bytes]:
    """What a network's repository holds, as far as its Actions workflows need it, and no hub."""
    paths = [path for pattern in PROGRAM for path in ROOT.glob(pattern) if path.is_file()]
    files = {
        str(path.relative_to(ROOT)): path.read_bytes()
        for path in paths
        if "__pycache__" not in path.parts
    }
    return files | {
        f"provisioner/catalog/{path.relative_to(EXAMPLE_CATALOG)}": path.read_bytes()
        for path in EXAMPLE_CATALOG.rglob("*.yaml")
    }


def actions_network(sandbox: Sandbox, folder: Path) -> ActionsNetwork:
    """Set up a network as docs/set-up.md says. `sandbox` was made with `program_files`."""
    sandbox.control.set_environment(name=DEFAULT_ENVIRONMENT, branches="custom")
    given = sandbox.environment
    variables = {name: value for name, value in given.items() if name not in SECRETS}
    secrets = {name: given[name] for name in SECRETS}
    for_reports = {name: given[source] for name, source in FOR_REPORTS.items()}
    return ActionsNetwork(sandbox, Act(folder, variables, {**secrets, **for_reports}))
