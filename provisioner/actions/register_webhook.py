"""Tells Telegram where the bot's updates go, with a secret that only the two of them know."""

import hashlib
import hmac
from datetime import timedelta

from provisioner.actions.base import Readers, Writers
from provisioner.actions.check_live import production_names
from provisioner.actions.ownership import claimed, foreign
from provisioner.actions.refusals import Refusal, refusals
from provisioner.engine.step import Assessment, Claims
from provisioner.errors import FatalError
from provisioner.models.app import DesiredApp
from provisioner.models.plan import Actor, Resource, Verdict

KIND = "webhook"
TOKEN = "TELEGRAM_TOKEN"  # noqa: S105 - the variable's name
PATH = "/api/webhook"


def webhook_secret(token: str) -> str:
    """The secret that Telegram sends with each update: `X-Telegram-Bot-Api-Secret-Token`.

    The app makes the same from its own token, so that it needs no further
    variable: HMAC-SHA256 of "telegram-webhook" under the token, in hexadecimal.
    """
    return hmac.new(token.encode(), b"telegram-webhook", hashlib.sha256).hexdigest()


class RegisterWebhook:
    """Idempotent: Telegram holds one address a bot. Another's address is never replaced unasked."""

    name = "register-webhook"
    timeout = timedelta(minutes=2)
    optional = False

    def assess(
        self, app: DesiredApp, readers: Readers, claims: Claims, handle: str | None
    ) -> Assessment:
        if readers.secrets is None:
            return Assessment(Verdict.CREATE, "Point the bot at the app, once its token is opened.")
        token = readers.secrets.open(app.hub, app.id, TOKEN, app.env[TOKEN])
        with refusals(*_REFUSALS):
            webhook = readers.webhooks.webhook(token)
        names = production_names(app, readers)
        resource = Resource(kind=KIND, name=f"telegram:{webhook.bot}")
        wanted = f"https://{names[0]}{PATH}" if names else ""
        if webhook.url and webhook.url == wanted:
            return Assessment(Verdict.KEEP, "The bot points at the app.", resources=(resource,))
        if webhook.url and not claimed(claims, KIND, resource.name) and not app.adopt:
            return _elsewhere(app, resource)
        return Assessment(
            Verdict.UPDATE if webhook.url else Verdict.CREATE,
            "Point the bot at the app.",
            resources=(resource,),
            found=wanted,
        )

    def perform(self, app: DesiredApp, writers: Writers, look: Assessment) -> str | None:
        if not isinstance(look.found, str) or not look.found:
            raise FatalError("The app has no address yet.", "Re-run the job.")
        token = writers.secrets.open(app.hub, app.id, TOKEN, app.env[TOKEN])
        with refusals(*_REFUSALS):
            writers.webhooks.set_webhook(token, look.found, webhook_secret(token))
        return None


def _elsewhere(app: DesiredApp, resource: Resource) -> Assessment:
    return foreign(
        app,
        resource,
        "an address that this bot sends its messages to",
        "it points at another service",
    )


_REFUSALS = (
    Refusal(
        lambda error: error.status in (401, 404),
        "Telegram does not know the bot's token.",
        "Ask @BotFather for the bot's token, seal it anew with `provisioner seal`, and open a "
        "pull request with the new value.",
        Actor.FACILITATOR,
    ),
)
