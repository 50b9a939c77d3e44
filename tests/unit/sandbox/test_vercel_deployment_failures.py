"""Deployments of the host's stand-in that are refused, fail, or are ready and yet not live."""

import pytest

from tests.unit.sandbox.host import BUILT, NAME, SITE, Host


def state(host: Host, deployment: str) -> str:
    found: str = host.deployment(deployment)["readyState"]
    return found


def test_without_force_new_a_like_deployment_is_given_back(host: Host) -> None:
    host.create_project()
    first = host.deploy()["id"]

    again = host.deploy(query={"skipAutoDetectionConfirmation": "1"})
    forced = host.deploy()

    assert again["id"] == first
    assert forced["id"] != first


def test_a_first_deployment_needs_its_settings_or_a_confirmation(host: Host) -> None:
    host.create_project(framework="vitepress")

    refused = host.deploy(query={"forceNew": "1"})
    stated = host.deploy(query={"forceNew": "1"}, projectSettings={"framework": "vitepress"})

    assert (refused.status, refused.error["code"]) == (400, "missing_project_settings")
    assert stated.status == 200


def test_another_framework_than_the_detected_one_needs_a_confirmation(host: Host) -> None:
    host.create_project(framework="astro")
    host.deploy()

    refused = host.deploy(query={"forceNew": "1"})

    assert refused.status == 400
    assert "`vitepress` differs from the project's `astro`" in refused.error["message"]


def test_a_repository_or_commit_that_cannot_be_seen_cannot_be_built(host: Host) -> None:
    host.create_project()
    ref = {"type": "github", "ref": "main"}

    unknown = host.deploy(gitSource={**ref, "repoId": 1})
    missing = host.deploy(gitSource={**ref, "repoId": host.source, "ref": "nothing"})
    by_name = host.deploy(gitSource={**ref, "org": "nairobi-commons", "repo": NAME})
    host.repositories.change(host.source, readable=False)
    too_early = host.deploy(gitSource={**ref, "repoId": str(host.source)})

    codes = [one.error["code"] for one in (unknown, missing, too_early)]
    assert codes == ["incorrect_git_source_info"] * 3
    assert by_name.status == 200


def test_a_failed_build_says_where_and_why_and_what_it_printed(host: Host) -> None:
    host.create_project()
    host.set_variable("TOKEN", "s3cret-value", type="sensitive")
    host.next_ends(
        state="ERROR",
        error_message="Command failed",
        log=["using ${TOKEN}", "\x1b[31mred\x1b[0m", "| a | table | <script>alert(1)</script>"],
    )

    deployment = host.deploy()["id"]

    shown = host.deployment(deployment)
    assert (shown["readyState"], shown["errorMessage"]) == ("ERROR", "Command failed")
    assert shown["errorStep"] == "buildStep"
    events = host.get(f"/v3/deployments/{deployment}/events", builds=1, limit=-1).body
    texts = [one["text"] for one in events]
    assert "using s3cret-value" in texts
    assert texts[-1] == "Error: Command failed"
    assert events[-1]["level"] == "error"
    assert state(host, host.deploy()["id"]) == "READY"


@pytest.mark.parametrize("final", ["ERROR", "CANCELED", "BLOCKED", "SOMETHING_NEW"])
def test_a_deployment_can_be_told_to_end_in_any_state(host: Host, final: str) -> None:
    host.create_project()
    host.next_ends(state=final)

    shown = host.deployment(host.deploy()["id"])

    assert shown["readyState"] == final
    assert shown["aliasAssigned"] is False


def test_a_blocked_deployment_says_whose_access_is_missing(host: Host) -> None:
    host.create_project()
    host.next_ends(state="BLOCKED", block_code="TEAM_ACCESS_REQUIRED")

    shown = host.deployment(host.deploy()["id"])

    assert shown["seatBlock"] == {"blockCode": "TEAM_ACCESS_REQUIRED"}


def test_private_commits_of_strangers_can_be_blocked(host: Host) -> None:
    host.create_project()
    host.vercel.behaviour.strangers_blocked = True
    host.vercel.behaviour.members = ["amina"]
    host.repositories.change(host.source, private=True)

    stranger = host.deploy()["id"]
    host.repositories.push(host.source, "main", SITE, author="amina")
    member = host.deploy()["id"]

    assert (state(host, stranger), state(host, member)) == ("BLOCKED", "READY")


def test_ready_is_not_live_when_the_names_cannot_be_set(host: Host) -> None:
    host.create_project()
    host.next_ends(alias="error", alias_error_message="No certificate")

    shown = host.deployment(host.deploy()["id"])

    assert (shown["readyState"], shown["aliasAssigned"]) == ("READY", False)
    assert shown["aliasError"]["message"] == "No certificate"
    assert shown["checks"]["deployment-alias"]["state"] == "failed"


def test_ready_without_a_name_stays_so(host: Host) -> None:
    host.create_project()
    host.next_ends(alias="never")
    deployment = host.deploy()["id"]
    host.clock.advance(86_400)

    shown = host.deployment(deployment)

    assert (shown["readyState"], shown["aliasAssigned"], shown["alias"]) == ("READY", False, [])
    assert shown["aliasError"] is None


def test_failed_checks_keep_the_names_away(host: Host) -> None:
    host.create_project()
    host.next_ends(checks="failed")

    shown = host.deployment(host.deploy()["id"])

    assert (shown["checksConclusion"], shown["aliasAssigned"]) == ("failed", False)


def test_an_outcome_is_for_one_project_and_for_so_many_times(host: Host) -> None:
    host.create_project()
    host.create_project("other")
    host.next_ends(project=NAME, state="ERROR", times=2)

    states = [state(host, host.deploy(name)["id"]) for name in ("other", NAME, NAME, NAME)]

    assert states == ["READY", "ERROR", "ERROR", "READY"]


def test_when_the_builds_are_used_up_the_host_says_until_when(host: Host) -> None:
    host.create_project()
    limit = {"operation": "deployments", "total": 1, "window": 3600, "code": "builds_rate_limited"}
    host.call("POST", "/_sandbox/vercel", {"limits": [limit]})
    host.deploy()

    refused = host.deploy()

    assert (refused.status, refused.error["code"]) == (429, "builds_rate_limited")
    assert refused.headers["Retry-After"] == "3600"
    reset = host.clock.now().timestamp() + 3600
    assert refused.error["limit"] == {
        "total": 1,
        "remaining": 0,
        "reset": reset,
        "resetMs": reset * 1000,
    }


def test_a_days_quota_is_refused_with_402_and_may_lack_retry_after(host: Host) -> None:
    host.create_project()
    limit = {
        "operation": "deployments",
        "total": 0,
        "window": 86_400,
        "status": 402,
        "code": "api-deployments-free-per-day",
        "retry_after": False,
    }
    host.call("POST", "/_sandbox/vercel", {"limits": [limit]})

    refused = host.deploy()

    assert refused.status == 402
    assert "Retry-After" not in refused.headers


def test_an_unlinked_target_or_a_missing_source_is_refused() -> None:
    host = Host()
    host.create_project()

    assert host.deploy(target="moon").status == 400
    assert host.deploy(gitSource={"type": "github", "ref": "main"}).status == 400
    assert host.call("POST", "/v13/deployments", {"name": NAME}, **BUILT).status == 400
    assert host.vercel.deployments == {}
