"""A TLS server on loopback whose every answer is written by a function, as slowly as that likes."""

import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterable
from contextlib import suppress

import trustme

Write = Callable[[ssl.SSLSocket], object]


class Server:
    """Serves any number of connections, one after the other. `met` counts them.

    With `handshake` false it takes a connection and never says a word.
    """

    def __init__(self, certificate: trustme.LeafCert, write: Write, handshake: bool = True) -> None:
        self._context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        certificate.configure_cert(self._context)
        self._write = write
        self._handshake = handshake
        self._ended = threading.Event()
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.place = ("127.0.0.1", int(self._socket.getsockname()[1]))
        self.met = 0
        threading.Thread(target=self._serve, daemon=True).start()

    def _serve(self) -> None:
        while not self._ended.is_set():
            try:
                connection, _ = self._socket.accept()
            except OSError:
                return
            self.met += 1
            with connection, suppress(OSError):
                self._answer(connection)

    def _answer(self, connection: socket.socket) -> None:
        if not self._handshake:
            self._ended.wait(5)
            return
        with self._context.wrap_socket(connection, server_side=True) as tls:
            tls.recv(65_536)
            self._write(tls)

    def silent(self, _tls: ssl.SSLSocket) -> None:
        self._ended.wait(5)

    def close(self) -> None:
        self._ended.set()
        with suppress(OSError):
            self._socket.shutdown(socket.SHUT_RDWR)
        self._socket.close()


def text(answer: str) -> Write:
    return lambda tls: tls.sendall(answer.encode())


def trickle(parts: Iterable[bytes], pause: float = 0.02) -> Write:
    """Part by part, with a pause after each, until nobody listens any more."""

    def write(tls: ssl.SSLSocket) -> None:
        for part in parts:
            tls.sendall(part)
            time.sleep(pause)

    return write
