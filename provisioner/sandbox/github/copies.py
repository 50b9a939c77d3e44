"""Forks and copies of templates, with what GitHub does when it does not do what was asked.

See docs.github.com: rest/repos/forks, and "create a repository using a
template". Who may ask is not judged here.
"""

from datetime import datetime, timedelta

from provisioner.sandbox.github.git import HEADS, GitRepository
from provisioner.sandbox.github.records import Account, Repository
from provisioner.sandbox.github.repositories import Repositories
from provisioner.sandbox.world import World


class Copies:
    """Makes repositories out of repositories. Copies can be read only some time later."""

    def __init__(self, world: World, repositories: Repositories) -> None:
        self._world = world
        self._repositories = repositories
        self.several_forks = False
        """Whether an organisation may fork its own repository more than once: written nowhere."""

    def fork(
        self,
        source: Repository,
        owner: Account,
        creator: Account,
        name: str | None = None,
        default_branch_only: bool = False,
    ) -> Repository:
        """A fork for `owner`; the one there is, under the name it has, if there is one.

        An owner has one fork of a network; the organisation that owns the source
        can have one too, under another name (github/roadmap#330). A person who owns
        the source gets the source. A name that something else has gets a number at its end.
        """
        existing = self._existing(source, owner, name or source.name)
        if existing is not None:
            return existing
        git = GitRepository(shared_with=source.git)
        for branch, sha in source.git.branches().items():
            if branch == source.default_branch or not default_branch_only:
                git.set_ref(HEADS + branch, sha)
        return self._repositories.add(
            owner,
            self._free_name(owner, name or source.name),
            creator,
            git,
            default_branch=source.default_branch,
            description=source.description,
            private=source.private,
            parent=source,
            has_actions=False,
            readable_at=self._ready(),
        )

    def _existing(self, source: Repository, owner: Account, name: str) -> Repository | None:
        """What `owner` gets instead of a fork of this name."""
        owns_source = source.owner is owner
        if owns_source and not (owner.is_organization and name.lower() != source.name.lower()):
            return source
        network = source.source or source
        held = [one for one in self._repositories.of(owner) if (one.source or one) is network]
        if owns_source:
            held.remove(source)
        if owns_source and self.several_forks:
            held = [one for one in held if one.name.lower() == name.lower()]
        return next(iter(held), None)

    def generate(
        self,
        template: Repository,
        owner: Account,
        creator: Account,
        name: str,
        private: bool = False,
        description: str | None = None,
        include_all_branches: bool = False,
    ) -> Repository:
        """A copy without history or link: each branch has one commit, the copier's."""
        git = GitRepository()
        for branch, sha in template.git.branches().items():
            if branch == template.default_branch or include_all_branches:
                git.set_ref(HEADS + branch, self._first_commit(template.git, sha, git, creator))
        return self._repositories.add(
            owner,
            name,
            creator,
            git,
            default_branch=template.default_branch,
            description=description,
            private=private,
            template=template,
            readable_at=self._ready(),
        )

    def _first_commit(
        self, source: GitRepository, sha: str, target: GitRepository, creator: Account
    ) -> str:
        entries = source.entries(source.tree_of(sha), recursive=True)
        files = {
            one.path: (one.mode, target.write_blob(source.blob(one.sha) or b""))
            for one in entries
            if one.kind == "blob"
        }
        who = self._repositories.identity(creator)
        return target.write_commit(target.write_tree(None, files), [], who, who, "Initial commit")

    def _free_name(self, owner: Account, wanted: str) -> str:
        name, number = wanted, 0
        while self._repositories.find(f"{owner.login}/{name}") is not None:
            number += 1
            name = f"{wanted}-{number}"
        return name

    def _ready(self) -> datetime:
        return self._world.clock.now() + timedelta(seconds=self._world.latency.fork_readable)
