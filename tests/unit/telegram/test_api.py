"""What Telegram answers, and that no failure ever names the token."""

import json
from collections.abc import Callable

import httpx
import pytest

from provisioner.clock import ManualClock
from provisioner.errors import Effect, FatalError, RemoteError, TokenRefused, UnexpectedResponse
from provisioner.telegram.api import Telegram
from provisioner.transport import HttpClient

TOKEN = "123456789:AAExampleExampleExampleExampleExamp"
Answer = Callable[[httpx.Request], httpx.Response]


def telegram(answer: Answer) -> Telegram:
    """A client whose requests are answered by a function in place of a network."""
    client = httpx.Client(transport=httpx.MockTransport(answer))
    return Telegram("https://telegram.test", HttpClient("Telegram", client), ManualClock())


def _json(status: int, **body: object) -> httpx.Response:
    return httpx.Response(status, stream=httpx.ByteStream(json.dumps(body).encode()))


def answering(status: int, **body: object) -> Telegram:
    return telegram(lambda _request: _json(status, **body))


def refusal(client: Telegram) -> RemoteError:
    with pytest.raises(RemoteError) as caught:
        client.set_webhook(TOKEN, "https://bot.example/api/webhook", "secret")
    assert TOKEN.partition(":")[2] not in f"{caught.value.message}{caught.value.hint}"
    return caught.value


def test_the_bot_is_known_by_the_public_part_of_its_token() -> None:
    result = {"url": "https://old.example/hook", "pending_update_count": 3, "ip_address": "::1"}

    webhook = answering(200, ok=True, result=result).webhook(TOKEN)

    assert (webhook.bot, webhook.url) == ("123456789", "https://old.example/hook")


def test_updates_are_sent_to_the_address_with_the_secret() -> None:
    asked: list[httpx.Request] = []

    def answer(request: httpx.Request) -> httpx.Response:
        asked.append(request)
        return _json(200, ok=True, result=True)

    telegram(answer).set_webhook(TOKEN, "https://bot.example/api/webhook", "a-secret")

    (request,) = asked
    assert request.url.path == f"/bot{TOKEN}/setWebhook"
    assert b'"url":"https://bot.example/api/webhook"' in request.content
    assert b'"secret_token":"a-secret"' in request.content


@pytest.mark.parametrize("status", [401, 404])
def test_a_token_that_is_not_known_is_one_bots_trouble(status: int) -> None:
    error = refusal(answering(status, ok=False, error_code=status, description="Unauthorized"))

    assert not isinstance(error, TokenRefused)
    assert (error.status, error.effect) == (status, Effect.NONE)


def test_the_time_to_wait_stands_in_the_parameters() -> None:
    body = {"ok": False, "description": "Too Many Requests", "parameters": {"retry_after": 17}}

    assert refusal(answering(429, **body)).retry_after == 17.0


@pytest.mark.parametrize("parameters", [None, [], "soon", {"retry_after": "soon"}])
def test_odd_parameters_do_no_harm(parameters: object) -> None:
    error = refusal(answering(400, ok=False, description="Bad Request", parameters=parameters))

    assert error.status == 400


def test_a_page_in_place_of_json_is_a_refusal_all_the_same() -> None:
    error = refusal(
        telegram(
            lambda _request: httpx.Response(
                502, stream=httpx.ByteStream(b"<html>Bad Gateway</html>")
            )
        )
    )

    assert (error.status, error.effect) == (502, Effect.UNKNOWN)


@pytest.mark.parametrize("body", [{}, {"ok": True}, {"ok": True, "result": {}}])
def test_an_answer_without_what_it_promises_is_told(body: dict[str, object]) -> None:
    with pytest.raises(UnexpectedResponse):
        answering(200, **body).webhook(TOKEN)


@pytest.mark.parametrize(
    "token",
    [
        "",
        "123456789",
        "123456789:short",
        f"../{TOKEN}",
        f"{TOKEN}/../x",
        f"{TOKEN}?x",
        f"{TOKEN}\n",
        TOKEN.replace("1", "\u0661"),
        "1:" + "A" * 35,
        "123456789:" + "A" * 200,
    ],
)
def test_what_is_no_token_is_never_made_part_of_an_address(token: str) -> None:
    def answer(_request: httpx.Request) -> httpx.Response:
        raise AssertionError("nothing may be sent")

    with pytest.raises(FatalError) as caught:
        telegram(answer).webhook(token)

    assert caught.value.who == "facilitator"
    assert "`provisioner seal`" in caught.value.hint
    assert not token or token not in f"{caught.value.message}{caught.value.hint}"
