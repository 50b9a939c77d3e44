"""Requests to Vercel as one token's owner: one request a call, no retries, no operation."""

from collections.abc import Mapping
from typing import Any

from provisioner.answers import Answer, Call, decoded, refused, renew, unexpected
from provisioner.clock import Clock
from provisioner.errors import Effect, RemoteError, TokenRefused
from provisioner.hosting.vercel import wire
from provisioner.transport import HttpClient

SERVICE = "Vercel"


class VercelSession:
    """Safe to share between threads."""

    def __init__(self, base_url: str, token: str, http: HttpClient, clock: Clock) -> None:
        self._base_url = base_url.rstrip("/")
        self._headers = {"Authorization": f"Bearer {token}"}
        self._http = http
        self._clock = clock

    def send(
        self,
        method: str,
        path: str,
        team: str | None,
        *,
        body: object = None,
        params: Mapping[str, Any] | None = None,
    ) -> Any:
        """Send once, for a team by its slug or for no team; the JSON of a 2xx answer.

        Anything else raises `RemoteError`, with the `error` of the answer as its body.
        """
        call = Call(SERVICE, method, f"{method} {path}")
        named = {} if team is None else {"slug": team}
        answer = self._http.send(
            method,
            self._base_url + path,
            label=call.label,
            params={**(params or {}), **named},
            body=body,
            headers=self._headers,
        )
        if not 200 <= answer.status < 300:
            raise self._refusal(call, answer)
        return decoded(call, answer)

    def _refusal(self, call: Call, answer: Answer) -> RemoteError:
        reason = wire.refusal_of(answer)
        now = self._clock.now()
        error = refused(
            call,
            answer,
            message=reason.message,
            code=reason.code,
            now=now,
            body=reason.error,
            token_refused=bool(reason.error.get("invalidToken")),
            wait=wire.limit_wait(reason, answer.status, now),
        )
        if isinstance(error, TokenRefused):
            error.hint = renew("VERCEL_TOKEN")
        return _not_vercels(call, answer) if _lacks_reason(error, reason) else error


def _lacks_reason(error: RemoteError, reason: wire.Refusal) -> bool:
    """Vercel says why it shows nothing. A page of somebody on the way there is no evidence that
    something is missing or not allowed."""
    return error.status in (403, 404) and error.retry_after is None and not reason.error


def _not_vercels(call: Call, answer: Answer) -> RemoteError:
    error = unexpected(call, f"a {answer.status} without its reason", answer.status)
    error.effect = Effect.NONE
    return error
