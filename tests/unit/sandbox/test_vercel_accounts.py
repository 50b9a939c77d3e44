"""Who may call the host's stand-in, in which team, and how its behaviour is set from outside."""

import pytest

from tests.unit.sandbox.host import NAME, TEAM, Host


def test_a_wrong_token_is_a_403_that_says_so(host: Host) -> None:
    refused = host.call("GET", "/v2/user", token="wrong", team="")

    assert (refused.status, refused.error["code"]) == (403, "forbidden")
    assert refused.error["invalidToken"] is True


def test_a_token_can_lose_its_validity(host: Host) -> None:
    host.vercel.behaviour.token_valid = False

    assert host.get("/v2/user", team="").error["invalidToken"] is True


def test_the_owner_of_the_token_is_shown(host: Host) -> None:
    assert host.get("/v2/user", team="")["user"]["username"] == "sandbox-owner"


def test_a_team_is_found_by_slug_and_by_id_and_scopes_calls_either_way(host: Host) -> None:
    team = host.get(f"/v2/teams/{TEAM}", team="")
    host.create_project()

    by_id = host.get(f"/v9/projects/{NAME}", team="", teamId=team["id"])

    assert team["billing"] == {"plan": "pro"}
    assert by_id["accountId"] == team["id"]
    assert host.get(f"/v2/teams/{team['id']}", team="")["slug"] == TEAM


def test_without_a_scope_the_owners_own_account_is_meant(host: Host) -> None:
    host.repositories.add("amina/docs", owner_type="User")

    made = host.create_project(repo="amina/docs", team="")

    assert made["accountId"] == host.vercel.personal.id
    assert host.get(f"/v9/projects/{NAME}").status == 404


def test_in_a_closed_world_only_declared_teams_are_there(host: Host) -> None:
    host.call("POST", "/_sandbox/vercel", {"teams": {"known": {}}, "open_teams": False})

    unknown = host.get("/v10/projects", team="unknown")

    assert unknown.status == 403
    assert "invalidToken" not in unknown.error
    assert host.get("/v2/teams/unknown", team="").status == 404
    assert [one["slug"] for one in host.get("/v2/teams", team="")["teams"]] == ["known"]


@pytest.mark.parametrize(
    "fields", [{"teams": {TEAM: {"member": False}}}, {"token_teams": ["another"]}]
)
def test_a_team_that_the_token_may_not_act_in_is_forbidden(
    host: Host, fields: dict[str, object]
) -> None:
    host.call("POST", "/_sandbox/vercel", fields)

    assert host.get("/v10/projects").status == 403
    assert host.get(f"/v2/teams/{TEAM}", team="").status == 403
    assert host.get("/v2/teams", team="")["teams"] == []


def test_looking_at_a_team_leaves_no_trace(host: Host) -> None:
    before = host.vercel.snapshot()

    host.get("/v10/projects", team="never-seen")
    host.get("/v2/teams/never-seen", team="")

    assert host.vercel.snapshot() == before


def test_the_control_endpoint_keeps_what_it_is_not_told_and_refuses_nonsense(host: Host) -> None:
    host.call("POST", "/_sandbox/vercel", {"blind_to": ["someone"]})
    host.call("POST", "/_sandbox/vercel", {"deploys_on_creation": True})

    wrong = host.call("POST", "/_sandbox/vercel", {"blind_too": ["x"]})
    not_json = host.call("POST", "/_sandbox/vercel")

    assert (wrong.status, not_json.status) == (400, 400)
    assert "blind_too" in wrong["error"]
    shown = host.get("/_sandbox/vercel")["behaviour"]
    assert (shown["blind_to"], shown["deploys_on_creation"]) == (["someone"], True)


def test_a_number_that_is_none_and_a_body_that_is_no_json_are_refused() -> None:
    host = Host()

    assert host.get("/v10/projects", limit="many").status == 400
    refused = host.call("POST", "/v11/projects", ["not", "an", "object"])
    assert (refused.status, refused.error["code"]) == (400, "bad_request")


def test_equal_worlds_make_equal_ids() -> None:
    first, second = Host(), Host()
    for host in (first, second):
        host.live()

    assert first.vercel.snapshot() == second.vercel.snapshot()
