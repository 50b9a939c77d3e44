"""What a story looks at after a run: comments, statuses, journal, copies. Runs nothing.

Its one change is that time passes.
"""

import json
import re
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from provisioner.github.state_branch import BRANCH
from provisioner.sandbox.server import Sandbox
from tests.e2e.actions_run import ActionsRun

Json = dict[str, Any]

SECRETS = ("GITHUB_TOKEN", "PROVISIONER_GITHUB_TOKEN", "VERCEL_TOKEN", "PROVISIONER_SEALING_KEY")
TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z")


class Observed:
    """The network's repository on `sandbox`, from outside."""

    def __init__(self, sandbox: Sandbox) -> None:
        self.sandbox = sandbox

    def copies(self) -> list[str]:
        """The copies of the apps' sources, by full name, sorted."""
        found = self.sandbox.control.world()["github"]["repositories"]
        sources = (None, self.sandbox.github.network)
        return sorted(item["full_name"] for item in found if item["parent"] not in sources)

    def deployments(self) -> dict[str, list[str]]:
        """The states of every project's deployments, sorted."""
        projects = self.sandbox.control.world()["vercel"]["projects"]
        return {
            project["name"]: sorted(one["state"] for one in project["deployments"])
            for project in projects
        }

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


def _an_hour_earlier(match: re.Match[str]) -> str:
    moved = datetime.fromisoformat(match[0]) - timedelta(hours=1)
    return moved.isoformat().replace("+00:00", "Z")
