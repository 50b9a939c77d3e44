"""One HTTP exchange: the request as read, the answer to give, the socket in between.

The socket can be made to misbehave (`Connection`), because a client's handling
of broken connections can only be tried on real ones. Knows no API and never
decides to misbehave by itself.
"""

import select
import socket
import struct
import threading
import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from http.client import responses
from urllib.parse import unquote

POLL_SECONDS = 0.02


@dataclass(frozen=True)
class Request:
    """A request read to its end. Header names are lower case; `path` is unquoted."""

    method: str
    raw_path: str
    query: str
    headers: Mapping[str, str]
    body: bytes = b""

    @property
    def path(self) -> str:
        return unquote(self.raw_path)


@dataclass(frozen=True)
class Answer:
    """An answer in full; `Content-Length` is added when it is written."""

    status: int
    headers: tuple[tuple[str, str], ...] = ()
    body: bytes = b""

    def header(self, name: str) -> str:
        wanted = name.lower()
        return next((value for key, value in self.headers if key.lower() == wanted), "")


class Connection:
    """The socket a request came by."""

    def __init__(self, sock: socket.socket, stopping: threading.Event) -> None:
        self._socket = sock
        self._stopping = stopping
        self.open = True
        self.aborted = False

    def answer(self, answer: Answer) -> None:
        """Write an answer; the connection stays open for the next request."""
        self._socket.sendall(head_of(answer) + answer.body)

    def send(self, data: bytes) -> bool:
        """Write bytes as they are; False when the client has gone."""
        try:
            self._socket.sendall(data)
        except OSError:
            self.open = False
        return self.open

    def reset(self) -> None:
        """Close so that the client sees a connection reset, not an end of data."""
        self._socket.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.open, self.aborted = False, True

    def close(self) -> None:
        """Close after what has been written."""
        self.open = False

    def wait_until_client_leaves(self, seconds: float) -> bool:
        """True as soon as the client has closed; False after `seconds` or when the port closes."""
        end = time.monotonic() + seconds
        while (left := end - time.monotonic()) > 0 and not self._stopping.is_set():
            readable, _, _ = select.select([self._socket], [], [], min(left, POLL_SECONDS))
            if readable and self._has_left():
                return True
        return False

    def _has_left(self) -> bool:
        try:
            return self._socket.recv(1, socket.MSG_PEEK) == b""
        except OSError:
            return True


def head_of(answer: Answer, length: int | None = None) -> bytes:
    """Status line and headers; `length` is what Content-Length claims, the true one if None."""
    given = len(answer.body) if length is None else length
    lines = [f"HTTP/1.1 {answer.status} {responses.get(answer.status, 'Unknown')}"]
    lines += [f"{name}: {value}" for name, value in _without_length(answer.headers)]
    if answer.status not in {204, 304}:
        lines.append(f"Content-Length: {given}")
    return ("\r\n".join(lines) + "\r\n\r\n").encode("latin-1")


def _without_length(headers: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    return [(key, value) for key, value in headers if key.lower() != "content-length"]
