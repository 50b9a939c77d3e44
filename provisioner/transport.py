"""One request over HTTP: timeouts, a total deadline, a lost answer told. No retries, no API."""

import ssl
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx

from provisioner.answers import Answer, Call, lost


@dataclass(frozen=True)
class Patience:
    """How long one request may take, in seconds: to connect, between two bytes, in all."""

    connect: float = 10.0
    read: float = 30.0
    total: float = 45.0


USUAL = Patience()


def read_within(
    chunks: Callable[[], Any],
    seconds: float,
    elapsed: Callable[[], float] = time.monotonic,
) -> bytes:
    """All bytes of an answer, or `TimeoutError` when they trickle for longer than `seconds`."""
    began = elapsed()
    parts = []
    for part in chunks():
        parts.append(part)
        if elapsed() - began > seconds:
            raise TimeoutError("the answer trickled in for too long")
    return b"".join(parts)


class HttpClient:
    """httpx with explicit timeouts and a total deadline. Safe to share between threads."""

    def __init__(self, service: str, client: httpx.Client, patience: Patience = USUAL) -> None:
        self.service = service
        self._client = client
        self._total = patience.total

    def send(
        self,
        method: str,
        url: str,
        *,
        label: str,
        params: Mapping[str, Any] | None = None,
        body: object = None,
        headers: Mapping[str, str] | None = None,
        extensions: Mapping[str, Any] | None = None,
    ) -> Answer:
        """Send once. Any status is an answer; only a missing answer raises `RemoteError`."""
        call = Call(self.service, method, label)
        request = self._client.build_request(
            method,
            url,
            params=params,
            json=body,
            headers=headers,
            extensions=dict(extensions or {}),
        )
        try:
            return self._exchange(request)
        except (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout) as error:
            raise lost(call, _reason(error), sent=False) from error
        except (httpx.HTTPError, httpx.StreamError, TimeoutError) as error:
            raise lost(call, _reason(error), sent=True) from error

    def _exchange(self, request: httpx.Request) -> Answer:
        response = self._client.send(request, stream=True)
        try:
            content = read_within(response.iter_bytes, self._total)
        finally:
            response.close()
        headers = {name.lower(): value for name, value in response.headers.items()}
        return Answer(response.status_code, headers, content.decode("utf-8", "replace"))


def tls_context(authority: Path) -> ssl.SSLContext:
    """Trusts the one authority in a file, in place of the public ones."""
    return ssl.create_default_context(cafile=str(authority))


def http_client(verify: ssl.SSLContext | bool = True, patience: Patience = USUAL) -> httpx.Client:
    """A client that follows no redirect and never retries."""
    timeout = httpx.Timeout(patience.read, connect=patience.connect)
    return httpx.Client(timeout=timeout, verify=verify, follow_redirects=False)


def _reason(error: Exception) -> str:
    """A short word for people. Never the error's own text: it may hold a URL with a token."""
    if isinstance(error, httpx.TimeoutException | TimeoutError):
        return "it took too long"
    if isinstance(error, httpx.ConnectError):
        return "no connection"
    return "the connection broke"
