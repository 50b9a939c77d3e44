"""What visitors read: the host's own error pages and what a deployed app answers. Opens no socket.

Which app it is follows from the repository: one with a function
`api/webhook` or `api/health` is a bot; anything else is a site.
"""

import hashlib
import hmac
import html
import json
from dataclasses import dataclass

from provisioner.sandbox.vercel.records import Deployment
from provisioner.sandbox.vercel.serving import site_at
from provisioner.sandbox.vercel.store import Store

SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 - the name of a header
TOKEN_VARIABLE = "TELEGRAM_TOKEN"  # noqa: S105 - the name of a variable
HTML = "text/html; charset=utf-8"


@dataclass(frozen=True)
class Page:
    """One answer to a visitor."""

    status: int
    body: str
    content_type: str = HTML
    headers: tuple[tuple[str, str], ...] = ()


def page_for(store: Store, host: str, method: str, path: str, secret: str = "") -> Page:
    """The answer to one request; `secret` is what stands in Telegram's header."""
    site = site_at(store, host)
    if site is None or (site.deployment is None and site.redirect is None):
        return _host_error(404, "DEPLOYMENT_NOT_FOUND")
    if site.project.paused:
        return _host_error(503, "DEPLOYMENT_PAUSED")
    if site.redirect is not None:
        target, status = site.redirect
        return Page(status, "", headers=(("Location", f"https://{target}{path}"),))
    if site.protected or site.deployment is None:
        return Page(401, _document("Authentication Required", "Log in to see this deployment."))
    forced = store.behaviour.page_status.get(site.project.name)
    if forced is not None:
        return Page(forced, _document("This page", f"It answers {forced}."))
    return _app(site.deployment, method, path.partition("?")[0], secret)


def _app(deployment: Deployment, method: str, path: str, secret: str) -> Page:
    if deployment.is_bot:
        return _bot(deployment, method, path, secret)
    if path != "/":
        return Page(404, _document("404", "This page could not be found."))
    title = deployment.environment.get("SITE_TITLE") or deployment.project.name
    return Page(200, _document(title, f"Built from commit {deployment.git.sha[:7]}."))


def _bot(deployment: Deployment, method: str, path: str, secret: str) -> Page:
    if path == "/api/health":
        return _json(200, {"ok": True, "commit": deployment.git.sha})
    if path != "/api/webhook":
        return Page(404, _document("404", "This page could not be found."))
    if method != "POST":
        return _json(405, {"ok": False, "error": "method not allowed"}, (("Allow", "POST"),))
    if not hmac.compare_digest(_webhook_secret(deployment), secret):
        return _json(401, {"ok": False, "error": "wrong secret token"})
    return _json(200, {"ok": True})


def _webhook_secret(deployment: Deployment) -> str:
    """The bot makes the webhook's secret from its own token, so that it needs no variable more."""
    token = deployment.environment.get(TOKEN_VARIABLE, "")
    return hmac.new(token.encode(), b"telegram-webhook", hashlib.sha256).hexdigest()


def _json(status: int, body: object, headers: tuple[tuple[str, str], ...] = ()) -> Page:
    return Page(status, json.dumps(body), "application/json", headers)


def _host_error(status: int, code: str) -> Page:
    return Page(
        status, _document(str(status), f"Code: {code}"), headers=(("X-Vercel-Error", code),)
    )


def _document(title: str, text: str) -> str:
    head = f"<head><meta charset='utf-8'><title>{html.escape(title)}</title></head>"
    body = f"<body><h1>{html.escape(title)}</h1><p>{html.escape(text)}</p></body>"
    return f"<!DOCTYPE html><html lang='en'>{head}{body}</html>"
