"""Two copies of one source, and names that somebody takes in the last moment."""

from provisioner.models.plan import Actor
from provisioner.models.run import RunState
from tests.scenario.conftest import MakeNetwork
from tests.scenario.network import PLAIN, Network
from tests.scenario.outcome import (
    COPY,
    SOURCE,
    Meanwhile,
    assert_asks,
    assert_live,
    merged,
    projects,
    repositories,
    repository,
)

FORKING = "fork-repository"
OLD = "nairobi-commons/our-docs"
TWICE = PLAIN + "  wiki:\n    app: docs-site\n    env: {SITE_TITLE: Wiki}\n"


def test_two_apps_of_one_source_need_a_template(network: Network) -> None:
    network.sandbox.control.set_repository(SOURCE, template=False)
    merged(network, TWICE)

    first = network.apply()

    assert {app.state for app in first.apps} == {RunState.COMPLETED, RunState.FAILED}
    assert len(repositories(network)) == 1
    network.sandbox.control.set_repository(SOURCE, template=True)
    run = network.apply()
    assert run.state is RunState.COMPLETED
    assert sorted(repositories(network)) == [COPY, "nairobi-commons/nairobi--wiki"]
    assert [len(item["deployments"]) for item in projects(network)] == [1, 1]


def test_two_apps_of_one_template_are_a_fork_and_a_copy_at_once(network: Network) -> None:
    network.sandbox.control.set_repository(SOURCE, template=True)
    merged(network, TWICE)

    run = network.apply()

    assert run.state is RunState.COMPLETED
    assert sorted(repositories(network)) == [COPY, "nairobi-commons/nairobi--wiki"]


def test_a_name_that_is_taken_in_the_last_moment_is_told_and_nothing_is_taken_over(
    make_network: MakeNetwork,
) -> None:
    somebody = Meanwhile()
    network = make_network(observer=somebody)
    control = network.sandbox.control
    number = merged(network)
    somebody.after(
        "PUT", "*/contents/hubs/*", lambda: control.set_repository(COPY, files={"a": "theirs"})
    )

    run = network.apply()

    step = assert_asks(network, number, run, Actor.FACILITATOR, FORKING)
    assert f"{COPY}-1" in step.detail
    assert sorted(repositories(network)) == [COPY, f"{COPY}-1"]
    assert repository(network)["parent"] is None
    assert network.apply().state is RunState.FAILED  # once more: nothing is made twice
    assert sorted(repositories(network)) == [COPY, f"{COPY}-1"]
    control.delete_repository(COPY)
    control.rename_repository(f"{COPY}-1", COPY)
    assert_live(network, network.apply())
    assert repositories(network) == [COPY]


def test_a_name_that_is_taken_before_a_template_is_copied_is_looked_at_again(
    make_network: MakeNetwork,
) -> None:
    somebody = Meanwhile()
    network = make_network(observer=somebody)
    control = network.sandbox.control
    control.set_repository(SOURCE, template=True)
    control.set_repository(OLD, fork_of=SOURCE)
    number = merged(network)
    somebody.after(
        "PUT", "*/contents/hubs/*", lambda: control.set_repository(COPY, files={"a": "theirs"})
    )

    run = network.apply()

    step = assert_asks(network, number, run, Actor.FACILITATOR, FORKING)
    assert "something else" in step.detail
    assert sorted(repositories(network)) == [COPY, OLD]
    control.delete_repository(COPY)
    assert_live(network, network.apply())
