"""What exists at the host, as plain records. Holds no rule and reads no clock.

Times are milliseconds since the epoch, each made by `VercelWorld.stamp`, so no
two are equal and lists can be paged by them.
"""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal

from provisioner.sandbox.vercel.behaviour import Outcome

Plan = Literal["hobby", "pro", "enterprise"]


@dataclass
class Account:
    """A team, or the token owner's own account (`personal`)."""

    id: str
    slug: str
    plan: Plan
    created: int
    personal: bool = False
    member: bool = True
    role: str = "MEMBER"
    confirmed: bool = True
    forces_sensitive: bool = False


@dataclass
class Link:
    """The repository that a project builds."""

    repository_id: int
    org: str
    repo: str
    owner_id: int
    production_branch: str
    created: int
    sourceless: bool


@dataclass
class Variable:
    id: str
    key: str
    value: str
    type: str
    target: list[str]
    git_branch: str | None
    comment: str
    created: int
    updated: int


@dataclass
class ProjectDomain:
    """A domain on a project. `challenge` is the TXT value that proves ownership, once asked for."""

    name: str
    apex: str
    created: int
    updated: int
    verified: bool = True
    challenge: str = ""
    redirect: str | None = None
    redirect_status: int | None = None
    git_branch: str | None = None


@dataclass
class Project:
    """`settings` are the build and other settings as the API names them."""

    id: str
    account: Account
    name: str
    production_host: str
    cname: str
    created: int
    updated: int
    settings: dict[str, Any] = field(default_factory=dict)
    link: Link | None = None
    protection: str | None = None
    paused: bool = False
    variables: list[Variable] = field(default_factory=list)
    domains: dict[str, ProjectDomain] = field(default_factory=dict)

    @property
    def framework(self) -> str | None:
        framework: str | None = self.settings.get("framework")
        return framework


@dataclass(frozen=True)
class GitSource:
    """The commit that a deployment builds."""

    repository_id: int
    org: str
    repo: str
    ref: str
    sha: str
    private: bool


@dataclass
class Deployment:
    """One deployment. How far it has got follows from `began`, the durations and `outcome`.

    `settings` and `environment` are the project's as they were when it began.
    `promoted` is when somebody asked for its promotion last, which counts from `promoted_at`.
    """

    id: str
    project: Project
    host: str
    target: str | None
    source: str
    git: GitSource
    meta: dict[str, str]
    settings: dict[str, Any]
    environment: dict[str, str]
    created: int
    began: datetime
    queued_seconds: float
    build_seconds: float
    alias_seconds: float
    outcome: Outcome
    is_bot: bool = False
    cancelled_at: datetime | None = None
    promoted: int = 0
    promoted_at: datetime | None = None
