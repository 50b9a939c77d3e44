"""What only a person can judge of a proposed hub: values for the reviewer. Pure, words nothing.

Files with mistakes count too, as far as they can be understood: what stands in
them is still somebody's.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from provisioner.desired.read.file_names import FOLDER, is_candidate, is_example
from provisioner.desired.resolve import Desired
from provisioner.desired.rules.accounts import Account, not_the_networks, own_accounts
from provisioner.desired.rules.view import SeenHub, see
from provisioner.models.app import DesiredHub
from provisioner.models.change import MergeEffect
from provisioner.models.remote import ChangedFile

_WWW = "www."
MOST_ELSEWHERE = 20
"""Paths outside the hub files that the reviewer is told."""


class Relation(StrEnum):
    """How a domain of the proposed hub lies to another hub's."""

    ABOVE = "above"
    BELOW = "below"
    BESIDE = "beside"
    """One of the two is the other with `www.` before it."""


@dataclass(frozen=True)
class Neighbour:
    """`domain` is the proposed hub's, `other` is a domain of `hub`."""

    domain: str
    relation: Relation
    other: str
    hub: str


@dataclass(frozen=True)
class SharedAccount:
    """An account that is new to the proposed hub and that other hubs use already.

    `maintainers` are those whom the *present* files of these hubs name: that the
    proposed file names one of them proves nothing, for anybody may write a name.
    """

    account: Account
    hubs: tuple[str, ...]
    maintainers: tuple[str, ...]


def domain_neighbours(hub: DesiredHub, beside: Desired) -> tuple[Neighbour, ...]:
    """Which domains of a proposed hub lie above, below or `www.` beside another hub's."""
    at, below = _domains_of_others(hub.id, beside)
    found = {
        neighbour: None
        for app in hub.apps
        for domain in map(_spelled, app.domains)
        for neighbour in _neighbours(domain, at, below)
    }
    return tuple(found)


Index = dict[str, list[tuple[str, str]]]
"""Domains and their hubs, by a domain."""


def _domains_of_others(hub: str, beside: Desired) -> tuple[Index, Index]:
    """The domains themselves; and by each name above a domain, that domain."""
    at: Index = defaultdict(list)
    below: Index = defaultdict(list)
    for other_id, other in _seen(beside):
        if other_id == hub:
            continue
        for domain in {_spelled(host) for app in other.apps for _, host in app.domains}:
            at[domain].append((domain, other_id))
            for above in _names_above(domain):
                below[above].append((domain, other_id))
    return at, below


def _neighbours(domain: str, at: Index, below: Index) -> Iterator[Neighbour]:
    for above in _names_above(domain):
        for other, hub in at.get(above, ()):
            beside = domain == _WWW + other
            yield Neighbour(domain, Relation.BESIDE if beside else Relation.BELOW, other, hub)
    for other, hub in below.get(domain, ()):
        beside = other == _WWW + domain
        yield Neighbour(domain, Relation.BESIDE if beside else Relation.ABOVE, other, hub)


def _names_above(domain: str) -> Iterator[str]:
    while "." in domain:
        domain = domain.partition(".")[2]
        yield domain


def _spelled(host: str) -> str:
    return host.lower().rstrip(".")


def first_uses(hub: DesiredHub, before: Desired) -> tuple[Account, ...]:
    """The accounts of a proposed hub that no hub used `before`, this one neither."""
    used = _users(before)
    return tuple(account for account in _new_to(hub, before) if account.key not in used)


def shared_uses(hub: DesiredHub, before: Desired) -> tuple[SharedAccount, ...]:
    """The accounts that are new to a proposed hub and that other hubs used `before`."""
    used = _users(before)
    return tuple(
        SharedAccount(
            account,
            tuple(sorted(used[account.key])),
            tuple(sorted({name for each in used[account.key].values() for name in each})),
        )
        for account in _new_to(hub, before)
        if account.key in used
    )


def _new_to(hub: DesiredHub, before: Desired) -> Iterator[Account]:
    """Not the network's own, and not what the hub's present file names already."""
    network, app = before.catalog.network, hub.apps[0]
    for account in not_the_networks(app.owner, {app.host: app.team}, network):
        if hub.id not in _users(before).get(account.key, {}):
            yield account


Users = dict[tuple[str, str], dict[str, tuple[str, ...]]]
"""By account, the hubs that use it, with their maintainers."""


def _users(desired: Desired) -> Users:
    users: Users = defaultdict(dict)
    for hub_id, hub in _seen(desired):
        for account in own_accounts(hub, desired.catalog.network):
            users[account.key][hub_id] = hub.maintainers
    return users


def _seen(desired: Desired) -> Iterator[tuple[str, SeenHub]]:
    for file in desired.files:
        if not file.is_example:
            yield file.hub, see(file.document, file.hub, example=False)


def changed_elsewhere(effect: MergeEffect, listed: Sequence[ChangedFile]) -> tuple[str, ...]:
    """What else changes, for people to read: paths as far as they are listed, and nothing missing:
    of a list that was cut, the names at the top of the repository stand for the rest."""
    paths = [file.path for file in listed if not _is_hubs(file.path)]
    paths += [FOLDER + name for name in effect.changed if name and not _is_hubs(FOLDER + name)]
    told = {path.split("/", 1)[0] for path in paths[:MOST_ELSEWHERE]}
    tops = [f"{name}/…" for name in effect.elsewhere if name not in told]
    return tuple(dict.fromkeys((*paths[:MOST_ELSEWHERE], *tops[:MOST_ELSEWHERE])))


def _is_hubs(path: str) -> bool:
    """Whether a file belongs to a hub, and so has a comment of its own."""
    inside, name = path.startswith(FOLDER), path.removeprefix(FOLDER).split("/", 1)[0]
    return inside and is_candidate(name) and not is_example(name)
