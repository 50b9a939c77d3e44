"""The token's owner and the teams it belongs to. Read only."""

from typing import Any

from provisioner.sandbox.vercel.calls import Answer, Call, Route, may_act_in
from provisioner.sandbox.vercel.errors import ApiError, not_found
from provisioner.sandbox.vercel.records import Account
from provisioner.sandbox.vercel.store import Store


def get_user(store: Store, _: Call) -> Answer:
    user = store.personal
    shown: dict[str, Any] = {
        "id": user.id,
        "email": f"{user.slug}@example.org",
        "name": "Sandbox Owner",
        "username": user.slug,
        "avatar": None,
        "defaultTeamId": None,
        "createdAt": user.created,
        "softBlock": None,
        "billing": None,
        "resourceConfig": {},
        "stagingPrefix": user.slug,
        "hasTrialAvailable": False,
    }
    return 200, {"user": shown}


def list_teams(store: Store, call: Call) -> Answer:
    """Newest first; pass `pagination.next` back as `until`."""
    teams = [team for team in store.teams() if may_act_in(store, team)]
    page, pagination = call.page(teams)
    return 200, {"teams": [_payload(store, team) for team in page], "pagination": pagination}


def get_team(store: Store, call: Call) -> Answer:
    """By id or slug; a team that the token may not see is a 403."""
    wanted = call.path["team"]
    team = store.team(wanted)
    if team is None:
        raise not_found("The team couldn't be found.")
    if not may_act_in(store, team):
        raise ApiError(403, "forbidden", "Not authorized")
    return 200, _payload(store, team)


def _payload(store: Store, team: Account) -> dict[str, Any]:
    return {
        "id": team.id,
        "slug": team.slug,
        "name": team.slug,
        "avatar": None,
        "description": None,
        "creatorId": store.personal.id,
        "createdAt": team.created,
        "updatedAt": team.created,
        "stagingPrefix": team.slug,
        "billing": {"plan": team.plan},
        "sensitiveEnvironmentVariablePolicy": "on" if team.forces_sensitive else "default",
        "membership": {
            "uid": store.personal.id,
            "teamId": team.id,
            "role": team.role,
            "confirmed": team.confirmed,
            "created": team.created,
            "createdAt": team.created,
        },
    }


ROUTES = (
    Route("GET", "/v2/user", get_user),
    Route("GET", "/v2/teams", list_teams),
    Route("GET", "/v2/teams/<team>", get_team),
)
