"""A journal proves nothing: forged, it takes nothing of another hub's offline."""

import json
from typing import Any

import pytest

from provisioner.hosting.registry import FIRST
from provisioner.models.app import BuildSettings
from provisioner.models.run import Run, RunState
from tests.scenario.journals import document_of, edit, put
from tests.scenario.network import DOCS, PLAIN, Network

KISUMU = (
    DOCS.replace("nairobi-commons", "kisumu-lab")
    .replace("Nairobi", "Kisumu")
    .replace("docs.nairobi", "docs.kisumu")
    .replace("amina-k", "grace-o")
)
OF_KISUMU = [
    {"kind": "repository", "name": "kisumu-lab/kisumu--docs"},
    {"kind": "project", "name": "vercel:kisumu-lab/kisumu--docs"},
    {"kind": "domain", "name": "docs.kisumu.example.org"},
]


def kisumu_live(network: Network) -> dict[str, Any]:
    """Kisumu's site with its domain, as it must stay."""
    network.write("kisumu", KISUMU)
    network.set_dns(network.apply("kisumu"))
    assert network.apply("kisumu").state is RunState.COMPLETED
    return network.project("kisumu--docs")


def ghost(network: Network, *resources: dict[str, str], app: str = "docs") -> None:
    """Somebody writes a journal of a hub that never was."""
    document = json.loads(json.dumps(document_of(network, "kisumu")).replace('"kisumu"', '"ghost"'))
    (record,) = document["run"]["apps"]
    record.update(id=app, resources=list(resources))
    put(network, ghost=json.dumps(document))


def note_of(run: Run) -> str:
    return " ".join(run.notes)


def test_a_ghost_that_names_another_hubs_project_retires_nothing(network: Network) -> None:
    before = kisumu_live(network)
    ghost(network, *OF_KISUMU)

    run = network.apply("ghost")

    assert network.project("kisumu--docs") == before
    assert "kisumu-lab/kisumu--docs" in note_of(run)
    assert "could not own" in note_of(run)
    assert {item.kind for item in run.apps[0].resources} == {"domain"}


def test_an_app_id_that_completes_another_hubs_name_is_no_app(network: Network) -> None:
    before = kisumu_live(network)
    ghost(network, *OF_KISUMU, app="../kisumu--docs")

    network.apply("ghost")

    assert network.project("kisumu--docs") == before


def test_a_project_of_the_ghosts_own_name_in_another_hubs_account_stays(network: Network) -> None:
    kisumu_live(network)
    network.sandbox.control.set_repository("kisumu-lab/ghost--docs")
    make_project(network, "kisumu-lab", "ghost--docs", "kisumu-lab/ghost--docs")
    before = network.project("ghost--docs")
    ghost(
        network,
        {"kind": "repository", "name": "kisumu-lab/ghost--docs"},
        {"kind": "project", "name": "vercel:kisumu-lab/ghost--docs"},
    )
    edit(network, "ghost", lambda document: document.update(maintainers=[]))

    network.apply("ghost")

    assert network.project("ghost--docs") == before


@pytest.mark.parametrize("linked", ["nairobi-commons/handmade", "nairobi-commons/nairobi--other"])
def test_a_project_without_proof_is_left_as_it_is(network: Network, linked: str) -> None:
    kisumu_live(network)
    network.sandbox.control.set_repository(linked)
    make_project(network, "nairobi-commons", "ghost--docs", linked)
    before = network.project("ghost--docs")
    ghost(network, {"kind": "project", "name": "vercel:nairobi-commons/ghost--docs"})

    run = network.apply("ghost")

    assert network.project("ghost--docs") == before
    assert {step.state.value for step in run.apps[0].steps} == {"skipped"}
    assert "no mark of the provisioner" in run.apps[0].steps[0].detail


def test_a_live_hub_whose_journal_names_anothers_things_leaves_them(network: Network) -> None:
    before = kisumu_live(network)
    network.write("nairobi", PLAIN)
    network.apply()
    edit(network, "nairobi", lambda it: it["run"]["apps"][0]["resources"].extend(OF_KISUMU))
    network.write("nairobi", PLAIN.replace("SITE_TITLE: Nairobi", "SITE_TITLE: Karibu"))

    run = network.apply()

    assert run.state is RunState.COMPLETED
    assert network.project("kisumu--docs") == before
    assert [app.id for app in run.apps] == ["docs"]
    assert "kisumu--docs" in note_of(run)
    assert "kisumu--docs" not in str(document_of(network)["run"]["apps"])


def test_a_dropped_app_of_anothers_name_takes_nothing_offline(network: Network) -> None:
    before = kisumu_live(network)
    network.write("nairobi", PLAIN)
    network.apply()

    def forge(document: dict[str, Any]) -> None:
        (record,) = document["run"]["apps"]
        document["run"]["apps"].append({**record, "id": "gone", "resources": OF_KISUMU})

    edit(network, "nairobi", forge)

    run = network.apply()

    assert network.project("kisumu--docs") == before
    assert run.state is RunState.COMPLETED


def test_two_hubs_of_the_same_people_may_share_an_account_and_leave_it(network: Network) -> None:
    network.write("nairobi", PLAIN)
    network.write("sister", PLAIN)
    network.try_apply("nairobi", "sister")
    before = network.project("nairobi--docs")
    network.remove("sister")

    assert network.apply("sister").state is RunState.COMPLETED

    assert network.project("sister--docs")["paused"] is True
    assert network.project("nairobi--docs") == before


def make_project(network: Network, team: str, name: str, repository: str) -> None:
    """Somebody's own project, made by hand."""
    network.wiring().writers.hosts[FIRST.key].create_project(
        team, name, repository, BuildSettings()
    )
