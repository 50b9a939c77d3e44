"""Which accounts belong to other hubs, as all hub files together say. Pure.

A file with mistakes counts as well: what it names is that hub's all the same.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from provisioner.desired.judged_file import JudgedFile
from provisioner.desired.resolve import Desired
from provisioner.hosting.registry import FIRST, HOSTS
from provisioner.models.journal import Person
from provisioner.workflows.own import OthersAccounts


def others_accounts(desired: Desired, hub: str, former: Iterable[Person]) -> OthersAccounts:
    """What `hub` may not touch. `former`: who had it last; they may share accounts of theirs.

    Free to all are the network's own accounts, and to each hub those that its
    own file names or that `network.yaml` lets it share.
    """
    network = desired.catalog.network
    files = [file for file in desired.files if not file.is_example]
    own = [file for file in files if file.hub == hub]
    people = {person.login.lower() for person in former}
    others = [file for file in files if file not in own and not people & _people(file)]
    shared = {name.lower() for name, hubs in network.accounts.items() if hub in hubs}
    owners = _named(others, "github", "owner") - _named(own, "github", "owner")
    teams = _at_hosts(others) - _at_hosts(own) - {(FIRST.key, network.team.lower())}
    return OthersAccounts(
        owners - {network.owner.lower()} - shared,
        frozenset((host, name) for host, name in teams if name not in shared),
    )


def _at_hosts(files: Sequence[JudgedFile]) -> frozenset[tuple[str, str]]:
    """By the host's key and the account's name."""
    return frozenset(
        (kind.key, name)
        for kind in HOSTS.values()
        for name in _named(files, kind.key, kind.account.where)
    )


def _named(files: Iterable[JudgedFile], group: str, key: str) -> frozenset[str]:
    found = (_mapping(_data(file).get(group)).get(key) for file in files)
    return frozenset(name.lower() for name in found if isinstance(name, str))


def _people(file: JudgedFile) -> set[str]:
    listed = _data(file).get("maintainers")
    items = listed if isinstance(listed, list) else []
    return {item.lower() for item in items if isinstance(item, str)}


def _data(file: JudgedFile) -> Mapping[str, Any]:
    return file.document.data or {}


def _mapping(value: object) -> Mapping[str, Any]:
    return value if isinstance(value, dict) else {}
