"""Whose an account is: a GitHub owner or host's team that another hub names is not for this one.

Whoever names an account lets the network's tokens work in it, so a stranger's
file must not name one that a hub has. Hubs that belong together say so: by a
maintainer of both, or in `network.yaml`, which only the network's maintainers
change. Each of the two files gets the finding, as with domains. Pure.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from provisioner.desired.read.file_names import claimed_hub
from provisioner.desired.rules.accounts import Account, own_accounts
from provisioner.desired.rules.view import SeenHub
from provisioner.desired.wording.advice import Advice
from provisioner.desired.wording.words import plain, shown
from provisioner.models.finding import Finding
from provisioner.models.network import Network

CODE = "account-taken"


@dataclass(frozen=True)
class _Use:
    """A hub's use of an account. `listed`: `network.yaml` lets it share this account."""

    hub: SeenHub
    id: str
    account: Account
    people: frozenset[str]
    listed: bool

    def may_share_with(self, other: "_Use") -> bool:
        if self.id == other.id or (self.listed and other.listed):
            return True
        return not self.people.isdisjoint(other.people)


def account_findings(hubs: Iterable[SeenHub], network: Network) -> Iterator[tuple[str, Finding]]:
    """The path of a file, and a finding for it, for each account of another hub."""
    uses: dict[tuple[str, str], list[_Use]] = defaultdict(list)
    for hub in hubs:
        for account in own_accounts(hub, network):
            uses[account.key].append(_use(hub, account, network))
    for rivals in uses.values():
        for use in rivals:
            other = next((each for each in rivals if not use.may_share_with(each)), None)
            if other is not None:
                yield use.hub.document.path, _taken(use, other)


def _use(hub: SeenHub, account: Account, network: Network) -> _Use:
    hub_id = claimed_hub(hub.document.name)
    listed = {name.lower(): hubs for name, hubs in network.accounts.items()}
    people = frozenset(login.lower() for login in hub.maintainers)
    return _Use(hub, hub_id, account, people, hub_id in listed.get(account.name.lower(), ()))


def _taken(use: _Use, other: _Use) -> Finding:
    account = use.account
    line = other.hub.document.value_mark(account.pointer).line
    both = ", ".join(plain(hub) for hub in sorted((use.id, other.id)))
    advice = Advice(
        CODE,
        f"the {account.kind.noun} {shown(account.name)} is another hub's: "
        f"{shown(other.hub.document.path)} names it in line {line}",
        "name an account of your own; if the two hubs belong together, a person who looks after "
        "both stands among the `maintainers` of both, or a maintainer of the network adds "
        f"`{plain(account.name)}: [{both}]` below `accounts:` in `network.yaml`",
    )
    return use.hub.document.finding_at_value(account.pointer, advice)
