"""The accounts that a hub file names, as values. Judges nothing.

The network's own accounts are free to all, so they are none of a hub's.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from provisioner.desired.rules.view import SeenHub
from provisioner.models.network import Network


class AccountKind(StrEnum):
    """Where in a hub file an account stands."""

    OWNER = "github.owner"
    TEAM = "vercel.team"


@dataclass(frozen=True)
class Account:
    """An account as it is written; `key` is the same for every spelling of one account."""

    kind: AccountKind
    name: str

    @property
    def key(self) -> tuple[AccountKind, str]:
        return self.kind, self.name.lower()

    @property
    def pointer(self) -> str:
        return "/" + self.kind.value.replace(".", "/")


def own_accounts(hub: SeenHub, network: Network) -> Iterator[Account]:
    """The accounts that a hub file names and that are not the network's."""
    yield from not_the_networks(hub.owner, hub.team, network)


def not_the_networks(owner: str | None, team: str | None, network: Network) -> Iterator[Account]:
    """Those of the two that are named and not the network's."""
    if owner is not None and owner.lower() != network.owner.lower():
        yield Account(AccountKind.OWNER, owner)
    if team is not None and team.lower() != network.team.lower():
        yield Account(AccountKind.TEAM, team)
