"""The sandbox's edge: real HTTPS on loopback for every host name that has a certificate.

A handshake for any other name fails, as it does at the real host before a
certificate is issued. Decides nothing about what is live: `vercel.serving` does.
"""

import ssl
import sys
import tempfile
import threading
from datetime import datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, Self

import trustme

from provisioner.sandbox.dns import DnsZone
from provisioner.sandbox.stopping import stop
from provisioner.sandbox.vercel.hosts import SUFFIX
from provisioner.sandbox.vercel.pages import SECRET_HEADER, Page, page_for
from provisioner.sandbox.vercel.serving import has_certificate
from provisioner.sandbox.vercel.state import VercelWorld
from provisioner.sandbox.world import World

LONG_AGO = datetime(2020, 1, 1)
WRONG_NAME = "someone-else.example"
HANDSHAKE_SECONDS = 10.0


class Edge:
    """Serves while the context lasts. `ca_file` is what a visitor has to trust."""

    def __init__(self, world: World, vercel: VercelWorld, dns: DnsZone) -> None:
        self.world = world
        self.vercel = vercel
        self.dns = dns
        self.url = ""
        self.ca_file = ""
        self._certificates = Certificates()
        self._folder = tempfile.TemporaryDirectory(prefix="sandbox-edge-")
        self._server: _Server | None = None

    def __enter__(self) -> Self:
        file = Path(self._folder.name) / "ca.pem"
        self._certificates.authority.cert_pem.write_to_path(file)
        self.ca_file = str(file)
        self._server = _Server(self)
        self.url = f"https://127.0.0.1:{self._server.server_address[1]}"
        threading.Thread(target=self._server.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        if self._server is not None:
            stop(self._server)
        self._folder.cleanup()

    def context_for(self, host: str) -> ssl.SSLContext | None:
        """The certificate that a visitor of this name is shown; None where there is none."""
        with self.world.lock:
            if not has_certificate(self.vercel, host):
                return None
            fault = self.vercel.behaviour.certificates.get(host, "")
        return self._certificates.context(host, fault)

    def page(self, host: str, method: str, path: str, secret: str) -> Page:
        with self.world.lock:
            return page_for(self.vercel, host, method, path, secret)


class Certificates:
    """An authority of its own and the certificates made so far, each made once."""

    def __init__(self) -> None:
        self.authority = trustme.CA(organization_name="Sandbox")
        self._lock = threading.Lock()
        self._contexts: dict[tuple[str, str], ssl.SSLContext] = {}

    def context(self, host: str, fault: str) -> ssl.SSLContext:
        name = f"*.{SUFFIX}" if host.endswith(f".{SUFFIX}") else host
        key = (WRONG_NAME if fault == "wrong_name" else name, fault)
        with self._lock:
            if key not in self._contexts:
                self._contexts[key] = self._new(*key)
            return self._contexts[key]

    def _new(self, name: str, fault: str) -> ssl.SSLContext:
        expired = LONG_AGO if fault == "expired" else None
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        certificate = self.authority.issue_cert(name, not_before=expired, not_after=expired)
        certificate.configure_cert(context)
        return context


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self, edge: Edge) -> None:
        self.edge = edge
        self._tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self._tls.sni_callback = self._choose
        super().__init__(("127.0.0.1", 0), _Handler)

    def _choose(self, tls: Any, name: str | None, _: ssl.SSLContext) -> int | None:
        """Called within the handshake; a number is the alert that ends it."""
        context = self.edge.context_for(name.lower()) if name else None
        if context is None:
            return ssl.ALERT_DESCRIPTION_UNRECOGNIZED_NAME
        tls.context = context
        return None

    def finish_request(self, request: Any, client_address: Any) -> None:
        """In the connection's own thread, so that a slow handshake holds up nobody else."""
        request.settimeout(HANDSHAKE_SECONDS)
        with self._tls.wrap_socket(request, server_side=True) as tls:
            _Handler(tls, client_address, self)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A failed handshake is the visitor's to notice; anything else is a fault of ours."""
        if not isinstance(sys.exc_info()[1], OSError):
            super().handle_error(request, client_address)


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    server: _Server

    def do_GET(self) -> None:
        self._answer()

    def do_HEAD(self) -> None:
        self._answer(with_body=False)

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers.get("Content-Length") or 0))
        self._answer()

    def _answer(self, *, with_body: bool = True) -> None:
        host = self.headers.get("Host", "").partition(":")[0].lower()
        secret = self.headers.get(SECRET_HEADER, "")
        page = self.server.edge.page(host, self.command, self.path, secret)
        body = page.body.encode()
        self.send_response(page.status)
        headers = (("Content-Type", page.content_type), ("Content-Length", str(len(body))))
        for name, value in (*headers, *page.headers):
            self.send_header(name, value)
        self.end_headers()
        if with_body:
            self.wfile.write(body)

    def log_message(self, format: str, *args: Any) -> None:
        """The edge keeps no log."""
