"""A project that was made by us says so itself, from its first moment on."""

from provisioner.hosting.base import MARK
from provisioner.hosting.registry import FIRST
from provisioner.models.plan import Actor
from provisioner.models.run import RunState
from tests.scenario.network import PLAIN, Network
from tests.scenario.outcome import (
    PROJECT,
    assert_asks,
    assert_live,
    merged,
    project,
    unfinished,
    variables,
)

NO_BUILDS = [{"operation": "deployments", "total": 0}]


def made_but_never_built(network: Network) -> None:
    """Copy and project are there; the host takes no build just now."""
    network.sandbox.control.set_vercel(limits=NO_BUILDS)
    merged(network)
    assert network.apply().state is RunState.WAITING
    assert project(network)["deployments"] == []


def without_journal(network: Network) -> None:
    network.sandbox.control.delete_branch("example-network/hubs", "provisioner-state")


def test_without_the_journal_a_project_that_was_never_built_is_known_as_ours(
    network: Network,
) -> None:
    made_but_never_built(network)
    without_journal(network)
    network.sandbox.control.set_vercel(limits=[])

    assert_live(network, network.apply())


def test_the_mark_of_another_app_is_no_proof(network: Network) -> None:
    made_but_never_built(network)
    (mark,) = [
        item
        for item in network.wiring().readers.hosts[FIRST.key].variables("nairobi-commons", PROJECT)
        if item.key == MARK
    ]
    network.by_hand("PATCH", f"/v9/projects/{PROJECT}/env/{mark.id}", {"value": "nairobi/other"})
    without_journal(network)

    run = network.apply()

    assert run.state is RunState.FAILED
    assert "adopt: true" in unfinished(run).hint


def test_what_another_owner_of_the_name_made_is_not_ours(network: Network) -> None:
    made_but_never_built(network)
    network.clock.advance(3_600)
    network.remove("nairobi")
    assert network.apply().retiring
    before = project(network)
    network.sandbox.control.set_vercel(limits=[])
    network.write("nairobi", PLAIN.replace("[amina-k]", "[mallory]"))

    run = network.apply()

    assert run.state is RunState.FAILED
    assert "adopt: true" in unfinished(run).hint
    assert project(network) == before


def test_the_mark_stays_when_the_hubs_own_variables_go(network: Network) -> None:
    merged(network)
    network.apply()
    network.write("nairobi", PLAIN.replace("    env: {SITE_TITLE: Nairobi Commons}\n", ""))

    run = network.apply()

    assert run.state is RunState.COMPLETED
    assert variables(project(network)) == []
    assert [item["key"] for item in project(network)["env"]] == [MARK]
    assert MARK not in run.model_dump_json()


def test_a_team_that_takes_no_such_variable_gets_its_project_without_a_mark(
    network: Network,
) -> None:
    network.sandbox.control.set_vercel(refused_variables={MARK: "ENV_POLICY"})
    merged(network)

    assert_live(network, network.apply())
    assert [item["key"] for item in project(network)["env"]] == ["SITE_TITLE"]


def test_a_copy_that_was_made_before_its_project_has_no_mark(network: Network) -> None:
    """Where the promise ends: without the journal nothing tells that the copy is ours."""
    network.sandbox.control.set_vercel(blind_to=["nairobi-commons"])
    number = merged(network)
    assert network.apply().state is RunState.WAITING
    without_journal(network)
    network.sandbox.control.set_vercel(blind_to=[])

    run = network.apply()

    step = assert_asks(network, number, run, Actor.FACILITATOR, "fork-repository")
    assert "adopt: true" in step.hint
