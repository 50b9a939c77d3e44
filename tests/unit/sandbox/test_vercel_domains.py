"""Domains of the host's stand-in: attached when it is time, proved, refused, moved, let go."""

import pytest

from tests.unit.sandbox.host import NAME, Host, Reply

DOMAIN = "docs.nairobi.example.org"
PATH = f"/v9/projects/{NAME}/domains/{DOMAIN}"


def verify(host: Host, name: str = NAME) -> Reply:
    return host.call("POST", f"/v9/projects/{name}/domains/{DOMAIN}/verify")


def test_a_domain_is_attached_once_the_production_deployment_succeeded(slow_host: Host) -> None:
    slow_host.create_project()
    without_any = slow_host.attach(DOMAIN)
    slow_host.deploy()
    too_early = slow_host.attach(DOMAIN)
    slow_host.clock.advance(60)

    attached = slow_host.attach(DOMAIN)

    for refused in (without_any, too_early):
        assert refused.status == 400
        assert "latest production deployment" in refused.error["message"]
    assert (attached.status, attached["verified"]) == (200, True)
    assert attached["apexName"] == "example.org"
    assert slow_host.get(PATH).body == attached.body


def test_a_failed_latest_deployment_keeps_domains_out(host: Host) -> None:
    host.live()
    host.next_ends(state="ERROR")
    host.deploy()

    assert host.attach(DOMAIN).status == 400


@pytest.mark.parametrize(
    ("name", "apex"),
    [
        ("example.org", "example.org"),
        ("docs.commons.co.ke", "commons.co.ke"),
        ("a.b.c.example.com", "example.com"),
        ("free-name.vercel.app", "vercel.app"),
    ],
)
def test_the_apex_is_the_registered_domain(host: Host, name: str, apex: str) -> None:
    host.live()

    assert host.attach(name)["apexName"] == apex


@pytest.mark.parametrize("name", ["co.ke", "localhost", "-a.example.org", "a b.org", "x" * 300])
def test_what_is_no_domain_is_refused(host: Host, name: str) -> None:
    host.live()

    assert host.attach(name).error["code"] == "invalid_domain"


@pytest.mark.parametrize("code", ["domain_already_exists", "domain_already_in_use"])
def test_a_domain_that_is_on_the_project_already_is_a_400(host: Host, code: str) -> None:
    host.live()
    host.attach(DOMAIN)
    host.vercel.behaviour.already_added_code = code

    again = host.attach(DOMAIN.upper())

    assert (again.status, again.error["code"]) == (400, code)


def test_a_domain_of_another_project_of_the_team_is_a_409_that_names_it(host: Host) -> None:
    host.live("holder")
    holder = host.get("/v9/projects/holder")["id"]
    host.attach(DOMAIN, "holder")
    host.live()

    refused = host.attach(DOMAIN)

    assert (refused.status, refused.error["code"]) == (409, "domain_already_in_use")
    assert refused.error["domain"] == {
        "name": DOMAIN,
        "apexName": "example.org",
        "projectId": holder,
    }


def test_a_domain_of_another_account_is_a_409_that_names_nobody(host: Host) -> None:
    host.create_project(team="lagos-commons")
    host.deploy(team="lagos-commons")
    host.attach(DOMAIN, team="lagos-commons")
    host.live()
    host.vercel.behaviour.held_elsewhere = ["www.example.com"]

    for name in (DOMAIN, "www.example.com"):
        refused = host.attach(name)
        assert (refused.status, refused.error["code"]) == (409, "domain_already_in_use")
        assert "domain" not in refused.error


def test_a_domain_that_the_account_may_not_use_is_a_403(host: Host) -> None:
    host.live()
    host.vercel.behaviour.not_allowed = [DOMAIN]

    assert host.attach(DOMAIN).status == 403


def test_ownership_is_pending_on_a_200_and_proved_by_a_txt_record(host: Host) -> None:
    host.live()
    host.vercel.behaviour.apex_owned_elsewhere = ["example.org"]

    attached = host.attach(DOMAIN)
    challenge = attached["verification"][0]
    missing = verify(host)
    host.zone.set_records({"type": "TXT", "name": challenge["domain"], "value": challenge["value"]})
    proved = verify(host)

    assert (attached.status, attached["verified"]) == (200, False)
    assert challenge["domain"] == "_vercel.example.org"
    assert challenge["value"].startswith(f"vc-domain-verify={DOMAIN},")
    assert challenge["reason"] == "pending_domain_verification"
    assert (missing.status, missing.error["code"]) == (400, "missing_txt_record")
    assert challenge["value"] in missing.error["message"]
    assert (proved.status, proved["verified"]) == (200, True)
    assert "verification" not in host.get(PATH).body


