"""Deployments of the host's stand-in: from the queue to their names, and all that fails."""

from tests.unit.sandbox.host import NAME, SITE, Host


def state(host: Host, deployment: str) -> str:
    found: str = host.deployment(deployment)["readyState"]
    return found


def test_a_build_passes_through_every_state_before_its_names_lead_there(slow_host: Host) -> None:
    slow_host.create_project()
    deployment = slow_host.deploy()["id"]
    seen = []

    for seconds in (0, 9, 1, 29, 1, 4, 1):
        slow_host.clock.advance(seconds)
        shown = slow_host.deployment(deployment)
        seen.append((shown["readyState"], shown["aliasAssigned"]))

    assert seen == [
        ("QUEUED", False),
        ("INITIALIZING", False),
        ("BUILDING", False),
        ("BUILDING", False),
        ("READY", False),
        ("READY", False),
        ("READY", True),
    ]
    assert shown["alias"][0] == f"{NAME}.vercel.app"


def test_a_list_names_the_deployment_by_uid_and_finds_it_by_commit(host: Host) -> None:
    host.create_project()
    deployment = host.deploy(meta={"hub": "nairobi"})["id"]
    sha = host.repositories.head(host.source, "main")

    found = host.get("/v6/deployments", projectId=NAME, sha=sha, target="production")
    none = host.get("/v6/deployments", projectId=NAME, sha="0" * 40)

    assert [one["uid"] for one in found["deployments"]] == [deployment]
    assert found["deployments"][0]["meta"]["hub"] == "nairobi"
    assert found["deployments"][0]["meta"]["githubCommitSha"] == sha
    assert none["deployments"] == []


def test_a_push_to_the_production_branch_deploys_by_itself(host: Host) -> None:
    host.create_project()

    sha = host.repositories.push(host.source, "main", SITE)
    host.repositories.push(host.source, "idea", SITE)

    found = host.get("/v6/deployments", projectId=NAME)["deployments"]
    assert [(one["source"], one["target"]) for one in found] == [
        ("git", None),
        ("git", "production"),
    ]
    assert found[1]["meta"]["githubCommitSha"] == sha


def test_the_newest_aliased_deployment_holds_the_production_name(slow_host: Host) -> None:
    slow_host.create_project()
    first = slow_host.deploy()["id"]
    slow_host.clock.advance(60)
    second = slow_host.deploy()["id"]

    assert f"{NAME}.vercel.app" in slow_host.deployment(first)["alias"]
    slow_host.clock.advance(60)
    assert slow_host.deployment(first)["alias"] == []
    assert f"{NAME}.vercel.app" in slow_host.deployment(second)["alias"]
    targets = slow_host.get(f"/v9/projects/{NAME}")["targets"]
    assert targets["production"]["id"] == second


def test_the_log_grows_while_it_builds_and_can_be_read_from_its_end(slow_host: Host) -> None:
    slow_host.create_project()
    deployment = slow_host.deploy()["id"]
    path = f"/v3/deployments/{deployment}/events"
    lengths = []

    for _ in range(4):
        lengths.append(len(slow_host.get(path, builds=1).body))
        slow_host.clock.advance(14)

    assert lengths[0] == 0
    assert lengths == sorted(set(lengths))
    last = slow_host.get(path, builds=1, direction="backward", limit=2).body
    assert [one["text"] for one in last] == ["READY", "Deploying outputs..."]


def test_log_lines_may_hold_their_text_under_payload(host: Host) -> None:
    host.create_project()
    host.vercel.behaviour.events_in_payload = True
    deployment = host.deploy()["id"]

    events = host.get(f"/v3/deployments/{deployment}/events", builds=1).body

    assert "text" not in events[0]
    assert events[0]["payload"]["text"].startswith("Running build")


def test_a_running_build_can_be_cancelled_and_a_finished_one_not(slow_host: Host) -> None:
    slow_host.create_project()
    deployment = slow_host.deploy()["id"]
    slow_host.clock.advance(15)

    stopped = slow_host.call("PATCH", f"/v12/deployments/{deployment}/cancel")
    again = slow_host.call("PATCH", f"/v12/deployments/{deployment}/cancel")
    slow_host.clock.advance(60)

    assert stopped["readyState"] == "CANCELED"
    assert again.status == 400
    assert state(slow_host, deployment) == "CANCELED"


def test_an_older_deployment_can_be_promoted(host: Host) -> None:
    project = host.create_project()["id"]
    first = host.deploy()["id"]
    host.deploy()

    answer = host.call("POST", f"/v10/projects/{project}/promote/{first}")

    assert answer.status == 201
    assert f"{NAME}.vercel.app" in host.deployment(first)["alias"]
    names = host.get(f"/v2/deployments/{first}/aliases")["aliases"]
    assert f"{NAME}.vercel.app" in [one["alias"] for one in names]


def test_a_promotion_takes_its_time(slow_host: Host) -> None:
    project = slow_host.create_project()["id"]
    first = slow_host.deploy()["id"]
    second = slow_host.deploy()["id"]
    slow_host.clock.advance(60)

    slow_host.call("POST", f"/v10/projects/{project}/promote/{first}")
    targets = [slow_host.get(f"/v9/projects/{NAME}")["targets"]["production"]["id"]]
    slow_host.clock.advance(5)
    targets.append(slow_host.get(f"/v9/projects/{NAME}")["targets"]["production"]["id"])

    assert targets == [second, first]


def test_a_list_that_is_behind_lacks_the_newest_and_a_single_read_does_not(host: Host) -> None:
    host.create_project()
    host.vercel.behaviour.deployments_lag = 5.0
    made = host.deploy()["id"]

    lists = [host.get("/v6/deployments", projectId=NAME)["deployments"]]
    assert host.deployment(made).status == 200
    host.clock.advance(5)
    lists.append(host.get("/v6/deployments", projectId=NAME)["deployments"])

    assert [len(one) for one in lists] == [0, 1]


def test_a_deployment_of_another_team_is_not_found(host: Host) -> None:
    host.create_project()
    deployment = host.deploy()["id"]

    assert host.get(f"/v13/deployments/{deployment}", team="lagos-commons").status == 404


def test_a_long_list_of_deployments_comes_in_pages(host: Host) -> None:
    host.create_project()
    made = [host.deploy()["id"] for _ in range(3)]

    first = host.get("/v6/deployments", limit=2)
    rest = host.get("/v6/deployments", limit=2, until=first["pagination"]["next"])

    found = [one["uid"] for one in (*first["deployments"], *rest["deployments"])]
    assert found == made[::-1]
    assert rest["pagination"]["next"] is None
