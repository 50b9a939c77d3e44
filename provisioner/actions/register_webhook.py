"""Tells Telegram where the bot's updates go, with a secret that only the two of them know."""

import hashlib
import hmac
from datetime import timedelta
from urllib.parse import urlsplit

from provisioner.actions.base import Readers, Writers
from provisioner.actions.support.ownership import claimed
from provisioner.actions.support.project_domains import production_names
from provisioner.actions.support.variables import fingerprint
from provisioner.engine.step import Assessed, Claims
from provisioner.errors import RetryableError
from provisioner.models.app import DesiredApp
from provisioner.models.plan import Actor, Resource, Verdict
from provisioner.models.remote import Webhook
from provisioner.refusals import Refusal, Words, refusals, says

KIND = "webhook"
TOKEN = "TELEGRAM_TOKEN"  # noqa: S105 - the variable's name
PATH = "/api/webhook"
SOON = 300.0


def webhook_secret(token: str) -> str:
    """The secret that Telegram sends with each update: `X-Telegram-Bot-Api-Secret-Token`.

    The app makes the same from its own token, so that it needs no further
    variable: HMAC-SHA256 of "telegram-webhook" under the token, in hexadecimal.
    """
    return hmac.new(token.encode(), b"telegram-webhook", hashlib.sha256).hexdigest()


def webhook_address(app: DesiredApp, host: str) -> str:
    """Where updates go. The query changes with the sealed token, and tells nothing of it.

    Telegram never shows the secret that it was given. With a new token the
    secret is another one, and only by its address can an old webhook be told.
    """
    return f"https://{host}{PATH}?set={fingerprint(app.env[TOKEN])}"


class RegisterWebhook:
    """Idempotent: Telegram holds one address a bot. Another's address is never replaced unasked."""

    name = "register-webhook"
    timeout = timedelta(minutes=2)
    optional = False

    def assess(
        self, app: DesiredApp, readers: Readers, claims: Claims, handle: str | None
    ) -> Assessed[str | None]:
        if readers.secrets is None:
            return Assessed(Verdict.CREATE, "Point the bot at the app, once its token is opened.")
        token = readers.secrets.open(app.hub, app.id, TOKEN, app.env[TOKEN], app.seals_since)
        with refusals(*_REFUSALS):
            webhook = readers.webhooks.webhook(token)
        hosts = production_names(app, readers)
        resource = Resource(kind=KIND, name=f"telegram:{webhook.bot}", existed=bool(webhook.url))
        wanted = webhook_address(app, hosts[0]) if hosts else ""
        if webhook.url and webhook.url == wanted:
            detail = f"The bot points at the app.{_former_bots(claims, resource)}"
            return Assessed(Verdict.KEEP, detail, resources=(resource,))
        ours = claimed(claims, KIND, resource.name) or _host(webhook) in hosts
        if webhook.url and not ours:
            return _elsewhere(app, webhook, resource, wanted)
        verdict = Verdict.UPDATE if webhook.url else Verdict.CREATE
        return Assessed(verdict, _POINT, resources=(resource,), found=wanted)

    def perform(self, app: DesiredApp, writers: Writers, found: str | None) -> str | None:
        if not found:
            raise RetryableError("The app has no address yet that the bot could point at.")
        token = writers.secrets.open(app.hub, app.id, TOKEN, app.env[TOKEN], app.seals_since)
        with refusals(*_REFUSALS):
            writers.webhooks.set_webhook(token, found, webhook_secret(token))
        return None


_POINT = "Point the bot at the app."


def _host(webhook: Webhook) -> str:
    """Never more of an address than its host: others put tokens into the rest."""
    try:
        return urlsplit(webhook.url).hostname or ""
    except ValueError:
        return ""


def _elsewhere(
    app: DesiredApp, webhook: Webhook, resource: Resource, wanted: str
) -> Assessed[str | None]:
    """Another service receives this bot's messages: only the hub's consent changes that."""
    where = _host(webhook) or "another address"
    if app.adopt:
        detail = f"Point the bot at the app, away from {where}."
        return Assessed(Verdict.ADOPT, detail, resources=(resource,), found=wanted)
    return Assessed(
        Verdict.BLOCKED,
        f"This bot already sends its messages to another service, at {where}.",
        "If that service may stop receiving them, write `adopt: true` under the app "
        f"`{app.id}` in hubs/{app.hub}.yaml. Otherwise make a new bot with @BotFather, seal its "
        "token with `provisioner seal`, and put that in place of the present one.",
        Actor.FACILITATOR,
        resources=(resource,),
    )


def _former_bots(claims: Claims, present: Resource) -> str:
    """What becomes of a bot that the app had before: we no longer hold its token."""
    former = sorted(
        name.partition(":")[2] for kind, name in claims if kind == KIND and name != present.name
    )
    if not former:
        return ""
    return (
        f" The bot that it had before ({', '.join(former)}) still sends its messages here, and "
        "they are turned away: delete it with @BotFather, or let it point elsewhere."
    )


_REFUSALS = (
    Refusal(
        lambda error: error.status in (401, 404),
        Words(
            "Telegram does not know the bot's token.",
            "Ask @BotFather for the bot's token, seal it anew with `provisioner seal`, and open a "
            "pull request with the new value.",
            Actor.FACILITATOR,
        ),
    ),
    Refusal(
        says("bad webhook", 400),
        Words(
            "Telegram does not take the app's address yet.",
            "Nothing is needed: a new name can take some minutes until everybody knows it.",
            wake_after=SOON,
        ),
    ),
)
