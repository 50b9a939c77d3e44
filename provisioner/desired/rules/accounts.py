"""The accounts that a hub file names, as values. Judges nothing.

The network's own accounts are free to all, so they are none of a hub's.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from provisioner.desired.rules.view import SeenHub
from provisioner.hosting.registry import FIRST, HOSTS
from provisioner.models.network import Network


@dataclass(frozen=True)
class AccountKind:
    """Where in a hub file an account stands, such as `github.owner`, and what it is called."""

    where: str
    noun: str


OWNER = AccountKind("github.owner", "GitHub account")
AT_HOST = {
    kind.key: AccountKind(f"{kind.key}.{kind.account.where}", kind.account_words.noun)
    for kind in HOSTS.values()
}
NOUNS = {kind.where: kind.noun for kind in (OWNER, *AT_HOST.values())}


@dataclass(frozen=True)
class Account:
    """An account as it is written; `key` is the same for every spelling of one account."""

    kind: AccountKind
    name: str

    @property
    def key(self) -> tuple[str, str]:
        return self.kind.where, self.name.lower()

    @property
    def pointer(self) -> str:
        return "/" + self.kind.where.replace(".", "/")


def own_accounts(hub: SeenHub, network: Network) -> Iterator[Account]:
    """The accounts that a hub file names and that are not the network's."""
    yield from not_the_networks(hub.owner, hub.accounts, network)


def not_the_networks(
    owner: str | None, accounts: Mapping[str, str], network: Network
) -> Iterator[Account]:
    """Those that are named and not the network's. `accounts`: by the host's key."""
    if owner is not None and owner.lower() != network.owner.lower():
        yield Account(OWNER, owner)
    for host, name in accounts.items():
        if host != FIRST.key or name.lower() != network.team.lower():
            yield Account(AT_HOST[host], name)
