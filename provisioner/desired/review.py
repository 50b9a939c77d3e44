"""What a hub file asks for that a person must judge: accounts and domains. Pure, no Markdown."""

from collections.abc import Iterable, Iterator

from provisioner.desired.resolve import Desired
from provisioner.models.app import DesiredHub
from provisioner.models.change import FirstUse, Neighbour


def domain_neighbours(hub: DesiredHub, others: Iterable[DesiredHub]) -> tuple[Neighbour, ...]:
    """Domains of a hub that lie above, below or `www.` beside another hub's."""
    known = [(other.id, name) for other in others if other.id != hub.id for name in _domains(other)]
    return tuple(
        Neighbour(domain=domain, hub=other, other=name)
        for domain in _domains(hub)
        for other, name in known
        if _beside(domain, name)
    )


def first_uses(hub: DesiredHub, before: Desired) -> tuple[FirstUse, ...]:
    """Accounts that this file names, and so far none did: not the network's own."""
    network = before.catalog.network
    owners = {network.owner.lower(), *_all(before, "owner")}
    teams = {network.team.lower(), *_all(before, "team")}
    found = [FirstUse(kind="github", account=app.owner) for app in hub.apps]
    found += [FirstUse(kind="vercel", account=app.team) for app in hub.apps]
    known = {"github": owners, "vercel": teams}
    new = [use for use in found if use.account.lower() not in known[use.kind]]
    return tuple(dict.fromkeys(new))


def _all(desired: Desired, what: str) -> Iterator[str]:
    for hub in desired.hubs.values():
        for app in hub.apps:
            yield str(getattr(app, what)).lower()


def _domains(hub: DesiredHub) -> list[str]:
    return [domain for app in hub.apps for domain in app.domains]


def _beside(one: str, other: str) -> bool:
    bare, known = one.removeprefix("www."), other.removeprefix("www.")
    return bare == known or bare.endswith(f".{known}") or known.endswith(f".{bare}")
