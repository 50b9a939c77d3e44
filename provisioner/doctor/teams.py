"""The accounts at a host: may the token act there, and may they link what belongs to an owner?

Asks; what the answers mean, each host's own `doctor` says.
"""

from functools import cache

from provisioner.doctor.base import Access, CouldNotCheck, Probe
from provisioner.doctor.owners import Owners
from provisioner.hosting.accounts import HostAccountReader
from provisioner.hosting.kind import HostKind
from provisioner.models.diagnosis import Verdict
from provisioner.models.setup import Team

AREA = "accounts"


class Teams:
    """Asks for each team of one host once; safe to share between threads."""

    def __init__(self, kind: HostKind, access: Access[HostAccountReader, str]) -> None:
        self.kind = kind
        self._access = access
        self.team = cache(self._team)
        self.linked = cache(self._linked)

    @property
    def user(self) -> str:
        return self._access.who

    def called(self, name: str) -> str:
        return f"{self.kind.account_words.noun} {name}"

    def _team(self, slug: str) -> Team | None:
        return self._access.reader.team(slug)

    def _linked(self, slug: str) -> tuple[str, ...]:
        return self._access.reader.linked_repositories(slug)


def probes(teams: Teams, names: list[str]) -> list[Probe]:
    return [_probe(teams, name) for name in names]


def _probe(teams: Teams, name: str) -> Probe:
    return Probe(AREA, teams.called(name), lambda: _team(teams, name))


def pair_probes(owners: Owners, teams: Teams, pairs: list[tuple[str, str]]) -> list[Probe]:
    """One line for each owner whose copies a team is to build."""
    return [_pair_probe(owners, teams, owner, team) for owner, team in pairs]


def _pair_probe(owners: Owners, teams: Teams, owner: str, team: str) -> Probe:
    name = f"copies of {owner} on {teams.called(team)}"
    return Probe(AREA, name, lambda: _pair(owners, teams, owner, team))


def _team(teams: Teams, name: str) -> Verdict:
    user = teams.user
    return teams.kind.doctor.team(user, teams.team(name))


def _pair(owners: Owners, teams: Teams, owner: str, name: str) -> Verdict:
    account, team = owners.existing(owner), teams.team(name)
    if team is None:
        raise CouldNotCheck(
            f"This needs the {teams.called(name)}, and {teams.kind.name} does not show it."
        )
    return teams.kind.doctor.pair(account, team, lambda: teams.linked(name))
