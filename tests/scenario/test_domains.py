"""Domains that others hold, or that must be proved: none is taken, each is waited for."""

import pytest

from provisioner.models.run import Run, RunState, StepState
from tests.scenario.network import DOCS, Network, app_of, step_of

DOMAIN = "docs.nairobi.example.org"
TWO = DOCS.replace(f"[{DOMAIN}]", f"[{DOMAIN}, www.nairobi.example.org]")


@pytest.fixture
def number(network: Network) -> int:
    network.write("nairobi", DOCS)
    return network.merge("nairobi")


def domains(network: Network, project: str) -> dict[str, bool]:
    """The domains of a project that are the hub's own, and whether their ownership is proved."""
    found = network.project(project)["domains"]
    own = [item for item in found if not item["name"].endswith(".vercel.app")]
    return {item["name"]: item["verified"] for item in own}


def held_by_hand(network: Network, domain: str, name: str = "older-site") -> None:
    """Somebody has the domain on a project of the same team, with a build of its own."""
    network.sandbox.control.set_repository("nairobi-commons/older", files={"index.html": "old"})
    link = {"type": "github", "repo": "nairobi-commons/older"}
    network.by_hand("POST", "/v11/projects", {"name": name, "gitRepository": link})
    network.sandbox.control.push(files={"a": "b"}, repository="nairobi-commons/older")
    network.by_hand("POST", f"/v10/projects/{name}/domains", {"name": domain})


def entries(run: Run) -> set[tuple[str, str]]:
    return {(item.type, item.name) for item in app_of(run, "docs").dns}


def goes_live(network: Network) -> Run:
    network.set_dns(network.apply())
    run = network.apply()
    assert run.state is RunState.COMPLETED
    return run


def test_a_domain_of_another_owner_is_proved_by_its_entry_as_the_host_words_it(
    network: Network, number: int
) -> None:
    network.sandbox.control.set_vercel(apex_owned_elsewhere=["example.org"])

    waiting = network.apply()

    (proof,) = [item for item in app_of(waiting, "docs").dns if item.type == "TXT"]
    assert proof.name == "_vercel.example.org"
    assert proof.value.startswith(f"vc-domain-verify={DOMAIN},")
    assert f"`{proof.value}`" in network.comment(number)
    assert "Hub facilitator, please set the 2 DNS entries below." in network.headline(number)
    assert domains(network, "nairobi--docs") == {DOMAIN: False}
    goes_live(network)
    assert domains(network, "nairobi--docs") == {DOMAIN: True}
    assert "TXT" not in network.comment(number)


def test_a_proof_that_the_host_does_not_see_yet_needs_nobody(network: Network, number: int) -> None:
    network.sandbox.control.set_vercel(apex_owned_elsewhere=["example.org"])
    network.set_dns(network.apply())
    network.sandbox.control.add_faults(
        {"path": "*/verify", "kind": "status", "status": 400, "times": 1}
    )

    run = network.apply()

    assert step_of(run, "docs", "verify-dns").state is StepState.WAITING
    assert "Nobody has to do anything" in network.headline(number)
    assert network.apply().state is RunState.COMPLETED


@pytest.mark.parametrize("code", ["domain_already_exists", "domain_already_in_use"])
@pytest.mark.parametrize("seen", [True, False], ids=["before", "at the same moment"])
def test_a_domain_that_somebody_puts_on_the_project_by_hand_is_used(
    network: Network, number: int, code: str, seen: bool
) -> None:
    network.sandbox.control.set_vercel(
        limits=[{"operation": "domains", "total": 0, "window": 86_400}], already_added_code=code
    )
    network.apply()
    network.sandbox.control.set_vercel(limits=[])
    network.by_hand("POST", "/v10/projects/nairobi--docs/domains", {"name": DOMAIN})
    if not seen:
        network.sandbox.control.add_faults(
            {"method": "GET", "path": "*/domains", "kind": "status", "status": 404, "times": 2}
        )

    goes_live(network)

    assert domains(network, "nairobi--docs") == {DOMAIN: True}
    refused = [item.path for item in network.requests() if item.status == 400]
    assert len(refused) == (0 if seen else 1)


def test_a_domain_of_another_account_is_waited_for_and_never_taken(
    network: Network, number: int
) -> None:
    network.sandbox.control.set_vercel(held_elsewhere=[DOMAIN])

    run = network.apply()

    assert run.state is RunState.WAITING
    assert "Hub facilitator, please see “What to do” below." in network.headline(number)
    assert f"{DOMAIN} is in use by another Vercel account." in network.comment(number)
    assert domains(network, "nairobi--docs") == {}
    network.sandbox.control.set_vercel(held_elsewhere=[])
    goes_live(network)


def test_a_domain_of_another_project_of_the_team_names_that_project(
    network: Network, number: int
) -> None:
    held_by_hand(network, DOMAIN)

    run = network.apply()

    assert run.state is RunState.WAITING
    assert f"{DOMAIN} is in use by the Vercel project older-site." in network.comment(number)
    assert domains(network, "older-site") == {DOMAIN: True}
    network.by_hand("DELETE", f"/v9/projects/older-site/domains/{DOMAIN}", {})
    goes_live(network)


def test_the_other_domains_of_an_app_do_not_wait_for_the_one_that_is_held(
    network: Network,
) -> None:
    network.write("nairobi", TWO)
    network.sandbox.control.set_vercel(held_elsewhere=[DOMAIN])

    waiting = network.apply()

    assert domains(network, "nairobi--docs") == {"www.nairobi.example.org": True}
    assert entries(waiting) == {("CNAME", "www.nairobi.example.org")}
    network.set_dns(waiting)
    assert entries(network.apply()) == {("CNAME", "www.nairobi.example.org")}
    network.sandbox.control.set_vercel(held_elsewhere=[])
    goes_live(network)


def test_a_domain_that_the_team_may_not_use_is_the_facilitator_s_to_clear(
    network: Network, number: int
) -> None:
    network.sandbox.control.set_vercel(not_allowed=[DOMAIN])

    assert network.apply().state is RunState.WAITING

    assert "Hub facilitator, please" in network.headline(number)
    assert f"may not use {DOMAIN}" in network.comment(number)
    network.sandbox.control.set_vercel(not_allowed=[])
    goes_live(network)


def test_an_unproved_domain_that_is_no_longer_asked_for_is_taken_off(
    network: Network, number: int
) -> None:
    network.sandbox.control.set_vercel(apex_owned_elsewhere=["example.org"])
    network.apply()
    network.write("nairobi", DOCS.replace(DOMAIN, "example.net"))

    goes_live(network)

    assert domains(network, "nairobi--docs") == {"example.net": True}


def test_a_domain_that_others_lead_to_stays_until_a_person_has_looked(network: Network) -> None:
    network.write("nairobi", DOCS)
    goes_live(network)
    www = {"name": "www.nairobi.example.org", "redirect": DOMAIN}
    network.by_hand("POST", "/v10/projects/nairobi--docs/domains", www)
    network.write("nairobi", DOCS.replace(DOMAIN, "example.net"))
    number = network.merge("nairobi")

    assert network.apply().state is RunState.FAILED

    assert "Hub facilitator, please" in network.headline(number)
    assert "let them lead elsewhere" in network.comment(number)
    assert DOMAIN in domains(network, "nairobi--docs")
    network.by_hand("DELETE", f"/v9/projects/nairobi--docs/domains/{www['name']}", {})
    goes_live(network)
