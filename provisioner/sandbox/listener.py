"""One loopback port: reads whole HTTP/1.1 requests, hands them on, keeps connections alive.

Knows no API; what is written to the socket is decided by whom it hands to.
"""

import contextlib
import socket
import socketserver
import struct
import sys
import threading
from collections.abc import Callable, Mapping
from http.server import BaseHTTPRequestHandler
from typing import Any

from provisioner.sandbox.exchange import Connection, Request
from provisioner.sandbox.stopping import stop

Serve = Callable[[Request, Connection], None]


class Listener:
    """Serves until it is stopped. The port is bound on construction; 0 takes a free one."""

    def __init__(self, port: int = 0) -> None:
        self._server = _Server(("127.0.0.1", port), _Handler)
        self.port = int(self._server.server_address[1])
        self.url = f"http://127.0.0.1:{self.port}"
        self._thread = threading.Thread(target=self._server.serve_forever, daemon=True)

    def start(self, serve: Serve) -> None:
        self._server.serve = serve
        self._thread.start()

    def stop(self) -> None:
        """Close the port and every connection. Never started, it only closes the port."""
        self._server.stopping.set()
        if self._thread.is_alive():
            stop(self._server)
        self._server.server_close()
        self._server.close_connections()


class _Server(socketserver.ThreadingTCPServer):
    daemon_threads = True
    allow_reuse_address = True
    request_queue_size = 128

    def __init__(self, address: tuple[str, int], handler: type["_Handler"]) -> None:
        super().__init__(address, handler)
        self.serve: Serve = lambda _, connection: connection.close()
        self.stopping = threading.Event()
        self._lock = threading.Lock()
        self._open: set[socket.socket] = set()

    def process_request(self, request: Any, client_address: Any) -> None:
        with self._lock:
            self._open.add(request)
        super().process_request(request, client_address)

    def shutdown_request(self, request: Any) -> None:
        """A socket told to reset is closed without the polite end of data before it."""
        with self._lock:
            self._open.discard(request)
        aborted = request.fileno() >= 0 and _lingers_zero(request)
        self.close_request(request) if aborted else super().shutdown_request(request)

    def close_connections(self) -> None:
        with self._lock:
            remaining = list(self._open)
        for one in remaining:
            with contextlib.suppress(OSError):
                one.shutdown(socket.SHUT_RDWR)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that leaves in the middle is its own affair; anything else is shown."""
        if not isinstance(sys.exc_info()[1], ConnectionError):
            super().handle_error(request, client_address)


def _lingers_zero(sock: socket.socket) -> bool:
    setting = sock.getsockopt(socket.SOL_SOCKET, socket.SO_LINGER, 8)
    return struct.unpack("ii", setting) == (1, 0)


class _Handler(BaseHTTPRequestHandler):
    """Reads requests off one connection until either side closes it."""

    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    server: _Server

    def handle_one_request(self) -> None:
        self.raw_requestline = self.rfile.readline(65537)
        if not self.raw_requestline or len(self.raw_requestline) > 65536:
            self.close_connection = True
            return
        if not self.parse_request():
            return
        connection = Connection(self.connection, self.server.stopping)
        self.server.serve(self._request(), connection)
        self.close_connection = self.close_connection or not connection.open

    def _request(self) -> Request:
        path, _, query = self.path.partition("?")
        headers = {key.lower(): value for key, value in self.headers.items()}
        return Request(self.command, path, query, headers, self._body(headers))

    def _body(self, headers: Mapping[str, str]) -> bytes:
        if "chunked" in headers.get("transfer-encoding", "").lower():
            return b"".join(iter(self._chunk, b""))
        return self._exactly(int(headers.get("content-length", "0") or 0))

    def _chunk(self) -> bytes:
        size = int(self.rfile.readline(1024).split(b";")[0], 16)
        data = self._exactly(size)
        self.rfile.readline(3)
        return data

    def _exactly(self, size: int) -> bytes:
        """What a client did not send to its end is no request, and has no effect."""
        data = self.rfile.read(size)
        if len(data) < size:
            raise ConnectionAbortedError("the client left within its request")
        return data

    def log_message(self, format: str, *args: Any) -> None:
        """The request log is kept elsewhere."""
