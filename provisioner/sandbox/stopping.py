"""Stops a server at once. One that waits for a message looks up only when something comes."""

import contextlib
import socket
import socketserver
import threading
from typing import Any

AGAIN_SECONDS = 0.05


def stop(server: socketserver.BaseServer) -> None:
    """Shut down a server that serves on a thread, and close its port."""
    stopper = threading.Thread(target=server.shutdown, daemon=True)
    stopper.start()
    while stopper.is_alive():  # who is woken before the order has come goes on waiting
        _wake(server)
        stopper.join(AGAIN_SECONDS)
    server.server_close()


def _wake(server: Any) -> None:
    with contextlib.suppress(OSError), socket.socket(type=server.socket_type) as knocking:
        knocking.settimeout(1)
        knocking.connect(server.server_address)
        if server.socket_type == socket.SOCK_DGRAM:
            knocking.send(b"")
