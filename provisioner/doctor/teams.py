"""The Vercel teams: may the token act there, and may they link what belongs to an owner?"""

from functools import cache

from provisioner.doctor.base import Access, CannotLook, Probe
from provisioner.doctor.owners import Owners
from provisioner.hosting.accounts import HostAccountReader
from provisioner.models.diagnosis import Verdict, not_ok, ok, unknown
from provisioner.models.setup import Team

AREA = "accounts"
FREE_PLAN = "hobby"
ENOUGH = frozenset({"OWNER", "MEMBER"})
TOO_LITTLE = frozenset({"VIEWER", "VIEWER_FOR_PLUS", "BILLING", "SECURITY"})

_LOOK_AT_APP = (
    "An owner of the GitHub account opens https://github.com/apps/vercel, chooses `Configure`, the "
    "account, and `All repositories`: chosen ones alone would hide each new copy."
)


class Teams:
    """Asks for each team once; safe to share between threads."""

    def __init__(self, access: Access[HostAccountReader, str]) -> None:
        self._access = access
        self.team = cache(self._team)
        self.linked = cache(self._linked)

    @property
    def user(self) -> str:
        return self._access.who

    def _team(self, slug: str) -> Team | None:
        return self._access.reader.team(slug)

    def _linked(self, slug: str) -> tuple[str, ...]:
        return self._access.reader.linked_repositories(slug)


def probes(teams: Teams, names: list[str]) -> list[Probe]:
    return [_probe(teams, name) for name in names]


def _probe(teams: Teams, name: str) -> Probe:
    return Probe(AREA, f"Vercel team {name}", lambda: _team(teams, name))


def pair_probes(owners: Owners, teams: Teams, pairs: list[tuple[str, str]]) -> list[Probe]:
    """One line for each owner whose copies a team is to build."""
    return [_pair_probe(owners, teams, owner, team) for owner, team in pairs]


def _pair_probe(owners: Owners, teams: Teams, owner: str, team: str) -> Probe:
    name = f"copies of {owner} on Vercel team {team}"
    return Probe(AREA, name, lambda: _pair(owners, teams, owner, team))


def _team(teams: Teams, name: str) -> Verdict:
    user = teams.user
    team = teams.team(name)
    if team is None:
        return not_ok(
            f"Vercel does not show it to {user}: there is none of this name, or {user} is not in "
            "it, or the token is for another team.",
            f"Correct `vercel: team:` in the hub file or `team:` in network.yaml; or the team "
            f"invites {user} as `Member` (vercel.com, the team's `Settings`, `Members`); or make a "
            "token for the full account.",
        )
    if not team.confirmed:
        return not_ok(
            f"{user} has not been let into the team yet.",
            f"An owner of the team opens its `Settings`, `Members` on vercel.com and confirms "
            f"{user}.",
        )
    return _role(team, user)


def _role(team: Team, user: str) -> Verdict:
    role = team.role.capitalize().replace("_", " ")
    if team.role in ENOUGH:
        plan = f", plan {team.plan.capitalize()}" if team.plan else ""
        return ok(f"{user} is {role}{plan}.")
    fix = (
        f"An owner of the team opens its `Settings`, `Members` on vercel.com and makes {user} a "
        "`Member`."
    )
    if team.role in TOO_LITTLE:
        return not_ok(f"{user} is {role} there, and may make no projects.", fix)
    return unknown(f"{user} is {role} there; whether that is enough is not known.", fix)


def _pair(owners: Owners, teams: Teams, owner: str, name: str) -> Verdict:
    account, team = owners.existing(owner), teams.team(name)
    if team is None:
        raise CannotLook(f"This needs the Vercel team {name}, and Vercel does not show it.")
    if team.plan == FREE_PLAN and not account.personal:
        return not_ok(
            f"The team is on Vercel's plan Hobby, which builds no repositories of an organisation, "
            f"and {account.login} is one.",
            "Upgrade the team to Pro (vercel.com, the team's `Settings`, `Billing`), or name "
            "another team.",
        )
    return _linked(account.login, teams.linked(name), bool(team.plan))


def _linked(owner: str, repositories: tuple[str, ...], plan_known: bool) -> Verdict:
    """What is linked is the only proof; GitHub shows installations to the app alone."""
    proof = next((one for one in repositories if _owner_of(one) == owner.lower()), None)
    if proof is not None:
        return ok(f"A project there is linked to {proof}, so Vercel's GitHub app is installed.")
    plan = "" if plan_known else " Nor does Vercel show the team's plan; it must not be Hobby."
    return unknown(
        f"Whether Vercel's GitHub app sees all repositories of {owner} shows only with the first "
        f"copy.{plan}",
        _LOOK_AT_APP,
    )


def _owner_of(full_name: str) -> str:
    return full_name.partition("/")[0].lower()
