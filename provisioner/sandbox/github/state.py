"""GitHub as a whole: everything that exists there. Speaks no HTTP."""

from collections.abc import Mapping
from datetime import datetime

from provisioner.sandbox.github.access import Access
from provisioner.sandbox.github.accounts import MAINTAINER, Accounts
from provisioner.sandbox.github.copies import Copies
from provisioner.sandbox.github.issues import Issues
from provisioner.sandbox.github.limits import Limits
from provisioner.sandbox.github.merging import Merging
from provisioner.sandbox.github.pulls import Pulls
from provisioner.sandbox.github.records import Account, Repository
from provisioner.sandbox.github.repositories import Repositories
from provisioner.sandbox.github.run_records import ActionsRun, CheckRun, Dispatch, Status
from provisioner.sandbox.world import World


class GitHubWorld:
    """The stand-in's state; hold `world.lock` while using it.

    `url` is where the API and the repositories are served; it stands in every
    answer. `network` is the repository that the Actions token is good for.
    """

    def __init__(self, world: World, url: str, network: str) -> None:
        self.world = world
        self.url = url
        self.network = network
        self.accounts = Accounts(world)
        self.repositories = Repositories(world)
        self.copies = Copies(world, self.repositories)
        self.access = Access(network)
        self.issues = Issues(world)
        self.pulls = Pulls(world, self.repositories, self.issues)
        self.merging = Merging(world, self.repositories, self.issues)
        self.limits = Limits(world)
        self.statuses: list[Status] = []
        self.check_runs: dict[int, CheckRun] = {}
        self.runs: dict[int, ActionsRun] = {}
        self.dispatches: list[Dispatch] = []
        self.tree_entries = 100_000
        self.token_changes_workflows = True
        self.token_scopes: list[str] | None = None
        self.token_ends: datetime | None = None

    def seed(
        self, files: Mapping[str, bytes], sources: Mapping[str, Mapping[str, bytes]]
    ) -> Repository:
        """Make the network's repository, and the repositories that apps are copied from."""
        for full_name in sources:
            self._source(full_name, sources[full_name])
        owner, name = self._names(self.network)
        owner.members[MAINTAINER] = "admin"
        return self.repositories.create(owner, name, self.accounts.person(MAINTAINER), files)

    def _source(self, full_name: str, files: Mapping[str, bytes]) -> None:
        """Two commits, so that there is a history to tell a fork from a copy by."""
        owner, name = self._names(full_name)
        first = {path: data for path, data in files.items() if path == "README.md"}
        repository = self.repositories.create(owner, name, owner, first, is_template=True)
        self.repositories.commit_files(repository, "main", files, "First version", owner)

    def _names(self, full_name: str) -> tuple[Account, str]:
        owner, _, name = full_name.partition("/")
        return self.accounts.declare(owner, "Organization"), name

    def network_repository(self) -> Repository:
        found = self.repositories.find(self.network)
        if found is None:
            raise KeyError(self.network)
        return found

    def start_run(
        self,
        repository: Repository,
        workflow: str,
        event: str,
        branch: str,
        sha: str,
        actor: Account,
        head: Repository | None = None,
    ) -> ActionsRun:
        """Register an Actions run, queued. `head` is where the branch is, if not here."""
        now = self.world.clock.now()
        own = sum(one.repository is repository for one in self.runs.values())
        run = ActionsRun(
            id=self.world.number(),
            number=own + 1,
            repository=repository,
            workflow=workflow,
            event=event,
            head_branch=branch,
            head_sha=sha,
            head_repository=head or repository,
            actor=actor,
            created_at=now,
            updated_at=now,
            status="queued",
            conclusion=None,
        )
        self.runs[run.id] = run
        return run

    def delete_repository(self, repository: Repository) -> None:
        """With all that leads to it: pull requests from it lose their head repository."""
        for pull in self.pulls.all():
            if pull.head_repository is repository:
                pull.head_repository = None
        self.repositories.delete(repository)
