"""Carries out one fault on one exchange: on the socket, or on the answer that goes over it.

Decides nothing: `faults` says what is to go wrong. The words of the limits are
the services' own (docs.github.com: rest/using-the-rest-api/rate-limits; Vercel's
error object; core.telegram.org/bots/api#making-requests).
"""

import json
import math
from dataclasses import replace
from typing import Any

from provisioner.sandbox.exchange import Answer, Connection, head_of
from provisioner.sandbox.faults import Fault

STEP_SECONDS = 0.2
SOCKET_KINDS = frozenset({"reset", "refused", "timeout", "truncated", "trickle"})
JSON_TYPE = ("Content-Type", "application/json; charset=utf-8")
PAGE = b"<!DOCTYPE html><html><head><title>Unicorn!</title></head><body>Sorry.</body></html>"
UNFINISHED = Answer(200, (JSON_TYPE,), b'{"message": "an answer that was not to arrive whole"}')
DOCS = "https://docs.github.com/rest/using-the-rest-api/rate-limits-for-the-rest-api"


def on_the_socket(fault: Fault, real: Answer | None, connection: Connection) -> None:
    """Do what the fault says to the connection.

    `real` is the true answer, where the call has had its effect.
    """
    match fault.kind:
        case "timeout":
            connection.wait_until_client_leaves(fault.delay)
            connection.close()
        case "truncated":
            _truncate(fault, real or UNFINISHED, connection)
        case "trickle":
            _trickle(fault, real or UNFINISHED, connection)
        case _:
            connection.reset()


def _truncate(fault: Fault, answer: Answer, connection: Connection) -> None:
    cut = replace(answer, body=answer.body[: len(answer.body) // 2])
    length = len(answer.body) if fault.content_length == "full" else None
    connection.send(head_of(cut, length) + cut.body)
    connection.close()


def _trickle(fault: Fault, answer: Answer, connection: Connection) -> None:
    """Spaces before the JSON leave it valid, and long enough to take the time."""
    steps = math.ceil(fault.delay / STEP_SECONDS)
    body = answer.body.rjust(steps)
    connection.send(head_of(replace(answer, body=body)))
    for byte in body[:steps]:
        if not connection.send(bytes([byte])):
            break
        if connection.wait_until_client_leaves(STEP_SECONDS):
            break
    connection.send(body[steps:])
    connection.close()


def spoilt(fault: Fault, api: str, real: Answer | None, now: float) -> Answer | None:
    """The answer that a fault puts in the place of the true one; None if there will be none.

    `now` is the world's time in seconds since the epoch.
    """
    if fault.kind in SOCKET_KINDS:
        return None
    match fault.kind:
        case "html":
            return Answer(fault.status or 200, (("Content-Type", "text/html"),), PAGE)
        case "empty":
            return Answer(fault.status or 200)
        case "wrong-type":
            return _json(real.status if real else 200, _other_type(real))
        case "primary-limit":
            return _primary(now, fault.retry_after or 3600.0)
    status, message = _REFUSALS.get(fault.kind, (500, "Server Error"))
    return _refusal(api, fault.status or status, fault.retry_after, now, message)


_SECONDARY = (
    "You have exceeded a secondary rate limit. Please wait a few minutes before you try again."
)
_REFUSALS = {"secondary-limit": (403, _SECONDARY), "rate-limit": (429, "Too Many Requests")}


def _primary(now: float, seconds: float) -> Answer:
    headers = (
        ("X-RateLimit-Limit", "5000"),
        ("X-RateLimit-Remaining", "0"),
        ("X-RateLimit-Used", "5000"),
        ("X-RateLimit-Reset", str(math.ceil(now + seconds))),
        ("X-RateLimit-Resource", "core"),
    )
    body = {"message": "API rate limit exceeded for user ID 1.", "documentation_url": DOCS}
    return _json(403, body, headers)


def _refusal(api: str, status: int, wait: float | None, now: float, message: str) -> Answer:
    headers = () if wait is None else (("Retry-After", str(math.ceil(wait))),)
    return _json(status, _body(api, status, wait, now, message), headers)


def _body(api: str, status: int, wait: float | None, now: float, message: str) -> dict[str, Any]:
    if api == "vercel":
        return {"error": _vercel_error(status, wait or 60.0, now, message)}
    if api == "telegram":
        parameters = {} if wait is None else {"parameters": {"retry_after": math.ceil(wait)}}
        return {"ok": False, "error_code": status, "description": message, **parameters}
    return {"message": message, "documentation_url": DOCS, "status": str(status)}


def _vercel_error(status: int, wait: float, now: float, message: str) -> dict[str, Any]:
    if status != 429:
        return {"code": "internal_server_error", "message": message}
    reset = now + wait
    limit = {"total": 100, "remaining": 0, "reset": int(reset), "resetMs": int(reset * 1000)}
    return {"code": "rate_limited", "message": message, "limit": limit}


def _other_type(real: Answer | None) -> object:
    try:
        value = json.loads(real.body) if real else None
    except ValueError:
        value = None
    return {"unexpected": True} if isinstance(value, list) else ["unexpected"]


def _json(status: int, body: object, headers: tuple[tuple[str, str], ...] = ()) -> Answer:
    return Answer(status, (JSON_TYPE, *headers), json.dumps(body).encode())
