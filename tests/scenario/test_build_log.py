"""What a build printed is shown where that is safe, and never more than that."""

import pytest

from provisioner.models.run import RunState, StepState
from tests.scenario.bots import merged_bot
from tests.scenario.network import TELEGRAM_TOKEN, Network, step_of

PASSWORD = "correct-horse-battery-staple"


@pytest.fixture
def number(network: Network) -> int:
    """The pull request that brought a hub with a bot, which has two secrets."""
    return merged_bot(network, GRAPH_PASSWORD=PASSWORD)


def fails_after(network: Network, seconds: float, *log: str) -> None:
    outcome = {"state": "ERROR", "build_seconds": seconds, "log": log}
    network.sandbox.control.set_vercel(next_deployments=[outcome])


def fails_unseen(network: Network, *log: str) -> None:
    """The build ends badly after the job that began it has ended: a later one reads its log."""
    fails_after(network, 3600, *log)
    assert network.apply().state is RunState.WAITING
    network.clock.advance(3600)


def everything_kept(network: Network) -> str:
    return str(network.world()["github"])


@pytest.mark.parametrize("later", [False, True], ids=["in the same job", "in a later job"])
def test_a_secret_that_a_build_prints_is_hidden(network: Network, number: int, later: bool) -> None:
    printed = "connecting with ${GRAPH_PASSWORD} as ${TELEGRAM_TOKEN}"
    if later:
        fails_unseen(network, printed)
    else:
        fails_after(network, 0, printed)

    run = network.apply()

    assert run.state is RunState.FAILED
    assert "connecting with *** as ***" in network.comment(number)
    shown = everything_kept(network) + network.comment(number) + run.model_dump_json()
    assert PASSWORD not in shown
    assert TELEGRAM_TOKEN.partition(":")[2] not in shown


def test_without_the_sealing_key_the_log_is_not_shown(network: Network, number: int) -> None:
    fails_unseen(network, "connecting with ${GRAPH_PASSWORD} failed")
    del network.environ["PROVISIONER_SEALING_KEY"]

    run = network.apply()

    assert step_of(run, "bot", "deploy").state is StepState.FAILED
    assert "connecting with" not in network.comment(number)
    assert "without the sealing key" in network.comment(number)
    assert "Network maintainer, please" in network.headline(number)


def test_a_variable_set_by_hand_keeps_the_log_from_being_shown(
    network: Network, number: int
) -> None:
    fails_unseen(network, "using ${BY_HAND}")
    by_hand = {"key": "BY_HAND", "value": "swordfish", "type": "encrypted", "target": ["preview"]}
    network.by_hand("POST", "/v10/projects/nairobi--bot/env", by_hand)

    network.apply()

    assert "using" not in network.comment(number)
    assert "`BY_HAND`" in network.comment(number)


def test_a_log_that_cannot_be_read_does_not_hide_that_the_build_failed(
    network: Network, number: int
) -> None:
    fails_unseen(network, "it broke")
    network.sandbox.control.add_faults(
        {"path": "*/events", "kind": "status", "status": 500, "times": "forever"}
    )

    run = network.apply()

    assert run.state is RunState.FAILED
    assert "The app could not be built" in network.comment(number)
    assert "it could not be read from here" in network.comment(number)


def test_a_huge_log_leaves_the_comment_readable(network: Network, number: int) -> None:
    fails_after(network, 0, *(f"{line} ```{'x' * 5000}" for line in range(400)))

    run = network.apply()

    comment = network.comment(number)
    assert len(comment) < 12_000
    assert "399 ```" in comment
    assert len(run.model_dump_json()) < 20_000


def test_a_log_in_the_older_form_is_read_as_well(network: Network, number: int) -> None:
    network.sandbox.control.set_vercel(events_in_payload=True)
    fails_after(network, 0, "it broke")

    network.apply()

    assert "it broke" in network.comment(number)
