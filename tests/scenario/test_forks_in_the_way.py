"""Something stands already where the copy should be: nothing is taken over unasked."""

import pytest

from provisioner.models.plan import Actor
from tests.scenario.conftest import MakeNetwork
from tests.scenario.network import ADOPTING, PLAIN, Network, app_of
from tests.scenario.outcome import (
    COPY,
    SOURCE,
    assert_asks,
    assert_live,
    merged,
    project,
    projects,
    repositories,
    repository,
)

FORKING = "fork-repository"
OLD = "nairobi-commons/our-docs"
TWICE = PLAIN + "  wiki:\n    app: docs-site\n    env: {SITE_TITLE: Wiki}\n"


@pytest.fixture
def network(make_network: MakeNetwork) -> Network:
    """The apps' sources are plain repositories, no templates, unless a story says otherwise."""
    network = make_network()
    network.sandbox.control.set_repository(SOURCE, template=False)
    return network


def test_a_fork_under_another_name_is_left_alone_and_the_choices_are_told(network: Network) -> None:
    network.sandbox.control.set_repository(OLD, fork_of=SOURCE)
    before = network.world()["github"]["repositories"]
    number = merged(network)

    run = network.apply()

    step = assert_asks(network, number, run, Actor.FACILITATOR, FORKING)
    assert OLD in step.detail
    assert all(choice in step.hint for choice in ("rename", "adopt: true", "delete", "owner:"))
    assert repositories(network) == [OLD]
    assert projects(network) == []
    assert repository(network, OLD) == next(one for one in before if one["full_name"] == OLD)


def test_that_fork_serves_once_it_is_renamed_and_its_hub_consents(network: Network) -> None:
    network.sandbox.control.set_repository(OLD, fork_of=SOURCE)
    merged(network)
    network.apply()
    network.sandbox.control.rename_repository(OLD, COPY)
    network.write("nairobi", ADOPTING)

    assert_live(network, network.apply())

    assert repositories(network) == [COPY]


def test_where_the_source_is_a_template_it_is_copied_beside_that_fork(network: Network) -> None:
    network.sandbox.control.set_repository(SOURCE, template=True)
    network.sandbox.control.set_repository(OLD, fork_of=SOURCE)
    merged(network)

    assert_live(network, network.apply())

    assert sorted(repositories(network)) == [COPY, OLD]
    assert repository(network)["template"] == SOURCE
    assert repository(network)["parent"] is None


def test_a_fork_that_no_list_shows_is_recognised_when_github_gives_it(network: Network) -> None:
    control = network.sandbox.control
    control.set_repository("mombasa-commons/docs", fork_of=SOURCE)
    control.set_repository(OLD, fork_of="mombasa-commons/docs")
    number = merged(network)

    run = network.apply()

    step = assert_asks(network, number, run, Actor.FACILITATOR, FORKING)
    assert OLD in step.detail
    assert repositories(network) == [OLD]
    control.delete_repository(OLD)
    assert_live(network, network.apply())


def test_a_copy_that_somebody_made_is_taken_over_only_with_consent(network: Network) -> None:
    network.sandbox.control.set_repository(COPY, fork_of=SOURCE)
    number = merged(network)

    run = network.apply()

    step = assert_asks(network, number, run, Actor.FACILITATOR, FORKING)
    assert "adopt: true" in step.hint
    assert projects(network) == []
    network.write("nairobi", ADOPTING)
    adopted = network.apply()
    assert_live(network, adopted)
    (resource,) = [one for one in app_of(adopted, "docs").resources if one.kind == "repository"]
    assert resource.existed


@pytest.mark.parametrize("text", [PLAIN, ADOPTING])
def test_an_unrelated_repository_is_never_taken_over(network: Network, text: str) -> None:
    network.sandbox.control.set_repository(COPY, files={"novel.md": "Chapter 1"})
    number = merged(network, text)

    run = network.apply()

    step = assert_asks(network, number, run, Actor.FACILITATOR, FORKING)
    assert "something else" in step.detail
    assert projects(network) == []
    network.sandbox.control.rename_repository(COPY, "nairobi-commons/novel")
    network.sandbox.control.delete_repository("nairobi-commons/novel")
    assert_live(network, network.apply())


def test_a_copy_that_was_renamed_is_not_made_anew(network: Network) -> None:
    number = merged(network)
    live = network.apply()
    network.sandbox.control.rename_repository(COPY, "nairobi-commons/site")

    run = network.apply()

    step = assert_asks(network, number, run, Actor.FACILITATOR, FORKING)
    assert "nairobi-commons/site" in step.detail
    assert repositories(network) == ["nairobi-commons/site"]
    assert len(project(network)["deployments"]) == 1
    network.sandbox.control.rename_repository("nairobi-commons/site", COPY)
    assert network.apply().apps[0].url == live.apps[0].url
    assert repositories(network) == [COPY]
