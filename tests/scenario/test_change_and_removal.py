"""A live hub whose file changes, or goes: the world follows, once, and nothing is deleted."""

from typing import Any

import pytest

from provisioner.commands.options import catalog_of
from provisioner.commands.planning import candidates
from provisioner.desired.resolve import load_hubs
from provisioner.errors import ConfigurationError
from provisioner.models.run import RunState
from tests.scenario.journals import put, text_of
from tests.scenario.network import DOCS, PLAIN, Network, app_of
from tests.scenario.outcome import variables


def project(network: Network, name: str) -> dict[str, Any]:
    found: dict[str, Any] = next(
        item for item in network.world()["vercel"]["projects"] if item["name"] == name
    )
    return found


def own_domains(network: Network, name: str) -> set[str]:
    domains = project(network, name)["domains"]
    assert isinstance(domains, list)
    return {item["name"] for item in domains if not item["name"].endswith(".vercel.app")}


def deployments(network: Network, name: str) -> int:
    found = project(network, name)["deployments"]
    assert isinstance(found, list)
    return len(found)


def docs_live(network: Network) -> None:
    network.write("nairobi", DOCS)
    network.merge("nairobi")
    network.set_dns(network.apply())
    assert network.apply().state is RunState.COMPLETED


def test_a_changed_variable_is_set_and_deployed_once(network: Network) -> None:
    docs_live(network)
    network.write("nairobi", DOCS.replace("SITE_TITLE: Nairobi Commons", "SITE_TITLE: Karibu"))

    assert network.apply().state is RunState.COMPLETED
    assert network.apply().state is RunState.COMPLETED

    assert deployments(network, "nairobi--docs") == 2
    assert "Karibu" in network.page("docs.nairobi.example.org")


def test_a_removed_variable_is_taken_away_and_deployed_once(network: Network) -> None:
    docs_live(network)
    network.write("nairobi", DOCS.replace("    env: {SITE_TITLE: Nairobi Commons}\n", ""))

    run = network.apply()

    assert run.state is RunState.COMPLETED
    assert variables(project(network, "nairobi--docs")) == []
    assert deployments(network, "nairobi--docs") == 2
    assert "remove-variables" in [step.action for step in app_of(run, "docs").steps]


def test_an_added_domain_waits_for_its_entry_while_the_site_stays_live(network: Network) -> None:
    docs_live(network)
    network.write(
        "nairobi",
        DOCS.replace("[docs.nairobi.example.org]", "[docs.nairobi.example.org, example.net]"),
    )

    waiting = network.apply()

    assert waiting.state is RunState.WAITING
    wanted = {(item.type, item.name, item.state) for item in app_of(waiting, "docs").dns}
    assert ("CNAME", "docs.nairobi.example.org", "ok") in wanted
    assert ("A", "example.net", "missing") in wanted
    network.set_dns(waiting)
    assert network.apply().state is RunState.COMPLETED
    assert deployments(network, "nairobi--docs") == 1


def test_a_removed_domain_is_taken_off(network: Network) -> None:
    docs_live(network)
    network.write("nairobi", DOCS.replace("    domains: [docs.nairobi.example.org]\n", ""))

    run = network.apply()

    assert run.state is RunState.COMPLETED
    assert own_domains(network, "nairobi--docs") == set()
    assert app_of(run, "docs").url == "https://nairobi--docs.vercel.app"


def test_a_domain_that_somebody_added_by_hand_stays(network: Network) -> None:
    docs_live(network)
    network.by_hand("POST", "/v10/projects/nairobi--docs/domains", {"name": "by-hand.example.org"})

    network.apply()

    assert "by-hand.example.org" in own_domains(network, "nairobi--docs")


def test_a_removed_app_goes_offline_and_the_other_stays(network: Network) -> None:
    network.go_live()
    network.write("nairobi", DOCS)

    run = network.apply()

    assert run.state is RunState.COMPLETED
    assert project(network, "nairobi--bot")["paused"] is True
    assert project(network, "nairobi--docs")["paused"] is False
    assert app_of(run, "bot").retiring


