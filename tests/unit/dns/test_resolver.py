"""Public DNS as it is asked over the wire: answers, silence, and what stands in another's place."""

import socket
from collections.abc import Iterator

import pytest

from provisioner.dns.compared import state_of
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


def test_five_hundred_addresses_are_all_judged_and_a_few_are_told(zone: DnsZone) -> None:
    right = "198.51.100.200"
    many = [f"198.51.{n // 250}.{n % 250 + 1}" for n in range(499)]
    zone.set_records([{"type": "A", "name": NAME, "value": value} for value in (right, *many)])

    with DnsServer(zone) as server:
        host, _, port = server.address.rpartition(":")
        seen = PublicDns(((host, int(port)),)).seen(entry("A", right))

    assert seen.state is DnsState.WRONG
    assert right in seen.answers
    assert (len(seen.answers), seen.answers[-1]) == (21, "… and 480 more")
    assert state_of(seen, seen.answers) is DnsState.WRONG


def test_a_text_of_many_strings_is_judged_whole_and_told_in_part(
    dns: PublicDns, zone: DnsZone
) -> None:
    value = "vc-domain-verify=" + "a" * 3_000
    zone.set_records([{"type": "TXT", "name": NAME, "value": value}])

    seen = dns.seen(entry("TXT", value))

    assert seen.state is DnsState.OK
    assert [len(answer) for answer in seen.answers] == [500]


def test_the_wanted_proof_is_told_among_many_others(dns: PublicDns, zone: DnsZone) -> None:
    values = ["zz-wanted", *(f"other-{n}" for n in range(60))]
    zone.set_records([{"type": "TXT", "name": NAME, "value": value} for value in values])

    seen = dns.seen(entry("TXT", "zz-wanted"))

    assert (seen.state, "zz-wanted" in seen.answers) == (DnsState.OK, True)


def test_a_chain_of_aliases_without_an_end_is_not_known(dns: PublicDns, zone: DnsZone) -> None:
    for n in range(40):
        here = NAME if n == 0 else f"a{n}.example.org"
        zone.set_records([{"type": "CNAME", "name": here, "value": f"a{n + 1}.example.org"}])
    zone.set_records([{"type": "A", "name": "a40.example.org", "value": "216.198.79.1"}])

    assert dns.seen(entry("A", "216.198.79.1")).state is not DnsState.OK
    assert not dns.addresses(NAME, 1.0)


def test_all_questions_about_one_entry_share_its_time(zone: DnsZone) -> None:
    zone.set_records([{"type": "A", "name": NAME, "value": "216.198.79.1"}])
    times = iter([0.0, 0.1, 99.0])
    with DnsServer(zone) as server:
        host, _, port = server.address.rpartition(":")
        slow = PublicDns(((host, int(port)),), 5.0, lambda: next(times))

        assert slow.seen(entry("CNAME", "x.vercel-dns-017.com")).state is DnsState.UNKNOWN


@pytest.mark.parametrize(("own", "asked"), [(5.0, 1.0), (1.0, 60.0)])
def test_where_a_visitor_is_led_is_found_within_the_shorter_of_two_times(
    zone: DnsZone, own: float, asked: float
) -> None:
    zone.set_records([{"type": "A", "name": NAME, "value": "216.198.79.1"}])
    times = iter([0.0, 2.0, 2.0])
    with DnsServer(zone) as server:
        host, _, port = server.address.rpartition(":")
        slow = PublicDns(((host, int(port)),), own, lambda: next(times))

        assert slow.addresses(NAME, asked) is None


def test_a_visitor_is_led_to_every_address_of_a_name(dns: PublicDns, zone: DnsZone) -> None:
    records = [("A", "10.0.0.5"), ("A", "216.198.79.1"), ("AAAA", "2606:4700::1111")]
    zone.set_records([{"type": kind, "name": NAME, "value": value} for kind, value in records])

    assert dns.addresses(NAME, 1.0) == ("10.0.0.5", "216.198.79.1", "2606:4700::1111")
    assert dns.addresses("nobody.example.org", 1.0) == ()


def test_where_public_dns_is_silent_a_name_is_not_said_to_lead_nowhere(
    dns: PublicDns, zone: DnsZone
) -> None:
    zone.fail(NAME, "servfail", times=1)

    assert dns.addresses(NAME, 0.2) is None
