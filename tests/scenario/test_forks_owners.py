"""Whose account a copy goes to: organisations, people, and the network itself."""

from provisioner.clock import ManualClock
from provisioner.models.plan import Actor
from provisioner.models.run import RunState, StepState
from provisioner.sandbox.github.accounts import USER_LOGIN
from tests.scenario.network import PLAIN, Network, step_of
from tests.scenario.outcome import assert_asks, assert_live, projects, repositories

FORKING = "fork-repository"


def merged(network: Network, owner: str = "nairobi-commons") -> int:
    network.write(
        "nairobi", PLAIN.replace("github: {owner: nairobi-commons}", f"github: {{owner: {owner}}}")
    )
    return network.merge("nairobi")


def test_a_person_that_is_not_the_tokens_own_user_cannot_get_a_copy(network: Network) -> None:
    network.sandbox.control.set_account("amina-k", type="user")
    number = merged(network, "amina-k")
    before = repositories(network, "amina-k")  # her fork of the network's own repository

    run = network.apply()

    step = assert_asks(network, number, run, Actor.FACILITATOR, FORKING)
    assert "organisation" in step.hint
    assert repositories(network, "amina-k") == before
    assert repositories(network, USER_LOGIN) == []
    assert projects(network) == []


def test_the_tokens_own_user_gets_a_copy_without_an_organisation(network: Network) -> None:
    merged(network, USER_LOGIN)

    run = network.apply()

    assert run.state is RunState.COMPLETED
    assert repositories(network, USER_LOGIN) == [f"{USER_LOGIN}/nairobi--docs"]
    assert len(projects(network)) == 1


def test_an_account_that_does_not_exist_is_for_the_facilitator_to_correct(network: Network) -> None:
    network.sandbox.control.set_behaviour(open_accounts=False)
    number = merged(network)

    run = network.apply()

    step = assert_asks(network, number, run, Actor.FACILITATOR, FORKING)
    assert "nairobi-commons" in step.detail
    network.sandbox.control.set_account("nairobi-commons")
    assert_live(network, network.apply())


def test_an_organisation_that_does_not_let_us_in_is_asked_and_then_it_goes_on_by_itself(
    network: Network, clock: ManualClock
) -> None:
    network.sandbox.control.set_account("nairobi-commons", may_create=False)
    number = merged(network)

    run = network.apply()

    step = assert_asks(network, number, run, Actor.FACILITATOR, FORKING)
    assert step.state is StepState.WAITING
    assert step.wake_at is not None
    assert repositories(network) == []
    network.sandbox.control.set_account("nairobi-commons")
    clock.advance((step.wake_at - clock.now()).total_seconds())
    live = network.apply()
    assert_live(network, live)
    assert live.id == run.id
    assert step_of(live, "docs", FORKING).who is Actor.NOBODY


def test_an_organisation_that_hides_itself_is_asked_too(network: Network) -> None:
    number = merged(network)
    network.sandbox.control.add_faults(
        {"method": "POST", "path": "*/forks", "kind": "status", "status": 404}
    )

    run = network.apply()

    assert_asks(network, number, run, Actor.FACILITATOR, FORKING)
    assert_live(network, network.apply())
