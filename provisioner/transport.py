"""One request over HTTP: bounded in time and size, a lost answer told. No retries, no API."""

import ssl
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import httpcore
import httpx

from provisioner.answers import Answer, Call, lost, too_long
from provisioner.sockets import BROKEN_EXCHANGE, BoundedBackend, Bounds, looked_up, within

MOST_BYTES = 16_000_000
MOST_HEAD_BYTES = 500_000
"""For everything before the body: redirects, interim answers, headers."""
MOST_HEADERS = 200

NEVER_SENT = (
    httpcore.ConnectError,
    httpcore.ConnectTimeout,
    httpcore.PoolTimeout,
    httpcore.UnsupportedProtocol,
    httpx.InvalidURL,
)
BROKEN = (*BROKEN_EXCHANGE, httpx.HTTPError, httpx.StreamError)


@dataclass(frozen=True)
class Patience:
    """How long one request may take, in seconds: to connect, between two bytes, in all.

    `most` is how many bytes its answer may have.
    """

    connect: float = 10.0
    read: float = 30.0
    total: float = 45.0
    most: int = MOST_BYTES

    def bounds(self) -> Bounds:
        """For an exchange that begins now."""
        return Bounds(self.total, self.most + MOST_HEAD_BYTES)


USUAL = Patience()


class TooLong(Exception):
    """A good answer (`status`) of more bytes than an answer may have."""

    def __init__(self, status: int) -> None:
        super().__init__(status)
        self.status = status


def read_whole(response: httpx.Response, most: int) -> str:
    """The text of an answer; of a refusal its first `most` bytes. Raises `TooLong`."""
    parts = bytearray()
    for part in response.iter_raw():
        parts += part
        if len(parts) > most:
            if response.is_success:
                raise TooLong(response.status_code)
            break
    return bytes(parts[:most]).decode("utf-8", "replace")


class HttpClient:
    """httpx with explicit timeouts and a total deadline. Safe to share between threads."""

    def __init__(self, service: str, client: httpx.Client, patience: Patience = USUAL) -> None:
        self.service = service
        self._client = client
        self._patience = patience

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
        try:
            request = self._client.build_request(
                method,
                url,
                params=params,
                json=body,
                headers=headers,
                extensions=dict(extensions or {}),
            )
            return self._exchange(request)
        except NEVER_SENT as error:
            raise lost(call, why_broken(error), sent=False) from error
        except BROKEN as error:
            raise lost(call, why_broken(error), sent=True) from error
        except TooLong as error:
            raise too_long(call, error.status) from None

    def _exchange(self, request: httpx.Request) -> Answer:
        with within(self._patience.bounds()):
            response = self._client.send(request, stream=True)
            try:
                text = read_whole(response, self._patience.most)
            finally:
                response.close()
        headers = {name.lower(): value for name, value in response.headers.items()}
        return Answer(response.status_code, headers, text)


class BoundedTransport(httpx.BaseTransport):
    """httpcore with sockets that keep to bounds. Its errors come through as httpcore's own."""

    def __init__(self, tls: ssl.SSLContext) -> None:
        self._pool = httpcore.ConnectionPool(
            ssl_context=tls,
            max_connections=100,
            max_keepalive_connections=20,
            keepalive_expiry=5.0,
            network_backend=BoundedBackend(looked_up),
        )

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        answer = self._pool.handle_request(
            httpcore.Request(
                request.method,
                httpcore.URL(
                    scheme=request.url.raw_scheme,
                    host=request.url.raw_host,
                    port=request.url.port,
                    target=request.url.raw_path,
                ),
                headers=request.headers.raw,
                content=request.stream,
                extensions=request.extensions,
            )
        )
        return httpx.Response(
            answer.status,
            headers=with_few_headers(answer).headers,
            stream=_Body(answer),
            extensions=answer.extensions,
        )

    def close(self) -> None:
        self._pool.close()


class _Body(httpx.SyncByteStream):
    def __init__(self, answer: httpcore.Response) -> None:
        self._answer = answer

    def __iter__(self) -> Iterator[bytes]:
        yield from _iterable(self._answer.stream)

    def close(self) -> None:
        self._answer.close()


def _iterable(stream: object) -> Iterable[bytes]:
    if not isinstance(stream, Iterable):
        raise TypeError("not a stream of this kind")
    return stream


def with_few_headers(answer: httpcore.Response) -> httpcore.Response:
    """The answer itself; `RemoteProtocolError` for one of too many headers."""
    if len(answer.headers) > MOST_HEADERS:
        answer.close()
        raise httpcore.RemoteProtocolError("too many headers")
    return answer


def tls_context(authority: Path) -> ssl.SSLContext:
    """Trusts the one authority in a file, in place of the public ones."""
    return ssl.create_default_context(cafile=str(authority))


@lru_cache(maxsize=1)
def public_tls() -> ssl.SSLContext:
    """Trusts the public authorities. Made once: it takes a while."""
    return httpx.create_ssl_context()


def http_client(tls: ssl.SSLContext | None = None, patience: Patience = USUAL) -> httpx.Client:
    """A client that follows no redirect, never retries, and takes answers as they are sent.

    Nothing is unpacked, because a small packed body may be of any size.
    """
    return httpx.Client(
        transport=BoundedTransport(tls or public_tls()),
        timeout=httpx.Timeout(patience.read, connect=patience.connect),
        headers={"Accept-Encoding": "identity"},
        follow_redirects=False,
        trust_env=False,
    )


def why_broken(error: Exception) -> str:
    """A short word for people. Never the error's own text: it may hold a URL with a token."""
    if isinstance(error, httpx.TimeoutException | httpcore.TimeoutException):
        return "it took too long"
    if isinstance(error, httpx.ConnectError | httpcore.ConnectError | httpx.InvalidURL):
        return "no connection"
    return "the connection broke"
