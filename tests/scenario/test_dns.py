"""DNS entries: what a person must set, and what serves as well."""

from pathlib import Path

import pytest

from provisioner.models.dns import DnsState
from provisioner.models.run import RunState
from tests.conftest import MakeSandbox
from tests.scenario.dns import APEX, SUB, entries, live, merged_on, record
from tests.scenario.meanwhile import Meanwhile
from tests.scenario.network import DOCS, Network, app_of, step_of


@pytest.fixture
def number(network: Network) -> int:
    """The pull request that brought a hub with a site on a subdomain."""
    return merged_on(network, SUB)


def test_each_project_has_its_own_value(network: Network) -> None:
    other = "  notes:\n    app: docs-site\n    domains: [notes.nairobi.example.org]\n"
    network.write("nairobi", DOCS + other)

    run = network.apply()

    (docs,), (notes,) = app_of(run, "docs").dns, app_of(run, "notes").dns
    assert docs.value != notes.value
    for entry in (docs, notes):
        assert (entry.type, entry.zone) == ("CNAME", "example.org")
        assert entry.value.endswith(".vercel-dns-017.com")


@pytest.mark.parametrize("address", ["216.198.79.1", "64.29.17.1", "76.76.21.21"])
def test_an_apex_needs_one_address_and_any_of_the_recommended_ones_serves(
    network: Network, address: str
) -> None:
    number = merged_on(network, APEX)

    (entry,) = entries(network.apply())

    assert (entry.type, entry.relative_name, entry.value) == ("A", "@", "216.198.79.1")
    assert "Hub facilitator, please set the DNS entry below." in network.headline(number)
    network.sandbox.control.set_dns([record("A", APEX, address)])
    assert live(network)
    assert "✅ 1 DNS entry is set" in network.comment(number)


def test_an_older_address_works_and_the_newer_one_is_told(network: Network) -> None:
    merged_on(network, APEX)
    network.apply()
    network.sandbox.control.set_dns([record("A", APEX, "76.76.21.21")])

    run = network.apply()

    assert run.state is RunState.COMPLETED
    detail = step_of(run, "docs", "verify-dns").detail
    assert "newer values, to set when it suits: `216.198.79.1` for example.net" in detail


def test_a_wrong_entry_shows_what_public_dns_answers(network: Network, number: int) -> None:
    network.apply()
    network.sandbox.control.set_dns([record("CNAME", SUB, "old-host.example.net")])

    (entry,) = entries(network.apply())

    assert (entry.state, entry.answers) == (DnsState.WRONG, ("old-host.example.net",))
    assert "something else: `old-host.example.net`" in network.comment(number)
    network.set_dns(network.apply())
    assert live(network)


def test_capitals_and_last_dots_make_no_difference(network: Network, number: int) -> None:
    (entry,) = entries(network.apply())

    shouted = record("CNAME", f"{SUB.upper()}.", f"{entry.value.upper()}.")
    network.sandbox.control.set_dns([shouted])

    assert live(network)


def test_an_address_in_place_of_the_alias_is_good_enough(network: Network, number: int) -> None:
    network.apply()

    network.sandbox.control.set_dns([record("A", SUB, "216.198.79.1")])

    assert live(network)


def test_www_and_apex_are_told_in_one_table(network: Network) -> None:
    number = merged_on(network, APEX, f"www.{APEX}")

    run = network.apply()

    assert {(entry.type, entry.relative_name) for entry in entries(run)} == {
        ("A", "@"),
        ("CNAME", "www"),
    }
    assert "Hub facilitator, please set the 2 DNS entries below." in network.headline(number)
    network.set_dns(run)
    assert live(network)


def test_an_international_name_goes_live_under_its_dns_form(network: Network) -> None:
    merged_on(network, "docs.xn--mnchen-3ya.example.org")

    network.set_dns(network.apply())

    assert live(network)


def test_entries_are_in_the_comment_before_the_step_ends(
    make_sandbox: MakeSandbox, tmp_path: Path
) -> None:
    clock = Meanwhile()
    network = Network(make_sandbox(clock=clock), clock, tmp_path / "hubs")
    number = merged_on(network, SUB)
    network.sandbox.dns.fail(SUB, "servfail", times=1000)  # so that the step looks for minutes
    read: list[str] = []
    clock.arrange(100, lambda: read.append(network.comment(number)))

    (entry,) = entries(network.apply())

    (meanwhile,) = read
    assert "is being set up." in meanwhile
    assert f"Value: {entry.value}" in meanwhile
    assert "Name:  docs.nairobi" in meanwhile
