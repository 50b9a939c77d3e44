"""The sandbox's DNS: records in any form people send, and answers over the wire."""

import socket
from collections.abc import Iterator

import dns.exception
import dns.flags
import dns.message
import dns.query
import dns.rcode
import dns.rdatatype
import dns.resolver
import pytest
from hypothesis import given
from hypothesis import strategies as st

from provisioner.sandbox.dns import DnsServer, DnsZone, answer
from provisioner.sandbox.dns_records import Record

NAME = "docs.example.org"


@pytest.fixture(scope="module")
def server() -> Iterator[DnsServer]:
    with DnsServer(DnsZone()) as running:
        yield running


@pytest.fixture
def zone(server: DnsServer) -> DnsZone:
    server.zone.remove_records(server.zone.snapshot()["records"])
    return server.zone


def ask(server: DnsServer, name: str, kind: str, *, tcp: bool = False) -> dns.message.Message:
    host, _, port = server.address.partition(":")
    query = dns.message.make_query(name, kind)
    send = dns.query.tcp if tcp else dns.query.udp
    return send(query, host, port=int(port), timeout=5)


def texts(message: dns.message.Message) -> list[str]:
    return [str(record) for rrset in message.answer for record in rrset]


@pytest.mark.parametrize(
    "records",
    [
        [{"type": "A", "name": NAME, "value": "192.0.2.1"}],
        {"records": [{"type": "a", "name": "DOCS.Example.org.", "value": "192.0.2.1"}]},
        {"zone": "example.org", "records": [{"type": "A", "name": "docs", "value": "192.0.2.1"}]},
        {"zone": "docs.example.org.", "type": "A", "name": "@", "value": "192.0.2.1"},
        {"zone": "example.org", "type": "A", "name": NAME, "value": "192.0.2.1"},
    ],
)
def test_records_are_taken_in_every_form_that_people_send(zone: DnsZone, records: object) -> None:
    zone.set_records(records)

    assert zone.snapshot() == {"records": [{"type": "A", "name": NAME, "value": "192.0.2.1"}]}


@pytest.mark.parametrize(
    "records",
    [
        {"type": "A", "name": NAME, "value": "not an address"},
        {"type": "MX", "name": NAME, "value": "10 mail.example.org"},
        {"type": "A", "name": NAME},
        {"type": "CAA", "name": NAME, "value": "issue"},
        {"type": "A", "name": "x" * 80, "value": "192.0.2.1"},
        ["nothing"],
        None,
    ],
)
def test_a_wrong_record_changes_nothing(zone: DnsZone, records: object) -> None:
    good = {"type": "A", "name": "other.example.org", "value": "192.0.2.1"}

    with pytest.raises(ValueError, match=r"\w"):
        zone.set_records([good, *records] if isinstance(records, list) else [good, records])

    assert zone.snapshot() == {"records": []}


def test_setting_replaces_what_stood_under_the_same_name_and_type(zone: DnsZone) -> None:
    zone.set_records([{"type": "A", "name": NAME, "value": f"192.0.2.{n}"} for n in (1, 2)])
    zone.set_records({"type": "A", "name": NAME, "value": "192.0.2.3"})

    assert zone.lookup(NAME, "A") == ["192.0.2.3"]


def test_a_cname_and_addresses_drive_each_other_out(zone: DnsZone) -> None:
    zone.set_records({"type": "A", "name": NAME, "value": "192.0.2.1"})
    zone.set_records({"type": "CNAME", "name": NAME, "value": "target.example.net."})
    assert zone.lookup(NAME, "A") == []

    zone.set_records({"type": "AAAA", "name": NAME, "value": "2001:db8::1"})
    assert zone.lookup(NAME, "CNAME") == []


