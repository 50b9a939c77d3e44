"""Accounts, repositories, issues and pull requests as plain records.

Holds no rule and reads no clock.
"""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal

from provisioner.sandbox.github.git import GitRepository

Permission = Literal["none", "read", "write", "admin"]
PERMISSIONS: tuple[Permission, ...] = ("none", "read", "write", "admin")


@dataclass
class Account:
    """A user, an organisation or a bot.

    `members` gives the role of each login in an organisation; `app` says what
    the host's GitHub App may see of the account's repositories: `all`, `none`,
    or only those that it was `selected` for (`app_repositories`).
    """

    id: int
    login: str
    type: Literal["User", "Organization", "Bot"]
    created_at: datetime
    exists: bool = True
    members: dict[str, str] = field(default_factory=dict)
    open_to_members: bool = True
    forks_of_private: bool = True
    app: Literal["all", "selected", "none"] = "all"
    app_repositories: set[int] = field(default_factory=set)
    public_members: set[str] = field(default_factory=set)

    @property
    def is_organization(self) -> bool:
        return self.type == "Organization"


@dataclass
class Repository:
    """A repository. `readable_at` is when a new copy's commits can be read."""

    id: int
    owner: Account
    name: str
    git: GitRepository
    created_at: datetime
    pushed_at: datetime
    readable_at: datetime
    creator: str
    default_branch: str = "main"
    description: str | None = None
    private: bool = False
    parent: "Repository | None" = None
    template: "Repository | None" = None
    is_template: bool = False
    allow_forking: bool = True
    archived: bool = False
    has_actions: bool = True
    allowed_actions: str = "all"
    settings: dict[str, Any] = field(default_factory=dict)
    collaborators: dict[str, Permission] = field(default_factory=dict)
    protections: dict[str, "Protection"] = field(default_factory=dict)
    environments: dict[str, "Environment"] = field(default_factory=dict)

    @property
    def full_name(self) -> str:
        return f"{self.owner.login}/{self.name}"

    @property
    def fork(self) -> bool:
        return self.parent is not None

    @property
    def source(self) -> "Repository | None":
        """The root of the fork network; None for the root itself."""
        root = self.parent
        while root is not None and root.parent is not None:
            root = root.parent
        return root


@dataclass
class Protection:
    """The protection of one branch: which statuses must be green, and how strictly.

    One that is a `ruleset` has no branch protection rule to show.
    """

    contexts: list[str] = field(default_factory=list)
    strict: bool = False
    enforce_admins: bool = False
    reviews: int | None = None
    ruleset: bool = False
    code_owners: bool = False
    deletable: bool = False
    forcible: bool = False
    updates: bool = False


@dataclass
class Environment:
    """An Actions environment. `branches` says which may use it."""

    id: int
    name: str
    created_at: datetime
    updated_at: datetime
    branches: Literal["all", "protected", "custom"] = "all"
    wait_timer: int = 0
    policies: list[str] = field(default_factory=list)


@dataclass
class Label:
    id: int
    name: str
    color: str = "ededed"


@dataclass
class Issue:
    """An issue, or the half of a pull request that is one."""

    id: int
    number: int
    repository: Repository
    title: str
    body: str | None
    author: Account
    created_at: datetime
    updated_at: datetime
    state: Literal["open", "closed"] = "open"
    state_reason: str | None = None
    closed_at: datetime | None = None
    closed_by: Account | None = None
    labels: list[str] = field(default_factory=list)
    assignees: list[str] = field(default_factory=list)


@dataclass
class PullRequest:
    """The other half of a pull request. `head_repository` is None once it was deleted."""

    id: int
    issue: Issue
    base_branch: str
    base_sha: str
    head_branch: str
    head_sha: str
    head_owner: Account
    head_repository: Repository | None
    merged_at: datetime | None = None
    merged_by: Account | None = None
    merge_commit_sha: str | None = None
    rebased: list[str] = field(default_factory=list)
    """The commits that a merge by rebase made of its own."""

    @property
    def number(self) -> int:
        return self.issue.number

    @property
    def repository(self) -> Repository:
        return self.issue.repository

    @property
    def label(self) -> str:
        return f"{self.head_owner.login}:{self.head_branch}"


@dataclass
class Comment:
    id: int
    issue: Issue
    author: Account
    body: str
    created_at: datetime
    updated_at: datetime
