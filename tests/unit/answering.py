"""A server on loopback that gives the answers it was told to give, to whatever is asked."""

import socket
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


@dataclass(frozen=True)
class Given:
    """One answer."""

    status: int = 200
    body: str = "{}"
    headers: dict[str, str] = field(default_factory=dict)


@dataclass
class Server:
    """`asked` holds each request's method and path, `tokens` what it was authorised with,
    `encodings` what may be done to the body of its answer."""

    url: str
    answers: list[Given]
    asked: list[tuple[str, str]] = field(default_factory=list)
    tokens: list[str] = field(default_factory=list)
    encodings: list[str] = field(default_factory=list)
    connections: set[int] = field(default_factory=set)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def answer(self, method: str, path: str, token: str, connection: int) -> Given:
        """The next answer; the last one for ever."""
        with self.lock:
            self.asked.append((method, path))
            self.tokens.append(token)
            self.connections.add(connection)
            return self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]


@contextmanager
def answering(*answers: Given) -> Iterator[Server]:
    """Serve until the context ends."""
    given: Sequence[Given] = answers or (Given(),)

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def _serve(self) -> None:
            self.rfile.read(int(self.headers.get("Content-Length") or 0))
            token = self.headers.get("Authorization", "")
            server.encodings.append(self.headers.get("Accept-Encoding", ""))
            one = server.answer(self.command, self.path, token, self.client_address[1])
            body = one.body.encode()
            self.send_response(one.status)
            for name, value in {**one.headers, "Content-Length": str(len(body))}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

        def __getattr__(self, name: str) -> Callable[[], None]:
            """`do_GET` and its like: every method is served alike."""
            if name.startswith("do_"):
                return self._serve
            raise AttributeError(name)

        def log_message(self, format: str, *args: object) -> None:
            """Tests are quiet."""

    http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    http.daemon_threads = True
    server = Server(f"http://127.0.0.1:{http.server_address[1]}", list(given))
    thread = threading.Thread(target=http.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield server
    finally:
        http.shutdown()
        http.server_close()
        thread.join()


@contextmanager
def writing(parts: Callable[[], Iterator[bytes]], pause: float = 0.0) -> Iterator[str]:
    """Write these very bytes to whoever connects, with a pause after each part."""
    ended = threading.Event()
    listening = socket.create_server(("127.0.0.1", 0))

    def serve(connection: socket.socket) -> None:
        with connection, suppress(OSError):
            connection.recv(65_536)
            for part in parts():
                connection.sendall(part)
                if ended.wait(pause):
                    return

    def accept() -> None:
        with suppress(OSError):
            while True:
                connection, _ = listening.accept()
                threading.Thread(target=serve, args=(connection,), daemon=True).start()

    threading.Thread(target=accept, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{listening.getsockname()[1]}"
    finally:
        ended.set()
        with suppress(OSError):
            listening.shutdown(socket.SHUT_RDWR)
        listening.close()
