"""Requests to GitHub through PyGithub: one client a thread, no retries, no hidden sleeps.

PyGithub gives authentication and the request's form. Its own retry is switched
off, because by default it repeats POST; its pauses between requests are replaced
by `Throttle`, which every thread shares; its connections by `connection`.
"""

import threading
from collections.abc import Mapping
from typing import Any

import github
from github.Requester import Requester

from provisioner.answers import (
    SAFE_METHODS,
    WAIT_FOR_LIMIT,
    Answer,
    Call,
    decoded,
    lost,
    refused,
    renew,
    too_long,
)
from provisioner.clock import Clock
from provisioner.errors import Effect, RemoteError, TokenRefused
from provisioner.github.connection import PATIENCE, LedElsewhere, NotReadyYet, install
from provisioner.github.throttle import Throttle
from provisioner.github.wire import Remaining, refusal_of, remaining_of
from provisioner.transport import BROKEN, NEVER_SENT, USUAL, Patience, TooLong, why_broken

SERVICE = "GitHub"


class GitHubSession:
    """Sends requests as one token's owner. Safe to share between threads."""

    def __init__(
        self,
        base_url: str,
        token: str,
        clock: Clock,
        throttle: Throttle,
        token_name: str = "",
        patience: Patience = USUAL,
        reserve: int = 0,
    ) -> None:
        """`reserve`: so many of the hour's calls are left to others; reading stops before."""
        self._reserve = reserve
        self._remaining: Remaining | None = None
        self._token_name = token_name
        self._patience = patience
        self._base_url = base_url.rstrip("/")
        self._token = token
        self._clock = clock
        self._throttle = throttle
        self._local = threading.local()
        install()

    def get(self, path: str, /, *, none_for: tuple[int, ...] = (404,), **params: Any) -> Any:
        """The JSON at `path`, or `None` where the answer says that there is nothing."""
        try:
            return self.send("GET", path, params=params)
        except RemoteError as error:
            if error.status in none_for:
                return None
            raise

    def send(
        self, method: str, path: str, body: object = None, params: Mapping[str, Any] | None = None
    ) -> Any:
        """Send once; the JSON of a 2xx answer. Anything else raises `RemoteError`."""
        call = Call(SERVICE, method, f"{method} {path}")
        return decoded(call, self._answered(call, path, body, params))

    def with_headers(self, path: str) -> tuple[Any, Mapping[str, str]]:
        """The JSON at `path` and the answer's headers, by their names in small letters."""
        call = Call(SERVICE, "GET", f"GET {path}")
        answer = self._answered(call, path, None, None)
        return decoded(call, answer), answer.headers

    def _answered(
        self, call: Call, path: str, body: object, params: Mapping[str, Any] | None
    ) -> Answer:
        if call.method not in SAFE_METHODS:
            self._throttle.take()
        elif self._reserve:
            self._leave_the_reserve()
        answer = self._exchange(call, path, body, params)
        self._remaining = remaining_of(answer) or self._remaining
        if not 200 <= answer.status < 300:
            raise self._refusal(call, answer)
        return answer

    def _exchange(
        self, call: Call, path: str, body: object, params: Mapping[str, Any] | None
    ) -> Answer:
        PATIENCE.set(self._patience)
        try:
            status, headers, text = self._requester().requestJson(
                call.method, path, parameters=dict(params or {}), input=body
            )
        except NEVER_SENT as error:
            raise lost(call, "no connection", sent=False) from error
        except BROKEN as error:
            raise lost(call, why_broken(error), sent=True) from error
        except TooLong as error:
            raise too_long(call, error.status) from None
        except NotReadyYet as error:
            raise lost(call, "the answer is not ready yet", sent=True) from error
        except LedElsewhere as error:
            raise lost(call, "it redirects elsewhere", sent=False) from error
        return Answer(
            status, {name: str(value) for name, value in headers.items()}, str(text or "")
        )

    def _leave_the_reserve(self) -> None:
        """Raises where one more read would use up what others need; writes are few and go on."""
        known, now = self._remaining, self._clock.now()
        if known is None or known.calls >= self._reserve or known.resets_in(now) <= 0:
            return
        raise RemoteError(
            "GitHub's calls of this hour are nearly used up, and the rest is kept for the jobs "
            "that provision",
            WAIT_FOR_LIMIT,
            service=SERVICE,
            effect=Effect.NONE,
            retry_after=known.resets_in(now),
        )

    def _refusal(self, call: Call, answer: Answer) -> RemoteError:
        reason = refusal_of(answer, self._clock.now())
        error = refused(
            call,
            answer,
            message=reason.message,
            code=reason.code,
            now=self._clock.now(),
            body=reason.body,
            wait=reason.retry_after,
        )
        if isinstance(error, TokenRefused):
            error.hint = renew(self._token_name)
        return error

    def _requester(self) -> Requester:
        """One PyGithub client a thread: it is not thread-safe."""
        client = getattr(self._local, "client", None)
        if client is None:
            client = github.Github(
                base_url=self._base_url,
                auth=github.Auth.Token(self._token),
                timeout=int(self._patience.read) or 1,
                retry=None,
                seconds_between_requests=None,
                seconds_between_writes=None,
                user_agent="provisioner",
            )
            self._local.client = client
        requester: Requester = client.requester
        return requester
