"""Public DNS as it is asked over the wire: answers, silence, and what stands in another's place."""

import socket
from collections.abc import Iterator

import pytest

from provisioner.dns.resolver import PublicDns
from provisioner.models.dns import DnsEntry, DnsState
from provisioner.sandbox.dns import DnsServer, DnsZone

NAME = "docs.example.org"


@pytest.fixture
def zone() -> DnsZone:
    return DnsZone()


@pytest.fixture
def dns(zone: DnsZone) -> Iterator[PublicDns]:
    with DnsServer(zone) as server:
        host, _, port = server.address.rpartition(":")
        yield PublicDns(((host, int(port)),), seconds=0.3)


def entry(type: str, value: str, state: DnsState = DnsState.UNKNOWN) -> DnsEntry:
    return DnsEntry(type=type, name=NAME, value=value, state=state)


def test_a_name_that_nobody_knows_is_missing(dns: PublicDns) -> None:
    seen = dns.seen(entry("CNAME", "x.vercel-dns-017.com"))

    assert (seen.state, seen.answers) == (DnsState.MISSING, ())


def test_addresses_in_place_of_an_alias_are_shown(dns: PublicDns, zone: DnsZone) -> None:
    zone.set_records([{"type": "A", "name": NAME, "value": "192.0.2.7"}])

    seen = dns.seen(entry("CNAME", "x.vercel-dns-017.com"))

    assert (seen.state, seen.answers) == (DnsState.WRONG, ("192.0.2.7",))


def test_a_long_text_comes_in_pieces_and_is_one(dns: PublicDns, zone: DnsZone) -> None:
    value = "vc-domain-verify=" + "a" * 600 + ",token"
    zone.set_records([{"type": "TXT", "name": NAME, "value": value}])

    assert dns.seen(entry("TXT", value)).state is DnsState.OK


@pytest.mark.parametrize("fault", ["servfail", "refused", "timeout"])
def test_silence_is_not_known_and_not_wrong(dns: PublicDns, zone: DnsZone, fault: str) -> None:
    zone.fail(NAME, fault, times=100)

    assert dns.seen(entry("A", "216.198.79.1")).state is DnsState.UNKNOWN


@pytest.mark.parametrize("fault", ["servfail", "timeout"])
def test_what_must_go_stays_told_while_nobody_answers(
    dns: PublicDns, zone: DnsZone, fault: str
) -> None:
    zone.fail(NAME, fault, times=100)

    seen = dns.seen(entry("AAAA", "2001:db8::1", DnsState.REMOVE))

    assert seen.state is DnsState.REMOVE


def test_a_second_server_answers_where_the_first_is_silent(zone: DnsZone) -> None:
    zone.set_records([{"type": "A", "name": NAME, "value": "216.198.79.1"}])
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as silent, DnsServer(zone) as server:
        silent.bind(("127.0.0.1", 0))
        host, _, port = server.address.rpartition(":")
        both = (("127.0.0.1", int(silent.getsockname()[1])), (host, int(port)))

        seen = PublicDns(both, seconds=1.0).seen(entry("A", "216.198.79.1"))

    assert seen.state is DnsState.OK


def test_a_kind_of_entry_that_does_not_exist_is_not_known(dns: PublicDns) -> None:
    assert dns.seen(entry("NONSENSE", "x")).state is DnsState.UNKNOWN
