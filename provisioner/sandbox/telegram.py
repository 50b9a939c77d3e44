"""A stand-in of Telegram's Bot API, as far as webhooks go (core.telegram.org/bots/api).

Sends no updates to any webhook and knows nothing of hubs or apps. A bot's
token and its webhook's secret are never part of the snapshot.
"""

import contextlib
import hashlib
import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from flask import Blueprint, Response, jsonify, request

from provisioner.sandbox.world import World

TOKEN = re.compile(r"(\d+):[A-Za-z0-9_-]{30,}")
SECRET = re.compile(r"[A-Za-z0-9_-]{0,256}")
PORTS = frozenset({"", ":80", ":88", ":443", ":8443"})

Parameters = Mapping[str, Any]


class BotError(Exception):
    """A refusal, in Telegram's own shape."""

    def __init__(self, status: int, description: str, retry_after: int | None = None) -> None:
        super().__init__(description)
        self.status = status
        self.retry_after = retry_after

    def body(self) -> dict[str, Any]:
        body: dict[str, Any] = {
            "ok": False,
            "error_code": self.status,
            "description": str(self),
        }
        if self.retry_after is not None:
            body["parameters"] = {"retry_after": self.retry_after}
        return body


@dataclass
class Bot:
    """One bot. `secret` is what Telegram would send along to the webhook."""

    id: int
    url: str = ""
    secret: str = ""
    max_connections: int = 40
    allowed_updates: list[str] = field(default_factory=list)


class TelegramWorld:
    """Every bot. Any token of the right form is a bot, unless `known` lists the only ones."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.known: set[str] | None = None
        self._bots: dict[int, Bot] = {}
        self._flood = (0, 0)

    def flood(self, retry_after: int, times: int = 1) -> None:
        """Answer the next `times` calls with 429 and this many seconds to wait."""
        with self.world.lock:
            self._flood = (retry_after, times)

    def snapshot(self) -> dict[str, Any]:
        """Bots with a webhook, by id; the secret as its SHA-256 only."""
        with self.world.lock:
            bots = [self._bots[bot_id] for bot_id in sorted(self._bots)]
            return {"bots": {str(bot.id): _seen(bot) for bot in bots if bot.url}}

    def call(self, token: str, method: str, parameters: Parameters) -> dict[str, Any]:
        """One call; raises `BotError`. Method names are compared without case, as Telegram does."""
        with self.world.lock:
            bot = self._bot(token)
            self._take_flood()
            handler = METHODS.get(method.lower())
            if handler is None:
                raise BotError(404, "Not Found")
            result, description = handler(bot, parameters)
        answer: dict[str, Any] = {"ok": True, "result": result}
        return {**answer, "description": description} if description else answer

    def _bot(self, token: str) -> Bot:
        match = TOKEN.fullmatch(token)
        if match is None or (self.known is not None and token not in self.known):
            raise BotError(401, "Unauthorized")
        return self._bots.setdefault(int(match[1]), Bot(int(match[1])))

    def _take_flood(self) -> None:
        seconds, times = self._flood
        if times > 0:
            self._flood = (seconds, times - 1)
            raise BotError(429, f"Too Many Requests: retry after {seconds}", seconds)


def _seen(bot: Bot) -> dict[str, Any]:
    digest = hashlib.sha256(bot.secret.encode()).hexdigest() if bot.secret else None
    return {
        "url": bot.url,
        "secret_sha256": digest,
        "max_connections": bot.max_connections,
        "allowed_updates": bot.allowed_updates,
    }


def _get_me(bot: Bot, _: Parameters) -> tuple[Any, str]:
    return {
        "id": bot.id,
        "is_bot": True,
        "first_name": f"Bot {bot.id}",
        "username": f"sandbox_{bot.id}_bot",
        "can_join_groups": True,
        "can_read_all_group_messages": False,
        "supports_inline_queries": False,
        "can_connect_to_business": False,
        "has_main_web_app": False,
    }, ""


def _set_webhook(bot: Bot, parameters: Parameters) -> tuple[Any, str]:
    url, secret = str(parameters.get("url") or ""), str(parameters.get("secret_token") or "")
    if not url:
        return _delete_webhook(bot, parameters)
    _check_webhook(url, secret)
    new = Bot(bot.id, url, secret, _connections(parameters), _updates(parameters, bot))
    unchanged = new == bot
    vars(bot).update(vars(new))
    return True, "Webhook is already set" if unchanged else "Webhook was set"


def _check_webhook(url: str, secret: str) -> None:
    parts = urlsplit(url)
    if parts.scheme != "https" or not parts.hostname:
        raise BotError(400, "Bad Request: bad webhook: An HTTPS URL must be provided for webhook")
    if parts.netloc.lower().removeprefix(parts.hostname) not in PORTS:
        allowed = "Webhook can be set up only on ports 80, 88, 443 or 8443"
        raise BotError(400, f"Bad Request: bad webhook: {allowed}")
    if not SECRET.fullmatch(secret):
        raise BotError(400, "Bad Request: secret token contains unallowed characters")


def _connections(parameters: Parameters) -> int:
    given = str(parameters.get("max_connections") or 40)
    return min(max(int(given), 1), 100) if given.isdecimal() else 40


def _updates(parameters: Parameters, bot: Bot) -> list[str]:
    """Left out, the former setting stays. A form carries the list as JSON text."""
    given = parameters.get("allowed_updates")
    if isinstance(given, str):
        with contextlib.suppress(ValueError):
            given = json.loads(given)
    return [str(one) for one in given] if isinstance(given, list) else bot.allowed_updates


def _delete_webhook(bot: Bot, _: Parameters) -> tuple[Any, str]:
    had_one = bool(bot.url)
    vars(bot).update(vars(Bot(bot.id)))
    return True, "Webhook was deleted" if had_one else "Webhook is already deleted"


def _get_webhook_info(bot: Bot, _: Parameters) -> tuple[Any, str]:
    info: dict[str, Any] = {
        "url": bot.url,
        "has_custom_certificate": False,
        "pending_update_count": 0,
    }
    if bot.url:
        info["max_connections"] = bot.max_connections
        info["ip_address"] = "64.29.17.65"
    if bot.url and bot.allowed_updates:
        info["allowed_updates"] = bot.allowed_updates
    return info, ""


METHODS: dict[str, Callable[[Bot, Parameters], tuple[Any, str]]] = {
    "getme": _get_me,
    "setwebhook": _set_webhook,
    "deletewebhook": _delete_webhook,
    "getwebhookinfo": _get_webhook_info,
}


def blueprint(telegram: TelegramWorld) -> Blueprint:
    """`/bot<token>/<method>`, GET or POST; parameters in the query, a form or a JSON body."""
    api = Blueprint("telegram", __name__)

    @api.route("/bot<token>/<method>", methods=["GET", "POST"])
    def call(token: str, method: str) -> Response:
        try:
            return jsonify(telegram.call(token, method, _parameters()))
        except BotError as error:
            response = jsonify(error.body())
            response.status_code = error.status
            if error.retry_after is not None:
                response.headers["Retry-After"] = str(error.retry_after)
            return response

    return api


def _parameters() -> Parameters:
    if not request.is_json:
        return request.values.to_dict()
    body = request.get_json(silent=True)
    if not isinstance(body, dict):
        raise BotError(400, "Bad Request: can't parse JSON object")
    return {**request.args.to_dict(), **body}
