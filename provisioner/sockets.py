"""Sockets for httpcore that keep to the bounds of one exchange: its time in all, and its bytes.

Every wait, from looking up a name to the last byte, takes from the same time.
Knows no API, and decides nothing about who may be connected to: that is the way's.
"""

import socket
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from dataclasses import dataclass, field
from ipaddress import ip_address
from queue import Empty, SimpleQueue
from typing import Any

import httpcore

Place = tuple[str, int]
Way = Callable[[str, int, float], Sequence[Place]]
"""The addresses to connect to for a host and a port, found within so many seconds.

Raises `httpcore.ConnectError` or `httpcore.ConnectTimeout` where there are none.
"""

BROKEN_EXCHANGE = (
    httpcore.TimeoutException,
    httpcore.NetworkError,
    httpcore.ProtocolError,
    httpcore.ConnectionNotAvailable,
)
"""What httpcore raises for an exchange that did not come to its end."""


@dataclass
class Bounds:
    """What an exchange may take in all, redirects included: seconds, and bytes that come in."""

    seconds: float
    most: int
    elapsed: Callable[[], float] = time.monotonic
    _began: float = field(init=False)
    _came: int = field(init=False, default=0)

    def __post_init__(self) -> None:
        self._began = self.elapsed()

    def left(self, wanted: float | None, over: type[Exception]) -> float:
        """As many seconds as are wanted and left; raises `over` when none are."""
        left = self._began + self.seconds - self.elapsed()
        if left <= 0:
            raise over("the time for the whole exchange is over")
        return left if wanted is None else min(wanted, left)

    def count(self, came: int) -> None:
        self._came += came
        if self._came > self.most:
            raise httpcore.ReadError("more bytes than any answer may have")


_UNBOUNDED = Bounds(float("inf"), 2**63)
_BOUNDS: ContextVar[Bounds] = ContextVar("bounds", default=_UNBOUNDED)


@contextmanager
def within(bounds: Bounds) -> Iterator[None]:
    """Whatever this thread exchanges meanwhile keeps to `bounds`."""
    token = _BOUNDS.set(bounds)
    try:
        yield
    finally:
        _BOUNDS.reset(token)


class BoundedBackend(httpcore.NetworkBackend):
    """Connects along a way, and to nothing else."""

    def __init__(self, way: Way) -> None:
        self._way = way
        self._inner = httpcore.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        """Each address in its turn, so that one that is silent leaves time for the others."""
        bounds = _BOUNDS.get()
        places = self._way(host, port, bounds.left(timeout, httpcore.ConnectTimeout))
        failed: Exception = httpcore.ConnectError("no address to connect to")
        for ahead, (address, at) in zip(range(len(places), 0, -1), places, strict=True):
            seconds = bounds.left(timeout, httpcore.ConnectTimeout) / ahead
            try:
                stream = self._inner.connect_tcp(
                    address, at, seconds, local_address, socket_options
                )
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                failed = error
            else:
                return _BoundedStream(stream)
        raise failed


class _BoundedStream(httpcore.NetworkStream):
    def __init__(self, inner: httpcore.NetworkStream) -> None:
        self._inner = inner

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        bounds = _BOUNDS.get()
        data = self._inner.read(max_bytes, bounds.left(timeout, httpcore.ReadTimeout))
        bounds.count(len(data))
        return data

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        """Piece by piece: httpcore's own grants the whole time to each piece."""
        sock, rest = self._inner.get_extra_info("socket"), memoryview(buffer)
        while rest:
            sock.settimeout(_BOUNDS.get().left(timeout, httpcore.WriteTimeout))
            try:
                rest = rest[sock.send(rest) :]
            except TimeoutError as error:
                raise httpcore.WriteTimeout(str(error)) from error
            except OSError as error:
                raise httpcore.WriteError(str(error)) from error

    def start_tls(
        self, ssl_context: Any, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        seconds = _BOUNDS.get().left(timeout, httpcore.ConnectTimeout)
        return _BoundedStream(self._inner.start_tls(ssl_context, server_hostname, seconds))

    def close(self) -> None:
        self._inner.close()

    def get_extra_info(self, info: str) -> Any:
        return self._inner.get_extra_info(info)


def addresses(host: str, port: int) -> Sequence[Place]:
    """What this machine's own resolver says, in its own time; none where it knows none."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        return ()
    return tuple(dict.fromkeys((str(item[4][0]), port) for item in found))


def looked_up(
    host: str, port: int, seconds: float, ask: Callable[[str, int], Sequence[Place]] = addresses
) -> Sequence[Place]:
    """The way to a service of ours to name, in time. Raises `httpcore.ConnectTimeout`."""
    with suppress(ValueError):
        return ((str(ip_address(host)), port),)
    found: SimpleQueue[Sequence[Place]] = SimpleQueue()
    threading.Thread(target=lambda: found.put(ask(host, port)), daemon=True).start()
    try:
        return found.get(timeout=None if seconds == float("inf") else seconds)
    except Empty:
        raise httpcore.ConnectTimeout("the name was not found in time") from None
