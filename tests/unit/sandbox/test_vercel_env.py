"""Environment variables of the host's stand-in: taken, refused one by one, never read back."""

import json

from tests.unit.sandbox.host import NAME, TARGETS, TEAM, Host

PATH = f"/v10/projects/{NAME}/env"
SECRET = "wopwop-not-a-real-secret"


def listed(host: Host) -> dict[str, str]:
    return {one["key"]: one["value"] for one in host.get(PATH)["envs"]}


def test_a_sensitive_value_is_never_read_back(host: Host) -> None:
    host.create_project()

    made = host.set_variable("TELEGRAM_TOKEN", SECRET, type="sensitive", comment="hub:1a2b")

    assert made.status == 201
    shown = host.get(PATH, decrypt="true")
    assert shown["envs"][0]["comment"] == "hub:1a2b"
    everything = json.dumps([made.body, shown.body, host.get(f"/v9/projects/{NAME}").body])
    assert SECRET not in everything
    assert SECRET not in json.dumps(host.vercel.snapshot())


def test_an_encrypted_value_is_read_back_on_demand_only(host: Host) -> None:
    host.create_project()
    host.set_variable("SITE_TITLE", "Nairobi Commons")

    assert listed(host)["SITE_TITLE"] != "Nairobi Commons"
    assert host.get(PATH, decrypt="true")["envs"][0]["value"] == "Nairobi Commons"


def test_without_upsert_a_variable_that_is_there_conflicts(host: Host) -> None:
    host.create_project()
    host.set_variable("SITE_TITLE", "one")

    refused = host.set_variable("SITE_TITLE", "two", upsert="false")

    assert (refused.status, refused.error["code"]) == (400, "ENV_CONFLICT")
    assert refused["failed"][0]["error"]["envVarKey"] == "SITE_TITLE"


def test_upsert_replaces_and_keeps_the_id(host: Host) -> None:
    host.create_project()
    first = host.set_variable("SITE_TITLE", "one", type="plain")

    second = host.set_variable("SITE_TITLE", "two", type="plain")

    assert second["created"]["id"] == first["created"]["id"]
    assert listed(host) == {"SITE_TITLE": "two"}


def test_the_same_key_for_another_target_is_another_variable(host: Host) -> None:
    host.create_project()
    host.set_variable("LEVEL", "live", target=["production"], type="plain")

    made = host.set_variable("LEVEL", "try", target=["preview"], type="plain", upsert="false")

    assert made.status == 201
    assert len(host.get(PATH)["envs"]) == 2


def test_of_a_list_the_good_are_taken_and_the_rest_is_named(host: Host) -> None:
    host.create_project()
    body = [
        {"key": "GOOD", "value": "1", "type": "sensitive", "target": TARGETS},
        {"key": "BAD", "value": SECRET, "type": "sensitive", "target": ["development"]},
        {"key": "1WRONG", "value": "1", "type": "plain", "target": TARGETS},
    ]

    answer = host.call("POST", PATH, body, upsert="true")

    assert answer.status == 201
    assert [one["key"] for one in answer["created"]] == ["GOOD"]
    assert [one["error"]["key"] for one in answer["failed"]] == ["BAD", "1WRONG"]


def test_a_list_of_which_nothing_can_be_taken_is_a_refusal_with_its_failures(host: Host) -> None:
    host.create_project()
    body = [{"key": "BAD", "value": "1", "type": "sensitive", "target": ["development"]}]

    answer = host.call("POST", PATH, body, upsert="true")

    assert answer.status == 400
    assert answer["failed"][0]["error"]["key"] == "BAD"


def test_a_team_may_force_every_production_value_to_be_sensitive(host: Host) -> None:
    host.call("POST", "/_sandbox/vercel", {"teams": {TEAM: {"forces_sensitive": True}}})
    host.create_project()

    made = host.set_variable("SITE_TITLE", "Nairobi", type="plain")
    spanning = host.set_variable("OTHER", "x", target=["production", "development"])

    assert made["created"]["type"] == "sensitive"
    assert spanning.status == 400


def test_a_variable_can_be_edited_and_removed_by_its_id(host: Host) -> None:
    host.create_project()
    variable = host.set_variable("SITE_TITLE", "one", type="plain")["created"]["id"]
    path = f"/v9/projects/{NAME}/env/{variable}"

    assert host.call("PATCH", path, {"value": "two", "comment": "new"}).status == 200
    assert listed(host) == {"SITE_TITLE": "two"}
    assert host.call("DELETE", path).status == 200
    assert host.call("DELETE", path).status == 404


def test_a_sensitive_variable_keeps_its_type(host: Host) -> None:
    host.create_project()
    variable = host.set_variable("TOKEN", SECRET, type="sensitive")["created"]["id"]

    refused = host.call("PATCH", f"/v9/projects/{NAME}/env/{variable}", {"type": "plain"})

    assert refused.status == 400
    assert host.vercel.snapshot()["projects"][0]["env"][0]["type"] == "sensitive"


def test_a_change_reaches_new_deployments_only(host: Host) -> None:
    host.create_project()
    host.set_variable("SITE_TITLE", "old")
    first = host.deploy()["id"]
    host.set_variable("SITE_TITLE", "new")
    second = host.deploy()["id"]

    assert host.vercel.deployments[first].environment == {"SITE_TITLE": "old"}
    assert host.vercel.deployments[second].environment == {"SITE_TITLE": "new"}


def test_more_than_64_kilobytes_of_values_do_not_fit(host: Host) -> None:
    host.create_project()
    host.set_variable("FIRST", "x" * 40_000)

    assert host.set_variable("SECOND", "x" * 40_000).status == 400
    assert list(listed(host)) == ["FIRST"]


def test_the_snapshot_tells_that_a_value_changed_without_showing_it(host: Host) -> None:
    host.create_project()
    host.set_variable("TOKEN", "one", type="sensitive")
    before = host.vercel.snapshot()["projects"][0]["env"][0]["sha256"]
    host.set_variable("TOKEN", "two", type="sensitive")

    assert host.vercel.snapshot()["projects"][0]["env"][0]["sha256"] != before
