"""A domain goes from one app of a hub to another: one change of the file, no second hand."""

from provisioner.models.run import RunState
from tests.scenario.network import Network

HEAD = (
    "name: Nairobi Commons\nmaintainers: [amina-k]\ngithub: {owner: nairobi-commons}\n"
    "vercel: {team: nairobi-commons}\napps:\n"
)
FIRST, SECOND = "docs.nairobi.example.org", "notes.nairobi.example.org"


def hub(**sites: str) -> str:
    """A hub file of sites, each with its domain or with none."""
    return HEAD + "".join(
        f"  {name}:\n    app: docs-site\n" + (f"    domains: [{domain}]\n" if domain else "")
        for name, domain in sites.items()
    )


def live(network: Network, text: str) -> None:
    network.write("nairobi", text)
    network.set_dns(network.apply())
    assert network.apply().state is RunState.COMPLETED


def own(network: Network, project: str) -> list[str]:
    names = [item["name"] for item in network.project(project)["domains"]]
    return [name for name in names if not name.endswith(".vercel.app")]


def test_a_domain_moves_between_two_apps_as_soon_as_its_entry_leads_to_the_other(
    network: Network,
) -> None:
    live(network, hub(docs=FIRST, notes=""))

    network.write("nairobi", hub(docs="", notes=FIRST))
    waiting = network.apply()
    assert own(network, "nairobi--docs") == [FIRST]
    network.set_dns(waiting)

    assert network.apply().state is RunState.COMPLETED
    assert own(network, "nairobi--docs") == []
    assert own(network, "nairobi--notes") == [FIRST]


def test_two_apps_can_swap_their_domains(network: Network) -> None:
    live(network, hub(docs=FIRST, notes=SECOND))

    live(network, hub(docs=SECOND, notes=FIRST))

    assert own(network, "nairobi--docs") == [SECOND]
    assert own(network, "nairobi--notes") == [FIRST]


def test_a_domain_of_an_app_that_goes_is_free_for_another(network: Network) -> None:
    live(network, hub(docs=FIRST))

    live(network, hub(notes=FIRST))

    assert own(network, "nairobi--docs") == []
    assert own(network, "nairobi--notes") == [FIRST]
    assert network.project("nairobi--docs")["paused"] is True


def test_a_domain_that_a_person_put_on_another_app_is_not_taken_from_it(network: Network) -> None:
    live(network, hub(docs="", notes=""))
    network.by_hand("POST", "/v10/projects/nairobi--docs/domains", {"name": FIRST})
    network.write("nairobi", hub(docs="", notes=FIRST))
    number = network.merge("nairobi")

    run = network.apply()

    assert run.state is RunState.WAITING
    assert own(network, "nairobi--docs") == [FIRST]
    assert "Hub facilitator, please" in network.headline(number)
    assert "in the settings of nairobi--docs, under Domains" in network.comment(number)
    network.by_hand("DELETE", f"/v9/projects/nairobi--docs/domains/{FIRST}", {})
    live(network, hub(docs="", notes=FIRST))
