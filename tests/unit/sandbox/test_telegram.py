"""The stand-in of Telegram's Bot API, as far as webhooks go."""

import hashlib
import json

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from provisioner.clock import ManualClock
from provisioner.sandbox.telegram import TelegramWorld, blueprint
from provisioner.sandbox.world import World

TOKEN = "123456:" + "A" * 35
URL = "https://hub.vercel.app/api/webhook"
SECRET = "a-secret_1"


@pytest.fixture
def telegram() -> TelegramWorld:
    return TelegramWorld(World(ManualClock()))


@pytest.fixture
def client(telegram: TelegramWorld) -> FlaskClient:
    app = Flask("telegram")
    app.register_blueprint(blueprint(telegram))
    return app.test_client()


def call(
    client: FlaskClient, method: str, token: str = TOKEN, **parameters: object
) -> TestResponse:
    return client.post(f"/bot{token}/{method}", json=parameters)


def test_any_token_of_the_right_form_is_a_bot(client: FlaskClient) -> None:
    me = call(client, "getMe").get_json()

    assert (me["ok"], me["result"]["id"], me["result"]["is_bot"]) == (True, 123456, True)


@pytest.mark.parametrize("token", ["123456", "abc:" + "A" * 35, "123456:short"])
def test_anything_else_is_unauthorized(client: FlaskClient, token: str) -> None:
    answer = call(client, "getMe", token)

    assert answer.status_code == 401
    assert answer.get_json() == {"ok": False, "error_code": 401, "description": "Unauthorized"}


def test_bots_can_be_limited_to_those_known(telegram: TelegramWorld, client: FlaskClient) -> None:
    telegram.known = {TOKEN}

    assert call(client, "getMe").status_code == 200
    assert call(client, "getMe", "654321:" + "B" * 35).status_code == 401


def test_a_webhook_is_set_seen_and_deleted(client: FlaskClient) -> None:
    first = call(client, "setWebhook", url=URL, secret_token=SECRET).get_json()
    again = call(client, "setWebhook", url=URL, secret_token=SECRET).get_json()
    info = client.get(f"/bot{TOKEN}/getWebhookInfo").get_json()["result"]
    deleted = call(client, "deleteWebhook").get_json()

    assert (first["result"], first["description"]) == (True, "Webhook was set")
    assert again["description"] == "Webhook is already set"
    assert info["url"] == URL
    assert SECRET not in json.dumps(info)
    assert deleted["description"] == "Webhook was deleted"
    assert call(client, "getWebhookInfo").get_json()["result"]["url"] == ""


def test_a_form_says_the_same_as_json(client: FlaskClient, telegram: TelegramWorld) -> None:
    form = {"url": URL, "allowed_updates": '["message"]', "max_connections": "7"}
    client.post(f"/bot{TOKEN}/setWebhook", data=form)

    bot = telegram.snapshot()["bots"]["123456"]
    assert (bot["allowed_updates"], bot["max_connections"]) == (["message"], 7)


@pytest.mark.parametrize(
    ("url", "secret", "reason"),
    [
        ("http://hub.vercel.app/x", SECRET, "An HTTPS URL must be provided"),
        ("https://hub.vercel.app:444/x", SECRET, "only on ports 80, 88, 443 or 8443"),
        (URL, "has space", "unallowed characters"),
        (URL, "x" * 257, "unallowed characters"),
    ],
)
def test_a_webhook_outside_the_rules_is_refused(
    client: FlaskClient, telegram: TelegramWorld, url: str, secret: str, reason: str
) -> None:
    refused = call(client, "setWebhook", url=url, secret_token=secret)

    assert refused.status_code == 400
    assert reason in refused.get_json()["description"]
    assert telegram.snapshot() == {"bots": {}}


def test_an_empty_url_takes_the_webhook_away(client: FlaskClient, telegram: TelegramWorld) -> None:
    call(client, "setWebhook", url=URL)
    call(client, "setWebhook", url="")

    assert telegram.snapshot() == {"bots": {}}


def test_the_snapshot_holds_neither_token_nor_secret(
    client: FlaskClient, telegram: TelegramWorld
) -> None:
    call(client, "setWebhook", url=URL, secret_token=SECRET)

    shown = telegram.snapshot()

    assert shown["bots"]["123456"]["secret_sha256"] == hashlib.sha256(SECRET.encode()).hexdigest()
    assert TOKEN not in json.dumps(shown)
    assert SECRET not in json.dumps(shown).replace("secret_sha256", "")


def test_too_many_calls_are_told_how_long_to_wait(
    client: FlaskClient, telegram: TelegramWorld
) -> None:
    telegram.flood(retry_after=3)

    refused = call(client, "getMe")

    assert refused.status_code == 429
    assert refused.get_json()["parameters"] == {"retry_after": 3}
    assert call(client, "getMe").status_code == 200


def test_an_unknown_method_is_not_found(client: FlaskClient) -> None:
    assert call(client, "sendEverything").status_code == 404
