"""A network on the sandbox's GitHub whose Actions workflows are run by act, for stories.

The network's repository holds this program, as a network's own does. What
people do there is told to the workflow files, whose jobs work against the
sandbox. Asserts nothing.
"""

import json
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from provisioner.commands.plan import DEFAULT_ENVIRONMENT
from provisioner.desired.sealing import public_of, seal
from provisioner.github.state_branch import BRANCH
from provisioner.sandbox.requests import Logged
from provisioner.sandbox.server import Sandbox
from tests.e2e.act import ROOT, Act
from tests.e2e.actions_run import ActionsRun
from tests.e2e.workflow_files import workflow

Json = dict[str, Any]
Files = Mapping[str, str | None]

PROGRAM = ("provisioner", ".github", "hubs")
SECRETS = ("GITHUB_TOKEN", "PROVISIONER_GITHUB_TOKEN", "VERCEL_TOKEN", "PROVISIONER_SEALING_KEY")
FOR_REPORTS = {
    "PROVISIONER_REPORT_GITHUB_TOKEN": "PROVISIONER_GITHUB_TOKEN",
    "PROVISIONER_REPORT_VERCEL_TOKEN": "VERCEL_TOKEN",
}
TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z")


@dataclass(frozen=True)
class Reviewed:
    """A pull request as its author sees it: after the check, after the report."""

    number: int
    sha: str
    check: ActionsRun
    report: ActionsRun
    check_calls: tuple[Logged, ...]
    """What the check asked of the sandbox."""


class ActionsNetwork:
    """People act on `sandbox`; Actions answers with runs."""

    def __init__(self, sandbox: Sandbox, act: Act) -> None:
        self.sandbox = sandbox
        self._act = act

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

    def open_unseen(self, files: Files, author: str = "amina-k") -> int:
        """Open a pull request whose check is of no interest; its number."""
        opened = self.sandbox.control.open_pull_request("A hub file", author, files)
        return int(opened["number"])

    def merge_unseen(self, number: int) -> None:
        """Squash a pull request, and the run that it should start gets lost."""
        self.sandbox.control.merge_pull_request(number, "squash")

    def merge(self, number: int) -> ActionsRun:
        """Squash a pull request; the run that its push starts."""
        merged = self.sandbox.control.merge_pull_request(number, "squash")
        return self._act.run("provision", "push", merged["events"]["push"])

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

    def from_outside(self, payload: Json) -> ActionsRun:
        told = self.sandbox.control.repository_dispatch("provision", payload)
        event = told["events"]["repository_dispatch"]
        return self._act.run("provision", "repository_dispatch", event)

    def copies(self) -> list[str]:
        """The copies of the apps' sources, by full name, sorted."""
        found = self.sandbox.control.world()["github"]["repositories"]
        sources = (None, self.sandbox.github.network)
        return sorted(item["full_name"] for item in found if item["parent"] not in sources)

    def secrets_told(self, run: ActionsRun, *others: str) -> list[str]:
        """Which secrets stand in a run's log, a comment or the journal."""
        given = self.sandbox.environment
        told = [run.shown, json.dumps(self.sandbox.control.world()["github"])]
        told += [json.dumps(self.journal(hub)) for hub in self.journaled_hubs()]
        secrets = [*(given[name] for name in SECRETS), *others]
        return [secret for secret in secrets if any(secret in text for text in told)]

    def comments(self, number: int) -> list[Json]:
        found: list[Json] = self.sandbox.control.world()["github"]["comments"]
        return [comment for comment in found if comment["number"] == number]

    def statuses(self, sha: str) -> list[tuple[str, str]]:
        """Context and state of each, the oldest first."""
        found = self.sandbox.control.world()["github"]["statuses"]
        return [(item["context"], item["state"]) for item in found if item["sha"] == sha]

    def journal(self, hub: str) -> Json:
        """What the state branch holds of a hub; a KeyError if there is nothing."""
        repository = self.sandbox.github.network_repository()
        head = repository.git.head(BRANCH)
        content = repository.git.file(head, f"hubs/{hub}.json") if head else None
        if content is None:
            raise KeyError(hub)
        journal: Json = json.loads(content)
        return journal

    def journaled_hubs(self) -> list[str]:
        git = self.sandbox.github.network_repository().git
        head = git.head(BRANCH)
        entries = git.entries(git.tree_of(head), recursive=True) if head else ()
        return sorted(Path(item.path).stem for item in entries if item.path.endswith(".json"))

    def an_hour_passes(self) -> None:
        """Jobs run by the clock of this machine, so the journal's times move into the past."""
        git = self.sandbox.github.network_repository().git
        files = {
            f"hubs/{hub}.json": TIME.sub(_an_hour_earlier, json.dumps(self.journal(hub), indent=1))
            for hub in self.journaled_hubs()
        }
        if git.head(BRANCH):
            self.sandbox.control.push(files, branch=BRANCH, message="An hour earlier")

    def set_dns(self, hub: str) -> None:
        """Set what the hub's comment asks for."""
        entries = [entry for app in self.journal(hub)["run"]["apps"] for entry in app["dns"]]
        self.sandbox.control.set_dns(
            [{key: entry[key] for key in ("type", "name", "value")} for entry in entries]
        )

    def sealed(self, hub: str, app: str, name: str, value: str) -> str:
        public = public_of(self.sandbox.environment["PROVISIONER_SEALING_KEY"])
        return seal(public, hub, app, name, value)


def _conclusion(run: ActionsRun) -> str:
    return "success" if run.succeeded else "failure"


def _an_hour_earlier(match: re.Match[str]) -> str:
    moved = datetime.fromisoformat(match[0]) - timedelta(hours=1)
    return moved.isoformat().replace("+00:00", "Z")


def program_files() -> dict[str, bytes]:
    """What a network's repository holds, as far as its Actions workflows need it."""
    paths = [path for folder in PROGRAM for path in (ROOT / folder).rglob("*") if path.is_file()]
    paths = [path for path in paths if "__pycache__" not in path.parts]
    return {
        str(path.relative_to(ROOT)): path.read_bytes()
        for path in [*paths, ROOT / "requirements.txt"]
    }


@contextmanager
def actions_network(folder: Path, specs: Path | None) -> Iterator[ActionsNetwork]:
    """A fresh network, set up as the README says, with no hub yet."""
    with Sandbox(files=program_files(), specs=specs) as sandbox:
        sandbox.control.set_environment(name=DEFAULT_ENVIRONMENT, branches="protected")
        given = sandbox.environment
        variables = {name: value for name, value in given.items() if name not in SECRETS}
        secrets = {name: given[name] for name in SECRETS}
        for_reports = {name: given[source] for name, source in FOR_REPORTS.items()}
        yield ActionsNetwork(sandbox, Act(folder, variables, {**secrets, **for_reports}))
