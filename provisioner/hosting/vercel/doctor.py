"""May the token act in a Vercel team, and may the team link what belongs to an owner? Pure."""

from collections.abc import Callable

from provisioner.models.diagnosis import Verdict, not_ok, ok, unknown
from provisioner.models.remote import Account
from provisioner.models.setup import Team

FREE_PLAN = "hobby"
ENOUGH = frozenset({"OWNER", "MEMBER"})
TOO_LITTLE = frozenset({"VIEWER", "VIEWER_FOR_PLUS", "BILLING", "SECURITY"})

_LOOK_AT_APP = (
    "An owner of the GitHub account opens https://github.com/apps/vercel, chooses `Configure`, the "
    "account, and `All repositories`: chosen ones alone would hide each new copy."
)


class VercelDoctor:
    """A `HostDoctor`."""

    def team(self, user: str, team: Team | None) -> Verdict:
        if team is None:
            return not_ok(
                f"Vercel does not show it to {user}: there is none of this name, or {user} is not "
                "in it, or the token is for another team.",
                "Correct `vercel: team:` in the hub file or `team:` in network.yaml; or the team "
                f"invites {user} as `Member` (vercel.com, the team's `Settings`, `Members`); or "
                "make a token for the full account.",
            )
        if not team.confirmed:
            return not_ok(
                f"{user} has not been let into the team yet.",
                "An owner of the team opens its `Settings`, `Members` on vercel.com and confirms "
                f"{user}.",
            )
        return _role(team, user)

    def pair(self, owner: Account, team: Team, linked: Callable[[], tuple[str, ...]]) -> Verdict:
        if team.plan == FREE_PLAN and not owner.personal:
            return not_ok(
                "The team is on Vercel's plan Hobby, which builds no repositories of an "
                f"organisation, and {owner.login} is one.",
                "Upgrade the team to Pro (vercel.com, the team's `Settings`, `Billing`), or name "
                "another team.",
            )
        return _linked(owner.login, linked(), bool(team.plan))


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
