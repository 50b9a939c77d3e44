"""What the host says of a domain's DNS, as the records in the sandbox's zone change."""

import pytest

from tests.unit.sandbox.host import NAME, Host

SUB = "docs.nairobi.example.org"
APEX = "example.org"
CLOUDFLARE = [
    {"type": "NS", "name": APEX, "value": "dakota.ns.cloudflare.com"},
    {"type": "NS", "name": APEX, "value": "sierra.ns.cloudflare.com"},
]


@pytest.fixture
def host(host: Host) -> Host:
    host.live()
    host.attach(SUB)
    host.attach(APEX)
    return host


def first_rank(host: Host, domain: str, kind: str) -> str:
    ranked = host.config(domain)[kind]
    value = next(one["value"] for one in ranked if one["rank"] == 1)
    return str(value[0] if isinstance(value, list) else value)


def test_a_subdomain_is_misconfigured_until_its_cname_stands(host: Host) -> None:
    before = host.config(SUB)
    value = first_rank(host, SUB, "recommendedCNAME")
    host.zone.set_records({"type": "CNAME", "name": f"{SUB}.", "value": value})

    after = host.config(SUB)

    assert value.endswith(".vercel-dns-017.com.")
    assert (before["misconfigured"], before["configuredBy"]) == (True, None)
    assert (after["misconfigured"], after["configuredBy"]) == (False, "CNAME")
    assert after["cnames"] == [value.rstrip(".")]


def test_an_apex_is_misconfigured_until_one_address_stands(host: Host) -> None:
    address = first_rank(host, APEX, "recommendedIPv4")
    host.zone.set_records({"type": "A", "name": "@", "value": address, "zone": APEX})

    after = host.config(APEX)

    assert (after["misconfigured"], after["configuredBy"]) == (False, "A")
    assert after["ipStatus"] == "no-change"


def test_every_project_has_a_cname_target_of_its_own(host: Host) -> None:
    host.live("other")
    host.attach("other.example.org", "other")
    foreign = host.config("other.example.org", "other")["recommendedCNAME"][0]["value"]

    host.zone.set_records({"type": "CNAME", "name": SUB, "value": foreign})

    assert foreign.rstrip(".") != first_rank(host, SUB, "recommendedCNAME").rstrip(".")
    assert host.config(SUB)["misconfigured"] is True


def test_old_values_still_work_and_are_advised_against(host: Host) -> None:
    host.zone.set_records({"type": "A", "name": APEX, "value": "76.76.21.21"})

    found = host.config(APEX)

    assert (found["misconfigured"], found["ipStatus"]) == (False, "optional-change")


def test_an_address_can_be_one_that_must_change(host: Host) -> None:
    host.vercel.behaviour.must_change_address = [APEX]

    assert host.config(APEX)["ipStatus"] == "required-change"


@pytest.mark.parametrize(
    "stray",
    [
        {"type": "AAAA", "name": APEX, "value": "2001:db8::1"},
        {"type": "CAA", "name": APEX, "value": '0 issue "other-ca.example"'},
    ],
)
def test_a_stray_record_is_a_conflict_that_keeps_it_misconfigured(
    host: Host, stray: dict[str, str]
) -> None:
    host.zone.set_records({"type": "A", "name": APEX, "value": "216.198.79.1"})
    host.zone.set_records(stray)

    found = host.config(APEX)
    host.zone.remove_records(stray)

    assert found["conflicts"] == [stray]
    assert found["misconfigured"] is True
    assert host.config(APEX)["misconfigured"] is False


def test_a_foreign_address_beside_the_right_one_is_a_conflict(host: Host) -> None:
    records = [{"type": "A", "name": APEX, "value": ip} for ip in ("216.198.79.1", "192.0.2.7")]
    host.zone.set_records(records)

    assert host.config(APEX)["conflicts"] == [records[1]]


def test_a_caa_record_that_allows_the_hosts_issuer_is_no_conflict(host: Host) -> None:
    host.zone.set_records({"type": "A", "name": APEX, "value": "216.198.79.1"})
    host.zone.set_records({"type": "CAA", "name": APEX, "value": '0 issue "letsencrypt.org"'})

    assert host.config(APEX)["misconfigured"] is False


def test_an_apex_on_cloudflare_shows_its_nameservers_and_takes_a_cname(host: Host) -> None:
    host.zone.set_records(CLOUDFLARE)
    proxied = {"type": "A", "name": APEX, "value": "104.16.1.1"}
    host.zone.set_records(proxied)
    behind_proxy = host.config(APEX)
    value = first_rank(host, APEX, "recommendedCNAME")
    host.zone.set_records({"type": "CNAME", "name": APEX, "value": value})

    direct = host.config(APEX)

    assert behind_proxy["misconfigured"] is True
    assert sorted(behind_proxy["nameservers"]) == [one["value"] for one in CLOUDFLARE]
    assert (direct["misconfigured"], direct["configuredBy"]) == (False, "CNAME")


def test_a_domain_on_the_hosts_own_nameservers_needs_nothing(host: Host) -> None:
    host.zone.set_records({"type": "NS", "name": APEX, "value": "ns1.vercel-dns.com"})

    found = host.config(SUB)

    assert (found["misconfigured"], found["configuredBy"]) == (False, "dns-01")
    assert found["serviceType"] == "zeit.world"


def test_passing_errors_are_answered_once_each(host: Host) -> None:
    host.vercel.behaviour.config_errors = ["timeout", "unexpected_dns_response"]

    codes = [host.config(SUB).error["code"] for _ in range(2)]

    assert codes == ["timeout", "unexpected_dns_response"]
    assert host.config(SUB).status == 200


def test_without_a_project_the_general_values_are_recommended(host: Host) -> None:
    found = host.get(f"/v6/domains/{SUB}/config")

    assert [one["value"] for one in found["recommendedCNAME"]] == ["cname.vercel-dns.com."]
    assert host.config(SUB, "no-such-project").status == 404


def test_the_hosts_own_names_need_no_dns(host: Host) -> None:
    assert host.config(f"{NAME}.vercel.app")["misconfigured"] is False
