"""What the remote services hold, in words that no service owns. Frozen, no I/O."""

from datetime import datetime
from enum import StrEnum

from provisioner.models.app import BuildSettings
from provisioner.models.dns import DnsEntry
from provisioner.models.hub import Frozen


class Repository(Frozen):
    """A repository. `parent` and `template` name what it was copied from."""

    id: int
    full_name: str
    default_branch: str
    owner: str
    parent: str | None = None
    template: str | None = None
    is_template: bool = False
    private: bool = False


class Account(Frozen):
    """Who may own repositories. Names compare without regard to case."""

    login: str
    personal: bool


class Mark(Frozen):
    """What a project carries since it was made: for which app, as `<hub>/<app>`."""

    app: str
    made_at: datetime


class Project(Frozen):
    """A host's project. `repository` is the full name it is linked to."""

    id: str
    name: str
    repository: str | None = None
    repository_id: int | None = None
    production_branch: str | None = None
    build: BuildSettings = BuildSettings()
    paused: bool = False
    """It answers nobody. Where a host knows no pause, its client tells it from what is running."""
    aliases: tuple[str, ...] = ()
    """The names that its production deployment answers to."""
    serving: str | None = None
    """The id of the deployment that the production names lead to, where the host says."""
    mark: Mark | None = None


class Variable(Frozen):
    """An environment variable as the host shows it: never its value."""

    id: str
    key: str
    targets: tuple[str, ...]
    secret: bool
    comment: str = ""
    updated_at: datetime


class VariableSetting(Frozen):
    """A variable to set. `comment` is shown beside it in the host's own pages."""

    key: str
    value: str
    secret: bool
    comment: str


class DeploymentState(StrEnum):
    QUEUED = "queued"
    BUILDING = "building"
    READY = "ready"
    ERROR = "error"
    CANCELED = "canceled"
    BLOCKED = "blocked"


class Deployment(Frozen):
    """One deployment. `aliased`: its production names point at it; `labels`: our own tags."""

    id: str
    state: DeploymentState
    aliased: bool = False
    failure: str = ""
    """Why it will never be live, in the host's words; empty while it still may."""
    build: BuildSettings | None = None
    """The settings that it was built with, where the host says."""
    commit: str | None = None
    repository_id: int | None = None
    """The repository that it was built from, where the host says."""
    labels: dict[str, str] = {}
    created_at: datetime
    aliases: tuple[str, ...] = ()
    page: str = ""
    """The host's own page about it."""


class AttachedDomain(Frozen):
    """A domain on a project. `challenges` prove who owns it; any one of them is enough."""

    name: str
    zone: str
    verified: bool
    challenges: tuple[DnsEntry, ...] = ()
    in_effect: bool = True
    """Not where it takes another build until the app answers to it."""


class DomainAdvice(Frozen):
    """Which entries a domain needs, and which stand in the way."""

    misconfigured: bool
    may_improve: bool = False
    """It works as it is, but the host would rather see the wanted entries."""
    wanted: tuple[DnsEntry, ...] = ()
    conflicts: tuple[DnsEntry, ...] = ()


class TreeEntry(Frozen):
    """One entry of a git tree. `mode` is git's own, such as `100644`, and says what it is."""

    name: str
    mode: str
    sha: str
    size: int | None = None

    @property
    def is_file(self) -> bool:
        return self.mode in ("100644", "100755", "100664")

    @property
    def is_folder(self) -> bool:
        return self.mode == "040000"


class Tree(Frozen):
    """All entries of one folder at one commit, by name."""

    entries: dict[str, TreeEntry]


class Commit(Frozen):
    """A commit as lists show it. `committed_at` is what the committer's machine said."""

    sha: str
    message: str
    committed_at: datetime


class WrittenCommit(Frozen):
    """A commit as git has it."""

    sha: str
    parents: tuple[str, ...]


class Comparison(Frozen):
    """Two commits, `base` and another, and the commit where they parted."""

    base: str
    merge_base: str


class PullRequest(Frozen):
    """A pull request of the network's repository.

    `author_id` is GitHub's number of the author's account. `merge_commit` of an open one is the
    commit with which GitHub tries whether it merges; `None` where it does not, or not yet.
    """

    number: int
    author: str
    author_id: int | None = None
    base_branch: str = ""
    head_repository: str | None
    head_branch: str
    head_sha: str
    base_sha: str
    merged: bool = False
    merge_commit: str | None = None
    mergeable: bool | None = None
    """`None` while GitHub has not tried; lists never tell."""
    state: str = "open"
    opened_at: datetime | None = None


class ChangedFile(Frozen):
    """One file of a pull request. `status`: added, modified, removed, renamed, …"""

    path: str
    status: str
    sha: str = ""
    previous_path: str | None = None


class Comment(Frozen):
    """A comment on a pull request."""

    id: int
    author: str
    body: str


class PageTrouble(StrEnum):
    """What keeps a page from being live."""

    UNREACHABLE = "unreachable"
    SLOW = "slow"
    NO_CERTIFICATE = "no-certificate"
    WRONG_CERTIFICATE = "wrong-certificate"
    LEADS_AWAY = "leads-away"
    PRIVATE_ADDRESS = "private-address"
    PROTECTED = "protected"
    FAULTY = "faulty"


class PageObservation(Frozen):
    """What a visitor meets at an address."""

    trouble: PageTrouble | None = None
    reason: str = ""
    """Why it does not answer as it should, in words for people."""

    @property
    def answers(self) -> bool:
        return self.trouble is None


class Webhook(Frozen):
    """Where a bot's updates are sent. `url` is empty when they are sent nowhere."""

    bot: str
    """The bot's public id: the part of its token before the colon."""
    url: str