@pytest.mark.parametrize("tcp", [False, True])
def test_a_chain_of_cnames_is_followed_on_the_wire(
    server: DnsServer, zone: DnsZone, tcp: bool
) -> None:
    zone.set_records(
        [
            {"type": "CNAME", "name": NAME, "value": "one.example.net"},
            {"type": "CNAME", "name": "one.example.net", "value": "two.example.net."},
            {"type": "A", "name": "two.example.net", "value": "192.0.2.9"},
        ]
    )

    message = ask(server, NAME.upper(), "A", tcp=tcp)

    assert texts(message) == ["one.example.net.", "two.example.net.", "192.0.2.9"]
    assert message.rcode() == dns.rcode.NOERROR
    assert texts(ask(server, NAME, "CNAME")) == ["one.example.net."]


def test_no_such_name_and_no_such_type_are_told_apart(server: DnsServer, zone: DnsZone) -> None:
    zone.set_records({"type": "A", "name": NAME, "value": "192.0.2.1"})

    unknown = ask(server, "other.example.org", "A")
    without = ask(server, NAME, "TXT")
    above = ask(server, "example.org", "A")

    assert unknown.rcode() == dns.rcode.NXDOMAIN
    assert (without.rcode(), without.answer) == (dns.rcode.NOERROR, [])
    assert above.rcode() == dns.rcode.NOERROR


def test_names_that_lead_in_a_circle_get_an_empty_answer(server: DnsServer, zone: DnsZone) -> None:
    zone.set_records({"type": "CNAME", "name": NAME, "value": NAME})

    assert ask(server, NAME, "A").rcode() == dns.rcode.NOERROR


@pytest.mark.parametrize("fault", ["servfail", "refused"])
def test_a_failing_server_fails_as_often_as_told(
    server: DnsServer, zone: DnsZone, fault: str
) -> None:
    zone.set_records({"type": "A", "name": NAME, "value": "192.0.2.1"})
    zone.fail(NAME, fault, times=2)

    codes = [dns.rcode.to_text(ask(server, NAME, "A").rcode()) for _ in range(3)]

    assert codes == [fault.upper(), fault.upper(), "NOERROR"]


def test_a_timeout_is_silence(server: DnsServer, zone: DnsZone) -> None:
    zone.fail(NAME, "timeout")
    host, _, port = server.address.partition(":")

    with pytest.raises(dns.exception.Timeout):
        dns.query.udp(dns.message.make_query(NAME, "A"), host, port=int(port), timeout=0.1)


def test_noise_gets_no_answer_and_harms_nobody(server: DnsServer, zone: DnsZone) -> None:
    host, _, port = server.address.partition(":")
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as noisy:
        noisy.sendto(b"noise", (host, int(port)))

    assert ask(server, NAME, "A").rcode() == dns.rcode.NXDOMAIN


def test_a_long_answer_is_cut_over_udp_and_whole_over_tcp(server: DnsServer, zone: DnsZone) -> None:
    zone.set_records({"type": "TXT", "name": NAME, "value": "x" * 2000})

    assert ask(server, NAME, "TXT").flags & dns.flags.TC
    strings = ask(server, NAME, "TXT", tcp=True).answer[0][0].strings
    assert b"".join(strings) == b"x" * 2000


def test_a_hosts_own_records_answer_and_are_nobodys_to_take_away() -> None:
    zone = DnsZone()
    zone.set_host_records([Record("A", "target.example.net", "192.0.2.1")])

    zone.remove_records({"type": "A", "name": "target.example.net"})

    assert zone.lookup("target.example.net", "A") == ["192.0.2.1"]
    assert zone.snapshot() == {"records": []}


@given(st.text(min_size=1).filter(lambda text: text.strip()))
def test_any_text_survives_a_txt_record(value: str) -> None:
    zone = DnsZone()
    zone.set_records({"type": "TXT", "name": NAME, "value": value})

    wire = answer(zone, dns.message.make_query(NAME, "TXT").to_wire(), datagram=False)

    assert wire is not None
    strings = dns.message.from_wire(wire).answer[0][0].strings
    assert b"".join(strings).decode() == value


@given(st.binary(max_size=600))
def test_any_bytes_are_answered_or_ignored(query: bytes) -> None:
    answer(DnsZone(), query, datagram=True)
