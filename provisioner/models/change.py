"""What a merge would change, and who asks for it. Frozen, no I/O."""

from enum import StrEnum

from provisioner.models.hub import Frozen
from provisioner.models.journal import Person
from provisioner.models.remote import TreeEntry


class MergeEffect(Frozen):
    """The folder of hub files before and after a merge, entry by entry, and what else it changes.

    `elsewhere` are names at the top of the repository. Without `exact` the merge itself could not
    be tried, because the two sides conflict: then `after` is the proposal as it stands.
    """

    before: dict[str, TreeEntry] = {}
    after: dict[str, TreeEntry] = {}
    elsewhere: tuple[str, ...] = ()
    exact: bool = True

    @property
    def changed(self) -> tuple[str, ...]:
        """The names of the entries that differ, in content or in kind."""
        names = sorted({*self.before, *self.after})
        return tuple(name for name in names if self.before.get(name) != self.after.get(name))


class Owners(Frozen):
    """Who may change one hub's file, as the default branch and the journal have it.

    `present` is the file on the default branch: `None` where there is none, empty where its
    maintainers cannot be read. `recorded` are the persons in the journal, the network's in
    `recorded_network`; `known` is whether the name has a journal at all.
    """

    present: tuple[str, ...] | None = None
    network: tuple[str, ...] = ()
    known: bool = False
    recorded: tuple[Person, ...] = ()
    recorded_network: tuple[Person, ...] = ()


class Connection(StrEnum):
    """How the author of a pull request stands to an account that a hub file names."""

    SAME = "same"
    PUBLIC_MEMBER = "public-member"
    NOT_SEEN = "not-seen"
    """Neither the account itself nor publicly a member of it: GitHub shows no more."""
    UNKNOWN = "unknown"
    """It could not be looked at, or the service shows nothing of the kind."""


class FirstUse(Frozen):
    """An account that no hub file has named so far."""

    kind: str
    account: str
    author: Connection = Connection.UNKNOWN


class Neighbour(Frozen):
    """A domain that lies above, below or `www.` beside another hub's."""

    domain: str
    relation: str
    hub: str
    other: str


class Review(Frozen):
    """What only a person can judge before a merge."""

    author: str
    elsewhere: tuple[str, ...] = ()
    first_uses: tuple[FirstUse, ...] = ()
    neighbours: tuple[Neighbour, ...] = ()
    former_maintainers: tuple[str, ...] = ()
    """Whose the hub's name was, where its file was removed and comes back now."""

    @property
    def is_empty(self) -> bool:
        seen = (self.elsewhere, self.first_uses, self.neighbours, self.former_maintainers)
        return not any(seen)
