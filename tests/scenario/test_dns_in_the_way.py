"""DNS entries that stand in the way, must change, or need care at their provider."""

import pytest

from provisioner.models.dns import DnsState
from provisioner.models.run import RunState
from tests.scenario.dns import APEX, entries, live, merged_on, record
from tests.scenario.network import Network

AT_CLOUDFLARE = [
    {"type": "NS", "name": "example.org", "value": "ada.ns.cloudflare.com"},
    {"type": "NS", "name": APEX, "value": "ada.ns.cloudflare.com"},
]


@pytest.fixture
def number(network: Network) -> int:
    """The pull request that brought a hub with a site on a domain itself."""
    return merged_on(network, APEX)


def test_an_address_that_has_to_change_is_asked_for(network: Network, number: int) -> None:
    network.apply()
    network.sandbox.control.set_dns([record("A", APEX, "76.76.21.21")])
    network.sandbox.control.set_vercel(must_change_address=[APEX])

    (entry,) = entries(network.apply())

    assert (entry.state, entry.answers) == (DnsState.WRONG, ("76.76.21.21",))
    assert "Hub facilitator, please set the DNS entry below." in network.headline(number)
    network.sandbox.control.set_dns([record("A", APEX, entry.value)])
    network.sandbox.control.set_vercel(must_change_address=[])
    assert live(network)


@pytest.mark.parametrize(
    ("kind", "value", "why"),
    [
        ("AAAA", "2001:db8::1", "Visitors with IPv6 would be led to another server."),
        ("A", "192.0.2.7", "Some visitors would be led to another server."),
        ("CAA", '0 issue "sectigo.com"', "It forbids the certificate"),
    ],
)
def test_an_entry_that_stands_in_the_way_is_to_be_removed_and_why(
    network: Network, number: int, kind: str, value: str, why: str
) -> None:
    right = record("A", APEX, "216.198.79.1")
    hindering = record(kind, APEX, value)
    network.apply()
    network.sandbox.control.set_dns([right, hindering])

    run = network.apply()

    assert run.state is RunState.WAITING
    states = {(entry.type, entry.value): entry.state for entry in entries(run)}
    assert states == {("A", "216.198.79.1"): DnsState.OK, (kind, value): DnsState.REMOVE}
    assert "Hub facilitator, please remove the DNS entry below." in network.headline(number)
    assert why in network.comment(number)
    network.sandbox.control.remove_dns([hindering])
    assert live(network)


def test_at_cloudflare_a_name_is_an_alias_with_the_proxy_off(network: Network, number: int) -> None:
    network.sandbox.control.set_dns(AT_CLOUDFLARE)

    run = network.apply()

    (entry,) = entries(run)
    assert (entry.type, entry.relative_name) == ("CNAME", "@")
    assert "set “Proxy status” to “DNS only” (grey cloud)" in network.comment(number)
    network.set_dns(run)
    assert live(network)


def test_an_apex_that_cloudflare_answers_with_addresses_is_in_place(
    network: Network, number: int
) -> None:
    network.sandbox.control.set_dns(AT_CLOUDFLARE)
    network.apply()

    network.sandbox.control.set_dns([record("A", APEX, "216.198.79.1")])

    assert live(network)


def test_a_proxy_that_is_still_on_shows_as_the_wrong_answer(network: Network, number: int) -> None:
    network.sandbox.control.set_dns(AT_CLOUDFLARE)
    network.apply()
    network.sandbox.control.set_dns([record("A", APEX, "104.16.0.9")])

    (entry,) = entries(network.apply())

    assert (entry.state, entry.answers) == (DnsState.WRONG, ("104.16.0.9",))
    assert "grey cloud" in network.comment(number)
