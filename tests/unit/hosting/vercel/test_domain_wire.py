"""Which entry a domain needs, read from what Vercel says of this project alone."""

from typing import Any

import pytest

from provisioner.hosting.vercel.domain_wire import advice, domain
from provisioner.models.dns import DnsEntry, DnsState
from provisioner.models.remote import AttachedDomain, DomainAdvice

CONFIG: dict[str, Any] = {
    "configuredBy": None,
    "acceptedChallenges": [],
    "misconfigured": True,
    "recommendedIPv4": [
        {"rank": 2, "value": ["76.76.21.21"]},
        {"rank": 1, "value": ["216.198.79.1", "64.29.17.1"]},
    ],
    "recommendedCNAME": [
        {"rank": 1, "value": "abc.vercel-dns-017.com."},
        {"rank": 2, "value": "cname.vercel-dns.com."},
    ],
}
CLOUDFLARE = ["ada.ns.cloudflare.com.", "bob.ns.cloudflare.com."]


def advised(name: str, zone: str = "example.co.ke", **fields: Any) -> DomainAdvice:
    attached = AttachedDomain(name=name, zone=zone, verified=True)
    return advice({**CONFIG, **fields}, attached)


def wanted(name: str, zone: str = "example.co.ke", **fields: Any) -> DnsEntry:
    (entry,) = advised(name, zone, **fields).wanted
    return entry


def test_a_zone_itself_needs_one_address_and_others_serve() -> None:
    entry = wanted("example.co.ke")

    assert (entry.type, entry.relative_name, entry.value) == ("A", "@", "216.198.79.1")
    assert entry.also == ("64.29.17.1", "76.76.21.21")


def test_a_name_below_needs_an_alias_and_addresses_serve_as_well() -> None:
    entry = wanted("docs.example.co.ke")

    assert (entry.type, entry.relative_name) == ("CNAME", "docs")
    assert entry.value == "abc.vercel-dns-017.com"
    assert entry.also[0] == "cname.vercel-dns.com"
    assert "216.198.79.1" in entry.also


def test_the_zone_is_the_hosts_word_and_not_the_last_two_labels() -> None:
    assert wanted("example.co.ke", zone="example.co.ke").type == "A"
    assert wanted("example.co.ke", zone="co.ke").type == "CNAME"


@pytest.mark.parametrize("name", ["example.co.ke", "docs.example.co.ke"])
def test_at_cloudflare_every_name_is_an_alias(name: str) -> None:
    entry = wanted(name, nameservers=CLOUDFLARE)

    assert entry.type == "CNAME"
    assert "Cloudflare" in entry.note


def test_where_the_host_recommends_no_alias_the_address_is_told() -> None:
    assert wanted("docs.example.co.ke", recommendedCNAME=[]).type == "A"


def test_where_the_host_recommends_nothing_nothing_is_made_up() -> None:
    assert advised("docs.example.co.ke", recommendedCNAME=[], recommendedIPv4=[]).wanted == ()


def test_what_has_to_change_is_misconfigured_and_older_values_no_longer_serve() -> None:
    found = advised("example.co.ke", misconfigured=False, ipStatus="required-change")

    assert found.misconfigured
    assert found.wanted[0].also == ("64.29.17.1",)


def test_what_may_change_works_as_it_is() -> None:
    found = advised("example.co.ke", misconfigured=False, ipStatus="optional-change")

    assert (found.misconfigured, found.may_improve) == (False, True)


@pytest.mark.parametrize("told", ["docs.example.co.ke", "docs", "DOCS.example.co.ke."])
def test_what_stands_in_the_way_is_named_in_full(told: str) -> None:
    conflict = {"name": told, "type": "AAAA", "value": "2001:db8::1"}

    (entry,) = advised("docs.example.co.ke", conflicts=[conflict]).conflicts

    assert (entry.name, entry.state) == ("docs.example.co.ke", DnsState.REMOVE)
    assert "IPv6" in entry.note


@pytest.mark.parametrize("told", ["@", "example.co.ke"])
def test_what_stands_at_the_zone_is_named_by_it(told: str) -> None:
    conflict = {"name": told, "type": "CAA", "value": '0 issue "sectigo.com"'}

    (entry,) = advised("docs.example.co.ke", conflicts=[conflict]).conflicts

    assert (entry.name, entry.relative_name) == ("example.co.ke", "@")


def test_a_conflict_of_a_kind_that_nobody_knows_is_told_too() -> None:
    (entry,) = advised("example.co.ke", conflicts=[{"type": "HTTPS"}]).conflicts

    assert (entry.type, entry.name, entry.value) == ("HTTPS", "example.co.ke", "")


def test_any_one_of_several_proofs_is_enough() -> None:
    proof = {"type": "TXT", "domain": "_vercel.example.co.ke", "value": "x", "reason": "y"}
    other = {**proof, "type": "CNAME", "domain": "_check.example.co.ke"}
    payload = {"name": "example.co.ke", "apexName": "example.co.ke", "verified": False}

    found = domain({**payload, "verification": [proof, other]})

    assert [item.note for item in found.challenges] == [found.challenges[0].note] * 2
    assert "is enough" in found.challenges[0].note
    assert domain({**payload, "verification": [proof]}).challenges[0].note == ""
