"""DNS that gives no answer, or not yet, is not called wrong, and nobody is sent to fix it."""

import pytest

from provisioner.models.dns import DnsState
from provisioner.models.run import Run, RunState, StepState
from tests.scenario.dns import SUB, entries, live, merged_on, record
from tests.scenario.network import Network, step_of


@pytest.fixture
def number(network: Network) -> int:
    return merged_on(network, SUB)


def verify(run: Run) -> str:
    step = step_of(run, "docs", "verify-dns")
    assert step.state is StepState.WAITING
    return step.detail


@pytest.mark.parametrize("code", ["timeout", "unexpected_dns_response"])
def test_a_host_that_could_not_ask_is_asked_again(network: Network, number: int, code: str) -> None:
    network.set_dns(network.apply())
    network.sandbox.control.set_vercel(config_errors=[code] * 3)

    assert live(network)


def test_a_host_that_cannot_ask_for_long_keeps_what_is_known(network: Network, number: int) -> None:
    known = entries(network.apply())
    network.sandbox.control.set_vercel(config_errors=["timeout"] * 500)

    run = network.apply()

    assert verify(run) == f"Vercel could not ask the name servers of {SUB} just now."
    assert entries(run) == known
    network.sandbox.control.set_vercel(config_errors=[])
    network.set_dns(run)
    assert live(network)


def test_a_domain_that_the_host_does_not_take_is_the_facilitator_s_to_correct(
    network: Network, number: int
) -> None:
    network.sandbox.control.set_vercel(config_errors=["invalid_name"])

    run = network.apply()

    assert run.state is RunState.FAILED
    assert "Hub facilitator, please see “What to do” below." in network.headline(number)
    assert f"does not take {SUB} for a domain name" in network.comment(number)


@pytest.mark.parametrize("fault", ["servfail", "refused"])
def test_public_dns_that_gives_no_answer_is_not_called_wrong(
    network: Network, number: int, fault: str
) -> None:
    network.sandbox.dns.fail(SUB, fault, times=10_000)

    run = network.apply()

    (entry,) = entries(run)
    assert entry.state is DnsState.UNKNOWN
    assert verify(run) == f"Public DNS gave no answer about {SUB} just now."
    assert "Nobody has to do anything" in network.headline(number)
    assert "could not be asked" in network.comment(number)
    assert entry.value in network.comment(number)
    network.sandbox.dns.fail(SUB, fault, times=1)
    network.set_dns(run)
    assert live(network)


def test_entries_that_the_host_has_not_seen_yet_need_nobody(network: Network, number: int) -> None:
    network.set_dns(network.apply())
    network.sandbox.control.set_vercel(must_change_address=[SUB])

    run = network.apply()

    assert verify(run) == "The entries are in place; Vercel has not seen them yet."
    assert "Nobody has to do anything" in network.headline(number)
    network.sandbox.control.set_vercel(must_change_address=[])
    assert live(network)


def test_an_outdated_proof_is_shown_beside_the_one_that_is_wanted(
    network: Network, number: int
) -> None:
    network.sandbox.control.set_vercel(apex_owned_elsewhere=["example.org"])
    outdated = f"vc-domain-verify={SUB},0123456789abcdef0123"
    network.sandbox.control.set_dns([record("TXT", "_vercel.example.org", outdated)])

    (proof, _alias) = entries(network.apply())

    assert (proof.state, proof.answers) == (DnsState.WRONG, (outdated,))
    assert f"something else: `{outdated}`" in network.comment(number)
