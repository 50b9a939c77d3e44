"""What a set-up may be like: protection, environments, permissions, limits."""

import httpx

from provisioner.clock import ManualClock
from provisioner.sandbox.server import Sandbox
from tests.unit.sandbox.client import NETWORK, SOURCE, github, head_of


def test_a_branch_says_whether_it_is_protected_and_by_what(sandbox: Sandbox) -> None:
    client = github(sandbox, maintainer=True)
    plain = client.get(f"{NETWORK}/branches/main").json()
    sandbox.control.set_protection(contexts=["provisioner/check"])

    protected = client.get(f"{NETWORK}/branches/main").json()

    assert (plain["protected"], protected["protected"]) == (False, True)
    assert protected["protection"]["required_status_checks"]["contexts"] == ["provisioner/check"]


def test_an_environment_says_which_branches_may_use_it(sandbox: Sandbox) -> None:
    sandbox.control.set_environment("hubs", branches="protected")
    sandbox.control.set_environment("open")
    client = github(sandbox)

    policies = {
        one["name"]: one["deployment_branch_policy"]
        for one in client.get(f"{NETWORK}/environments").json()["environments"]
    }

    assert policies["open"] is None
    assert policies["hubs"] == {"protected_branches": True, "custom_branch_policies": False}


def test_actions_can_be_off(sandbox: Sandbox) -> None:
    sandbox.control.set_repository("example-network/hubs", actions=False, permission="admin")

    assert github(sandbox).get(f"{NETWORK}/actions/permissions").json() == {"enabled": False}


def test_a_fork_has_actions_off_until_somebody_enables_them(sandbox: Sandbox) -> None:
    client = github(sandbox)
    client.post(f"{SOURCE}/forks", json={"organization": "nairobi-commons"})

    fork = client.get("/repos/nairobi-commons/docs-site/actions/permissions").json()

    assert fork["enabled"] is False


def test_in_a_closed_world_only_declared_accounts_exist(sandbox: Sandbox) -> None:
    sandbox.control.set_behaviour(open_accounts=False)
    sandbox.control.set_account("nairobi-commons", role="admin")
    client = github(sandbox)

    assert client.get("/orgs/nairobi-commons").status_code == 200
    assert client.get("/orgs/mombasa-commons").status_code == 404
    membership = client.get("/orgs/nairobi-commons/memberships/provisioner-bot").json()
    assert membership["role"] == "admin"


def test_who_is_no_member_may_not_ask_for_members(sandbox: Sandbox) -> None:
    sandbox.control.set_account("nairobi-commons", member=False)

    answer = github(sandbox).get("/orgs/nairobi-commons/memberships/provisioner-bot")

    assert answer.status_code == 403


def test_every_answer_says_how_much_of_the_hour_is_left(
    sandbox: Sandbox, clock: ManualClock
) -> None:
    client = github(sandbox)
    first, second = client.get(NETWORK), client.get(NETWORK)
    clock.advance(3600)
    later = client.get(NETWORK)

    left = [int(one.headers["x-ratelimit-remaining"]) for one in (first, second, later)]
    assert left == [4999, 4998, 4999]
    assert int(second.headers["x-ratelimit-reset"]) == int(clock.now().timestamp())


def test_the_two_tokens_have_limits_of_their_own(sandbox: Sandbox) -> None:
    answers = [github(sandbox, actions=by_actions).get(NETWORK) for by_actions in (False, True)]

    assert [one.headers["x-ratelimit-limit"] for one in answers] == ["5000", "1000"]


def test_an_hours_limit_refuses_until_it_is_reset(sandbox: Sandbox, clock: ManualClock) -> None:
    sandbox.control.set_behaviour(per_hour=2)
    client = github(sandbox)
    client.get(NETWORK)
    client.get(NETWORK)

    refused = client.get(NETWORK)

    assert refused.status_code == 403
    assert refused.headers["x-ratelimit-remaining"] == "0"
    assert "API rate limit exceeded" in refused.json()["message"]
    wait = int(refused.headers["x-ratelimit-reset"]) - int(clock.now().timestamp())
    clock.advance(wait)
    assert client.get(NETWORK).status_code == 200


def _comment(client: httpx.Client) -> httpx.Response:
    return client.post(f"{NETWORK}/statuses/{head_of(client)}", json={"state": "success"})


def test_too_many_writes_in_a_minute_are_refused_and_told_how_long_to_wait(
    sandbox: Sandbox, clock: ManualClock
) -> None:
    sandbox.control.set_behaviour(content_per_minute=2)
    client = github(sandbox, maintainer=True)
    assert [_comment(client).status_code for _ in range(2)] == [201, 201]

    refused = _comment(client)

    assert refused.status_code == 403
    assert "secondary rate limit" in refused.json()["message"]
    clock.advance(float(refused.headers["retry-after"]))
    assert _comment(client).status_code == 201


def test_a_refusal_may_leave_the_wait_to_be_guessed(sandbox: Sandbox) -> None:
    sandbox.control.set_behaviour(content_per_minute=0, retry_after=False)

    refused = _comment(github(sandbox))

    assert refused.status_code == 403
    assert "retry-after" not in refused.headers


def test_what_the_hosts_app_sees_follows_the_account(sandbox: Sandbox) -> None:
    client = github(sandbox)
    lookup = sandbox.vercel.repositories
    sandbox.control.set_repository("nairobi-commons/old", files={"a": "b"})
    sandbox.control.set_account("nairobi-commons", app="selected")
    client.post(f"{SOURCE}/forks", json={"organization": "nairobi-commons"})

    old, new = (lookup.by_full_name(f"nairobi-commons/{name}") for name in ("old", "docs-site"))

    assert old is not None
    assert new is not None
    assert (old.installed, new.installed) == (True, False)
