"""What a visitor may meet instead of the app: never called live, and who can help is said."""

from pathlib import Path
from typing import Any

import pytest

from provisioner.models.run import RunState, StepState
from tests.conftest import MakeSandbox
from tests.scenario.meanwhile import Meanwhile
from tests.scenario.network import DOCS, PLAIN, Network, app_of, step_of

DOMAIN, WWW = "docs.nairobi.example.org", "www.docs.nairobi.example.org"
NOBODY, FACILITATOR = "Nobody has to do anything", "Hub facilitator, please"
MAINTAINER = "Network maintainer, please"


@pytest.fixture
def number(network: Network) -> int:
    """A hub whose DNS is in place: only the visitor's look is left."""
    network.write("nairobi", DOCS)
    number = network.merge("nairobi")
    network.set_dns(network.apply())
    return number


def waits(network: Network, number: int, reason: str, who: str) -> None:
    run = network.apply()
    step = step_of(run, "docs", "check-live")
    assert (run.state, step.state) == (RunState.WAITING, StepState.WAITING)
    assert reason in step.detail
    assert who in network.headline(number)
    assert "is live" not in network.comment(number)


def live(network: Network) -> bool:
    return network.apply().state is RunState.COMPLETED


@pytest.mark.parametrize(
    ("certificate", "reason", "who"),
    [
        ("none", "it has no certificate yet", NOBODY),
        ("expired", "its certificate has expired", FACILITATOR),
        ("wrong_name", "its certificate is for another name", FACILITATOR),
    ],
)
def test_without_a_good_certificate_nothing_is_live(
    network: Network, number: int, certificate: str, reason: str, who: str
) -> None:
    network.sandbox.control.set_vercel(certificates={DOMAIN: certificate})

    waits(network, number, f"{DOMAIN}: {reason}", who)

    network.sandbox.control.set_vercel(certificates={})
    assert live(network)


@pytest.mark.parametrize("status", [404, 403, 500, 503, 204])
def test_a_page_that_does_not_answer_200_is_the_maintainer_s_to_look_at(
    network: Network, number: int, status: int
) -> None:
    network.sandbox.control.set_vercel(page_status={"nairobi--docs": status})

    waits(network, number, f"{DOMAIN}: it answers {status}", MAINTAINER)

    assert "read its logs" in network.comment(number)
    network.sandbox.control.set_vercel(page_status={})
    assert live(network)


def test_a_site_that_asks_for_a_login_is_the_facilitator_s_to_open(
    network: Network, number: int
) -> None:
    protect(network, {"deploymentType": "all"})

    waits(network, number, f"{DOMAIN}: it asks visitors to log in (401)", FACILITATOR)

    assert "under Deployment Protection" in network.comment(number)
    protect(network, None)
    assert live(network)


def protect(network: Network, protection: dict[str, str] | None) -> None:
    network.by_hand("PATCH", "/v9/projects/nairobi--docs", {"ssoProtection": protection})


def test_a_redirect_to_the_same_name_with_www_counts_when_it_answers(
    network: Network, number: int
) -> None:
    leads_to(network, WWW)
    waits(network, number, f"{DOMAIN}: it has no certificate yet", NOBODY)

    value = app_of(network.apply(), "docs").dns[0].value
    network.sandbox.control.set_dns([{"type": "CNAME", "name": WWW, "value": value}])

    assert live(network)


def test_a_redirect_to_a_name_that_is_not_the_hub_s_is_not_live(
    network: Network, number: int
) -> None:
    leads_to(network, "parked.example.net")

    reason = "it leads on to parked.example.net, which is not a domain of this app"
    waits(network, number, f"{DOMAIN}: {reason}", FACILITATOR)

    network.by_hand("PATCH", f"/v9/projects/nairobi--docs/domains/{DOMAIN}", {"redirect": None})
    assert live(network)


def leads_to(network: Network, target: str) -> None:
    """Somebody sets a permanent redirect on the host's pages."""
    domains = "/v9/projects/nairobi--docs/domains"
    network.by_hand("POST", domains.replace("v9", "v10"), {"name": target})
    redirect: dict[str, Any] = {"redirect": target, "redirectStatusCode": 301}
    network.by_hand("PATCH", f"{domains}/{DOMAIN}", redirect)


def test_each_domain_is_looked_at_by_itself(network: Network, number: int) -> None:
    network.write("nairobi", DOCS.replace(f"[{DOMAIN}]", f"[{DOMAIN}, notes.nairobi.example.org]"))
    number = network.merge("nairobi")
    network.set_dns(network.apply())
    network.sandbox.control.set_vercel(certificates={"notes.nairobi.example.org": "none"})

    waits(network, number, "notes.nairobi.example.org: it has no certificate yet", NOBODY)

    network.sandbox.control.set_vercel(certificates={})
    assert live(network)


def test_a_page_that_comes_up_within_the_step_s_time_is_waited_for(
    make_sandbox: MakeSandbox, tmp_path: Path
) -> None:
    clock = Meanwhile()
    network = Network(make_sandbox(clock=clock), clock, tmp_path / "hubs")
    network.write("nairobi", PLAIN)
    network.sandbox.control.set_vercel(page_status={"nairobi--docs": 404})
    clock.arrange(60, lambda: network.sandbox.control.set_vercel(page_status={}))

    run = network.apply()

    assert run.state is RunState.COMPLETED
    assert step_of(run, "docs", "check-live").attempts == 1
