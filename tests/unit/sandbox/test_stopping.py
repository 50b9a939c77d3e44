"""A server that waits for messages stops when it is told to, and not when the next one comes."""

import socket
import socketserver
import threading

import pytest

from provisioner.sandbox.stopping import stop

FOR_EVER = 1e6


@pytest.mark.parametrize("kind", [socketserver.TCPServer, socketserver.UDPServer])
def test_it_is_woken_and_its_port_is_free(kind: type[socketserver.TCPServer]) -> None:
    server = kind(("127.0.0.1", 0), socketserver.BaseRequestHandler)
    serving = threading.Thread(target=server.serve_forever, args=(FOR_EVER,), daemon=True)
    serving.start()

    stop(server)

    serving.join()
    with socket.socket(type=server.socket_type) as another:
        another.bind(server.server_address)
