"""A bot's messages go to its app once the hub wants it, and are never taken from others."""

import hashlib

import pytest

from provisioner.actions.register_webhook import webhook_secret
from provisioner.models.run import RunState, StepState
from tests.scenario.bots import merged_bot
from tests.scenario.network import TELEGRAM_TOKEN, Network, step_of

BOT = "123456789"
ELSEWHERE = "https://old-bot.example.net/hook/a-token-in-the-path"


def points_elsewhere(network: Network) -> None:
    network.sandbox.telegram.call(TELEGRAM_TOKEN, "setWebhook", {"url": ELSEWHERE})


def bots(network: Network) -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = network.world()["telegram"]["bots"]
    return found


def address(network: Network, bot: str = BOT) -> str:
    return bots(network)[bot]["url"].partition("?")[0]


def times_set(network: Network) -> int:
    return sum(item.path.endswith("/setWebhook") for item in network.requests())


def test_a_bot_points_at_its_app_with_the_secret_that_the_app_expects(network: Network) -> None:
    merged_bot(network)

    assert network.apply().state is RunState.COMPLETED

    assert address(network) == "https://nairobi--bot.vercel.app/api/webhook"
    expected = hashlib.sha256(webhook_secret(TELEGRAM_TOKEN).encode()).hexdigest()
    assert bots(network)[BOT]["secret_sha256"] == expected
    assert network.apply().state is RunState.COMPLETED
    assert times_set(network) == 1


@pytest.mark.parametrize(
    ("token", "words"),
    [
        ("987654321:AAOtherOtherOtherOtherOtherOtherOther", "Telegram does not know the bot"),
        ("nonsense", "The bot's token does not have the form of Telegram's tokens"),
    ],
)
def test_a_token_that_telegram_does_not_know_is_told_before_anything_is_made(
    network: Network, token: str, words: str
) -> None:
    network.sandbox.telegram.known = {TELEGRAM_TOKEN}
    number = merged_bot(network, TELEGRAM_TOKEN=token)

    assert network.apply().state is RunState.FAILED

    assert "Hub facilitator, please see “What to do” below." in network.headline(number)
    assert words in network.comment(number)
    assert network.world()["vercel"]["projects"] == []
    merged_bot(network)
    assert network.apply().state is RunState.COMPLETED


def test_a_bot_that_serves_another_service_is_left_alone_and_nothing_is_made(
    network: Network,
) -> None:
    points_elsewhere(network)
    number = merged_bot(network)

    assert network.apply().state is RunState.FAILED

    assert bots(network)[BOT]["url"] == ELSEWHERE
    assert network.world()["vercel"]["projects"] == []
    assert "Hub facilitator, please see “What to do” below." in network.headline(number)
    comment = network.comment(number)
    assert "already sends its messages to another service, at old-bot.example.net." in comment
    assert "`adopt: true`" in comment
    assert "a-token-in-the-path" not in comment + network.apply().model_dump_json()


def test_with_the_hub_s_consent_the_bot_changes_its_service(network: Network) -> None:
    points_elsewhere(network)
    merged_bot(network, adopt=True)

    assert network.apply().state is RunState.COMPLETED

    assert address(network) == "https://nairobi--bot.vercel.app/api/webhook"
    assert network.apply().state is RunState.COMPLETED
    assert times_set(network) == 1


def test_a_new_token_of_the_same_bot_gives_it_a_new_secret(network: Network) -> None:
    merged_bot(network)
    network.apply()
    renewed = f"{BOT}:BBRenewedRenewedRenewedRenewedRenew"
    merged_bot(network, TELEGRAM_TOKEN=renewed)

    assert network.apply().state is RunState.COMPLETED

    expected = hashlib.sha256(webhook_secret(renewed).encode()).hexdigest()
    assert bots(network)[BOT]["secret_sha256"] == expected
    assert times_set(network) == 2


def test_another_bot_takes_over_and_the_former_one_is_named(network: Network) -> None:
    merged_bot(network)
    network.apply()
    number = merged_bot(network, TELEGRAM_TOKEN="987654321:AAOtherOtherOtherOtherOtherOtherOther")

    run = network.apply()

    assert run.state is RunState.COMPLETED
    assert address(network, "987654321") == address(network, BOT)
    detail = step_of(run, "bot", "register-webhook").detail
    assert f"({BOT}) still sends its messages here" in detail
    assert "still sends its messages here" in network.comment(number)


def test_a_lost_answer_does_not_matter(network: Network) -> None:
    merged_bot(network)
    network.sandbox.control.add_faults(
        {"api": "telegram", "path": "*/setWebhook", "when": "after", "kind": "reset"}
    )

    assert network.apply().state is RunState.COMPLETED

    assert times_set(network) == 1


@pytest.mark.parametrize("seconds", [20, 900])
def test_telegram_s_own_waiting_time_is_kept(network: Network, seconds: int) -> None:
    number = merged_bot(network)
    network.sandbox.telegram.flood(seconds, times=1 if seconds > 90 else 2)
    before = network.clock.now()

    run = network.apply()

    if seconds > 90:
        assert step_of(run, "bot", "register-webhook").state is StepState.WAITING
        assert "Nobody has to do anything" in network.headline(number)
        assert run.wake_at is not None
        assert (run.wake_at - before).total_seconds() >= seconds
        network.clock.advance(seconds)
        run = network.apply()
    assert run.state is RunState.COMPLETED
    assert (network.clock.now() - before).total_seconds() >= seconds


def test_a_journal_that_was_lost_does_not_make_the_bot_a_stranger(network: Network) -> None:
    merged_bot(network)
    network.apply()
    network.sandbox.control.delete_branch("example-network/hubs", "provisioner-state")

    assert network.apply().state is RunState.COMPLETED

    assert times_set(network) == 1
