"""The gate before a merge, for stories: people propose, a report judges, statuses tell."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from provisioner.commands.report import Report
from provisioner.errors import ProvisionerError
from provisioner.github.door import STATUS
from provisioner.github.events import checked_commit
from provisioner.models.journal import HubJournal, Person
from provisioner.sandbox.github.git import Odd
from provisioner.sandbox.github.history import merged_tree
from provisioner.sandbox.github.people import Files
from provisioner.sandbox.requests import Logged
from provisioner.wiring import Wiring
from tests.scenario.network import DOCS, Network

NETWORKS_MAINTAINER = "example-maintainer"
FILE = "hubs/nairobi.yaml"
MOMBASA = (
    DOCS.replace("Nairobi", "Mombasa")
    .replace("nairobi", "mombasa")
    .replace("[amina-k]", "[zuri-w]")
)


@dataclass
class Gate:
    """What is on the default branch lies in the sandbox and in the hubs directory alike."""

    network: Network
    opened: dict[int, dict[str, Any]] = field(default_factory=dict)

    def on_main(self, files: Mapping[str, str]) -> None:
        """Hub files, by hub, as if they had been merged before."""
        for hub, text in files.items():
            self.network.write(hub, text)
        self.push({f"hubs/{hub}.yaml": text for hub, text in files.items()})

    def push(self, files: Files) -> None:
        self.network.sandbox.control.push(files)

    def propose(self, files: Files, author: str = "amina-k", **more: Any) -> int:
        """Open a pull request; its number."""
        told = self.network.sandbox.control.open_pull_request("A change", author, files, **more)
        self.opened[told["number"]] = told
        return int(told["number"])

    def amend(self, number: int, files: Files) -> None:
        self.opened[number] = self.network.sandbox.control.push_to_pull_request(number, files)

    def queue(self, number: int, after: str = "") -> int:
        """A merge queue takes a pull request on top of the branch, or of what is ahead of it; a
        number for its commit."""
        people = self.network.sandbox.github
        network = people.network_repository()
        git, person = network.git, people.accounts.person(NETWORKS_MAINTAINER)
        base, who = after or git.head("main") or "", people.repositories.identity(person)
        head = self.sha(number)
        tree = merged_tree(git, base, head)
        if tree is None:
            raise AssertionError("it conflicts")
        commit = git.write_commit(tree, [base, head], who, who, f"Merge pull request #{number}")
        branch = f"gh-readonly-queue/main/pr-{number}-{base}"
        people.repositories.move(network, branch, commit)
        run = {**self.opened[number]["events"]["workflow_run"]["workflow_run"]}
        run |= {"event": "merge_group", "head_branch": branch, "head_sha": commit}
        run |= {"head_repository": {"full_name": network.full_name}}
        queued = -number
        events = {"workflow_run": {"workflow_run": run}}
        self.opened[queued] = {"head_sha": commit, "events": events}
        return queued

    def sha(self, number: int) -> str:
        return str(self.opened[number]["head_sha"])

    def event(self, number: int) -> str:
        return json.dumps(self.opened[number]["events"]["workflow_run"])

    def report(self, number: int, wiring: Wiring | None = None) -> str:
        """Judge the commit that `number` had when it was opened or amended last."""
        commit = checked_commit(self.event(number))
        return Report(wiring or self.network.wiring(), self.network.directory).about(commit)

    def judged(self, files: Files, author: str = "amina-k", **more: Any) -> str:
        """The state that a proposal's commit gets."""
        number = self.propose(files, author, **more)
        self.report(number)
        return self.state(self.sha(number))

    def state(self, sha: str) -> str:
        """The newest state of our status of a commit; nothing where there is none."""
        statuses = self.network.world()["github"]["statuses"]
        found = [one["state"] for one in statuses if (one["sha"], one["context"]) == (sha, STATUS)]
        return str(found[-1]) if found else "nothing"

    def states(self, sha: str) -> list[str]:
        """Every state that a commit ever had."""
        statuses = self.network.world()["github"]["statuses"]
        return [one["state"] for one in statuses if one["sha"] == sha]

    def comments(self, number: int) -> str:
        return "\n".join(str(item["body"]) for item in self.network.comments(number))

    def journal(self, hub: str, **persons: Any) -> HubJournal:
        """Write into the hub's journal whose it is."""
        journal = self.network.wiring().journal
        entry = journal.read(hub)
        if entry.journal is None:
            raise AssertionError(f"{hub} has no journal")
        written = journal.write(entry, entry.journal.model_copy(update=persons), "for a story")
        if written.journal is None:
            raise AssertionError("nothing was written")
        return written.journal

    def push_state(self, path: str, content: bytes) -> None:
        """Somebody who may write to the repository puts a file on the state branch."""
        control = self.network.sandbox.control
        control.push({path: content}, branch="provisioner-state")

    def account_id(self, login: str) -> int:
        return self.network.sandbox.github.accounts.person(login).id

    def person(self, login: str) -> Person:
        return Person(login=login, id=self.account_id(login))

    def calls(self, before: int) -> list[Logged]:
        return self.network.requests()[before:]


def link(target: str) -> Odd:
    """A symbolic link."""
    return Odd("120000", target)


def submodule(commit: str = "1" * 40) -> Odd:
    return Odd("160000", commit)


def refused(attempt: Callable[[], object]) -> ProvisionerError:
    """What an attempt says that does not come to its end."""
    try:
        attempt()
    except ProvisionerError as error:
        return error
    raise AssertionError("it was carried out")
