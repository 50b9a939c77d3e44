"""People put an earlier build online by hand: what visitors get decides what is called live."""

from provisioner.models.plan import Actor, Verdict
from provisioner.models.run import RunState
from provisioner.sandbox.world import Latency
from tests.scenario.conftest import MakeNetwork
from tests.scenario.network import PLAIN, Network
from tests.scenario.outcome import COPY, PROJECT, merged, planned, project, unfinished

ADDRESS = f"{PROJECT}.vercel.app"
KARIBU = PLAIN.replace("SITE_TITLE: Nairobi Commons", "SITE_TITLE: Karibu")


def builds(network: Network) -> list[str]:
    """Their ids, the newest first."""
    return [item["id"] for item in project(network)["deployments"]]


def promote(network: Network, deployment: str) -> None:
    network.by_hand("POST", f"/v10/projects/{PROJECT}/promote/{deployment}")


def changed(network: Network) -> None:
    """A live site, built anew with another title since."""
    merged(network)
    assert network.apply().state is RunState.COMPLETED
    network.write("nairobi", KARIBU)
    assert network.apply().state is RunState.COMPLETED


def test_an_earlier_build_with_former_settings_gives_way_to_the_present_one(
    network: Network,
) -> None:
    changed(network)
    newest, oldest = builds(network)
    promote(network, oldest)
    assert "Nairobi Commons" in network.page(ADDRESS)
    assert planned(network)["deploy"].verdict is Verdict.UPDATE
    assert "Promote the build of " in planned(network)["deploy"].detail

    run = network.apply()

    assert run.state is RunState.COMPLETED
    assert "Karibu" in network.page(ADDRESS)
    assert builds(network) == [newest, oldest], "nothing was built again"
    assert network.apply() == run


def test_a_promotion_that_takes_its_time_is_waited_for_and_asked_for_once(
    make_network: MakeNetwork,
) -> None:
    network = make_network(latency=Latency(build=30.0, alias=20.0))
    changed(network)
    promote(network, builds(network)[1])
    network.clock.advance(60)
    asked = len(network.requests())

    assert network.apply().state is RunState.COMPLETED

    sent = [item for item in network.requests()[asked:] if "/promote/" in item.path]
    assert len(sent) == 1
    assert "Karibu" in network.page(ADDRESS)


def test_an_earlier_commit_with_the_present_settings_is_respected(network: Network) -> None:
    merged(network)
    live = network.apply()
    network.sandbox.control.push(files={"docs/index.md": "# Broken\n"}, repository=COPY)
    _, first = builds(network)
    promote(network, first)
    before = project(network)

    assert network.apply() == live

    assert project(network) == before


def test_settings_of_before_that_are_asked_for_again_are_built_from_the_newest_commit(
    network: Network,
) -> None:
    changed(network)
    network.sandbox.control.push(files={"docs/index.md": "# New\n"}, repository=COPY)
    network.write("nairobi", PLAIN)

    assert network.apply().state is RunState.COMPLETED

    found = project(network)["deployments"]
    assert len(found) == 4
    assert found[0]["sha"] == found[1]["sha"]
    assert "Nairobi Commons" in network.page(ADDRESS)


def test_a_failed_push_does_not_keep_a_good_build_from_being_promoted(network: Network) -> None:
    changed(network)
    network.sandbox.control.set_vercel(next_deployments=[{"state": "ERROR"}])
    network.sandbox.control.push(files={"docs/index.md": "# Broken\n"}, repository=COPY)
    promote(network, builds(network)[2])

    assert network.apply().state is RunState.COMPLETED

    assert "Karibu" in network.page(ADDRESS)
    assert len(builds(network)) == 3


def test_a_promotion_that_the_host_refuses_is_the_facilitators_to_make(network: Network) -> None:
    changed(network)
    promote(network, builds(network)[1])
    network.sandbox.control.add_faults(
        {"path": "/v10/projects/*/promote/*", "kind": "status", "status": 400, "times": "forever"}
    )

    run = network.apply()

    assert run.state is RunState.FAILED
    step = unfinished(run)
    assert (step.action, step.who) == ("deploy", Actor.FACILITATOR)
    assert "promote it by hand" in step.hint
    network.sandbox.control.clear_faults()
    promote(network, builds(network)[0])
    assert network.apply().state is RunState.COMPLETED
    assert "Karibu" in network.page(ADDRESS)