def test_each_attach_asks_for_a_new_proof(host: Host) -> None:
    host.live()
    host.vercel.behaviour.apex_owned_elsewhere = ["example.org"]
    old = host.attach(DOMAIN)["verification"][0]
    host.zone.set_records({"type": "TXT", "name": old["domain"], "value": old["value"]})
    host.call("DELETE", PATH, {})

    new = host.attach(DOMAIN)["verification"][0]

    assert new["value"] != old["value"]
    refused = verify(host)
    assert refused.status == 400
    assert "does not match" in refused.error["message"]


def test_verifying_a_domain_that_is_not_on_the_project_is_a_400(host: Host) -> None:
    host.live()

    assert verify(host).status == 400


def test_the_first_account_can_be_made_the_owner_of_an_apex(host: Host) -> None:
    host.vercel.behaviour.first_owner_keeps_apex = True
    host.live()
    host.attach("docs.example.org")
    host.create_project(team="lagos-commons")
    host.deploy(team="lagos-commons")

    same_account = host.attach("other.example.org")
    other_account = host.attach("lagos.example.org", team="lagos-commons")

    assert same_account["verified"] is True
    assert other_account["verified"] is False


def test_a_domain_can_be_detached_and_is_then_free(host: Host) -> None:
    host.live()
    host.attach(DOMAIN)

    assert host.call("DELETE", PATH, {}).status == 200
    assert host.call("DELETE", PATH, {}).status == 404
    assert host.get(PATH).status == 404
    assert host.attach(DOMAIN).status == 200


def test_a_domain_that_others_redirect_to_goes_with_them_or_not_at_all(host: Host) -> None:
    host.live()
    host.attach(DOMAIN)
    body = {"name": "www.example.org", "redirect": DOMAIN, "redirectStatusCode": 308}
    host.call("POST", f"/v10/projects/{NAME}/domains", body)

    kept = host.call("DELETE", PATH, {})
    gone = host.call("DELETE", PATH, {"removeRedirects": True})

    assert (kept.status, gone.status) == (409, 200)
    names = [one["name"] for one in host.get(f"/v9/projects/{NAME}/domains")["domains"]]
    assert names == [f"{NAME}.vercel.app"]


def test_a_domain_can_be_edited_to_redirect_and_back(host: Host) -> None:
    host.live()
    host.attach(DOMAIN)
    to = {"redirect": f"{NAME}.vercel.app", "redirectStatusCode": 307}

    assert host.call("PATCH", PATH, to)["redirectStatusCode"] == 307
    assert host.call("PATCH", PATH, {"redirect": "elsewhere.example.com"}).status == 400
    assert host.call("PATCH", PATH, {"redirect": None})["redirectStatusCode"] is None


def test_domains_are_listed_in_pages_and_by_their_proof(host: Host) -> None:
    host.live()
    host.attach(DOMAIN)
    host.vercel.behaviour.apex_owned_elsewhere = ["example.com"]
    host.attach("www.example.com")
    path = f"/v9/projects/{NAME}/domains"

    first = host.get(path, limit=2)
    rest = host.get(path, limit=2, until=first["pagination"]["next"])

    names = [one["name"] for one in (*first["domains"], *rest["domains"])]
    assert names == ["www.example.com", DOMAIN, f"{NAME}.vercel.app"]
    pending = host.get(path, verified="false")["domains"]
    assert [one["name"] for one in pending] == ["www.example.com"]


def test_hobby_has_fifty_domains_a_project_and_no_more(host: Host) -> None:
    host.call("POST", "/_sandbox/vercel", {"teams": {"small": {"plan": "hobby"}}})
    host.repositories.add("amina/docs", owner_type="User")
    host.create_project(repo="amina/docs", team="small")
    host.deploy(team="small")
    for number in range(49):
        assert host.attach(f"n{number}.example.org", team="small").status == 200

    assert host.attach("one-more.example.org", team="small").error["code"] == "too_many_domains"