def test_a_deleted_hub_file_takes_the_hub_offline_and_deletes_nothing(network: Network) -> None:
    network.go_live()
    before = network.world()
    network.remove("nairobi")
    number = network.merge("nairobi")

    run = network.apply()

    assert run.state is RunState.COMPLETED
    assert run.retiring
    assert own_domains(network, "nairobi--docs") == set()
    assert project(network, "nairobi--docs")["paused"] is True
    assert project(network, "nairobi--bot")["paused"] is True
    after = network.world()
    assert len(after["github"]["repositories"]) == len(before["github"]["repositories"])
    assert len(after["vercel"]["projects"]) == len(before["vercel"]["projects"])
    (comment,) = network.comments(number)
    assert "offline" in comment["body"]
    assert "deleted" in comment["body"]
    assert network.apply() == run


def test_a_hub_that_comes_back_is_live_again_without_anything_new(network: Network) -> None:
    network.go_live()
    network.remove("nairobi")
    network.apply()
    network.write_with_bot()

    run = network.apply()

    assert run.state is RunState.COMPLETED
    assert project(network, "nairobi--docs")["paused"] is False
    assert own_domains(network, "nairobi--docs") == {"docs.nairobi.example.org"}
    assert deployments(network, "nairobi--docs") == 1


def test_a_lost_state_branch_is_rebuilt_without_touching_the_world(network: Network) -> None:
    network.go_live()
    network.sandbox.control.delete_branch("example-network/hubs", "provisioner-state")
    before = network.world()["vercel"]

    run = network.apply()

    assert run.state is RunState.COMPLETED
    assert network.world()["vercel"] == before
    assert network.apply() == run


def test_one_app_can_be_applied_alone_and_the_other_stays_due(network: Network) -> None:
    network.write_with_bot()

    first = network.apply(app="bot")

    assert app_of(first, "bot").state is RunState.COMPLETED
    assert app_of(first, "docs").state is RunState.QUEUED
    assert first.state is RunState.WAITING
    network.set_dns(network.apply())
    assert network.apply().state is RunState.COMPLETED


def test_a_hub_that_moves_to_its_own_account_leaves_the_old_one_offline(network: Network) -> None:
    docs_live(network)
    network.write("nairobi", DOCS.replace("team: nairobi-commons", "team: nairobi-own"))

    moving = network.apply()
    network.set_dns(moving)
    run = network.apply()

    assert run.state is RunState.COMPLETED
    projects = {item["team"]: item for item in network.world()["vercel"]["projects"]}
    assert projects["nairobi-commons"]["paused"] is True
    assert projects["nairobi-own"]["paused"] is False
    names = {item["name"] for item in projects["nairobi-own"]["domains"]}
    assert "docs.nairobi.example.org" in names
    assert [app.id for app in run.apps] == ["docs", "docs@nairobi-commons"]
    assert network.apply() == run


def test_more_files_gone_at_once_than_the_network_allows_take_nothing_offline(
    network: Network,
) -> None:
    limit = load_hubs(network.directory, catalog_of(network.environ)).catalog.network.limits
    network.write("nairobi", PLAIN)
    network.apply()
    network.remove("nairobi")
    text = text_of(network)
    hubs = [f"hub-{number}" for number in range(limit.removals_at_once)]
    put(network, **{hub: text.replace('"nairobi"', f'"{hub}"') for hub in hubs[1:]})
    assert due(network) == [*hubs[1:], "nairobi"]

    put(network, **{hubs[0]: text.replace('"nairobi"', f'"{hubs[0]}"')})

    with pytest.raises(ConfigurationError, match="gone at once: hub-0, hub-1"):
        due(network)
    assert due(network, "nairobi", *hubs) == ["nairobi", *hubs]


def due(network: Network, *names: str) -> list[str]:
    """The hubs that a run would get, or that it is asked for by name."""
    desired = load_hubs(network.directory, catalog_of(network.environ))
    found = candidates(network.wiring(), desired, names, only_due=not names)
    return [item.hub for item in found]
