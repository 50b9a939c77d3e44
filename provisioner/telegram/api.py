"""Telegram's Bot API: where a bot's updates are sent (core.telegram.org/bots/api).

The token is part of every path, so paths are never logged and failures are
labelled by the method alone.
"""

import re
from typing import Any, Protocol

from provisioner.answers import Answer, Call, decoded, parsed, refused
from provisioner.clock import Clock
from provisioner.errors import FatalError, RemoteError, TokenRefused
from provisioner.foreign_json import json_or_none
from provisioner.models.remote import Webhook
from provisioner.transport import HttpClient

SERVICE = "Telegram"
_TOKEN = re.compile(r"[0-9]{6,12}:[A-Za-z0-9_-]{30,128}")


class WebhookReader(Protocol):
    """Looks only. Safe to repeat."""

    def webhook(self, token: str) -> Webhook: ...


class WebhookWriter(Protocol):
    """Changes where updates go. Safe to repeat: the same call gives the same state."""

    def set_webhook(self, token: str, url: str, secret: str) -> None: ...


class Telegram:
    """Reader and writer. Safe to share between threads."""

    def __init__(self, base_url: str, http: HttpClient, clock: Clock) -> None:
        self._base_url = base_url.rstrip("/")
        self._http = http
        self._clock = clock

    def webhook(self, token: str) -> Webhook:
        payload = self._send("GET", "getWebhookInfo", token)
        call = Call(SERVICE, "GET", "getWebhookInfo")
        return parsed(call, payload, lambda item: _webhook(token, item["result"]))

    def set_webhook(self, token: str, url: str, secret: str) -> None:
        """Send updates to `url`, each with `secret` in its header."""
        self._send("POST", "setWebhook", token, {"url": url, "secret_token": secret})

    def _send(self, method: str, name: str, token: str, body: object = None) -> Any:
        if not _TOKEN.fullmatch(token):
            raise _no_token()
        call = Call(SERVICE, method, name)
        url = f"{self._base_url}/bot{token}/{name}"
        answer = self._http.send(method, url, label=name, body=body)
        if answer.status != 200:
            raise self._refusal(call, answer)
        return decoded(call, answer)

    def _refusal(self, call: Call, answer: Answer) -> RemoteError:
        body = json_or_none(answer.text)
        body = body if isinstance(body, dict) else {}
        told = body.get("parameters")
        wait = told.get("retry_after") if isinstance(told, dict) else None
        error = refused(
            call,
            answer,
            message=str(body.get("description") or ""),
            now=self._clock.now(),
            wait=float(wait) if isinstance(wait, int | float) else None,
        )
        return _one_bots(error) if isinstance(error, TokenRefused) else error


def _no_token() -> FatalError:
    """Sent nowhere: what is no token would lead to another address than the bot's."""
    return FatalError(
        "The bot's token does not have the form of Telegram's tokens.",
        "Ask @BotFather for the bot's token, seal it anew with `provisioner seal`, and open a "
        "pull request with the new value.",
        who="facilitator",
    )


def _one_bots(error: RemoteError) -> RemoteError:
    """A token that Telegram does not know is one bot's trouble, not the whole network's."""
    return RemoteError(
        error.message, service=error.service, effect=error.effect, status=error.status
    )


def _webhook(token: str, payload: dict[str, Any]) -> Webhook:
    return Webhook(
        bot=token.split(":", 1)[0],
        url=payload["url"],
    )
