"""What is known of a host before anybody asks it: its names, abilities, words. No I/O.

A host tells its kind in one value, made in its own folder and listed in `registry`. Clients are
imported when they are made: reading hub files needs none.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, ClassVar, Protocol

from provisioner.clock import Clock
from provisioner.hosting.problems import Concerned, HostProblem
from provisioner.models.diagnosis import Verdict
from provisioner.models.hub import Frozen
from provisioner.models.remote import Account
from provisioner.models.setup import Team
from provisioner.refusals import Words

if TYPE_CHECKING:
    from provisioner.hosting.accounts import HostAccountReader
    from provisioner.hosting.base import Host
    from provisioner.transport import HttpClient


@dataclass(frozen=True)
class Abilities:
    """What hosts do differently. The workflows and actions ask here, never which host it is."""

    push_deploys: bool = True
    """A push to the copy is built without being asked for."""
    domains_after_build: bool = True
    """Domains are connected after a good build, and answer at once. Else they are connected
    first, and it takes a build until they answer: see `AttachedDomain.in_effect`."""
    dns_before_domains: bool = False
    """The entries are known, and have to stand, before a domain is connected."""
    build_log: bool = True


@dataclass(frozen=True)
class Hints:
    """Where a person finds it in the host's own pages. `{project}` and `{hub}` are filled in."""

    show_to_all: str
    take_redirect_away: str
    connect: str
    """Stands before what is to be done: "connect it to …"."""
    release_domain: str
    """Stands before the domain's name is told as in use; `{where}` are its settings."""
    promote: str


class HostAccount(Frozen):
    """What a hub file says below the host's key: the account that its projects belong to."""

    where: ClassVar[str]
    """The key that names it, such as `team`."""

    @property
    def name(self) -> str:
        return str(getattr(self, self.where))


@dataclass(frozen=True)
class AccountWords:
    """`noun` as in "the … is another hub's"; `title` as in "… is not …"."""

    noun: str
    title: str
    description: str
    """Of the group in the hub file, for its schema."""
    pattern: str
    """The schema's, by which the name is judged."""
    correct: Callable[[str], str]
    """How a wrong name is put right: a hint, no full stop."""


class HostDoctor(Protocol):
    """Judges what was seen of an account. Pure."""

    def team(self, user: str, team: Team | None) -> Verdict:
        """May the token's user work in the account?"""
        ...

    def pair(self, owner: Account, team: Team, linked: Callable[[], tuple[str, ...]]) -> Verdict:
        """May projects of the account build the repositories of the owner?

        `linked` asks what the account's projects are linked to.
        """
        ...


@dataclass(frozen=True)
class HostAccess:
    """What a client is made of."""

    url: str
    token: str
    http: "HttpClient"
    clock: Clock


@dataclass(frozen=True)
class HostKind:
    key: str
    """In hub files, in the journal, in the names of settings."""
    name: str
    url: str
    account: type[HostAccount]
    account_words: AccountWords
    own_domains: tuple[str, ...]
    """Names below these are given out by the host alone."""
    pages: str
    """A pattern of the host's own pages, to which a comment may link."""
    error_header: str
    """The header in which the host says why a page is not served."""
    hints: Hints
    words: Callable[[HostProblem, Concerned], Words | None]
    doctor: HostDoctor
    connect: Callable[[HostAccess], "Host"]
    accounts: Callable[[HostAccess], "HostAccountReader"]
    abilities: Abilities = field(default_factory=Abilities)

    @property
    def token_name(self) -> str:
        return f"{self.key.upper()}_TOKEN"

    @property
    def url_name(self) -> str:
        return f"{self.key.upper()}_API_URL"
