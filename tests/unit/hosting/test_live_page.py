"""A visitor's look at one page: certificates, redirects, slow and broken answers."""

import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import httpx
import pytest
import trustme

from provisioner.hosting.live_page import LivePage
from provisioner.models.remote import PageTrouble
from provisioner.transport import http_client, tls_context

HOST = "docs.example.org"
Page = Callable[[httpx.Request], httpx.Response]


def leading_to(**pages: str | int) -> LivePage:
    """Hosts by their first label: a status, or where they lead on to."""

    def answer(request: httpx.Request) -> httpx.Response:
        page = pages[request.headers["Host"].partition(".")[0]]
        if isinstance(page, int):
            return httpx.Response(page)
        return httpx.Response(308, headers={"Location": page})

    return LivePage(httpx.Client(transport=httpx.MockTransport(answer)))


def test_a_good_page_answers() -> None:
    assert leading_to(docs=200).look(HOST, "/").answers


@pytest.mark.parametrize(
    ("target", "others"),
    [
        ("/en/", ()),
        ("https://docs.example.org/en/", ()),
        ("https://www.docs.example.org/", ()),
        ("https://WWW.docs.example.org:443/", ()),
        ("https://notes.example.org/", ("notes.example.org",)),
        ("https://www.notes.example.org/", ("notes.example.org",)),
    ],
)
def test_a_redirect_among_the_apps_own_names_is_followed(
    target: str, others: tuple[str, ...]
) -> None:
    seen: list[str] = []

    def answer(request: httpx.Request) -> httpx.Response:
        seen.append(request.headers["Host"])
        first = len(seen) == 1
        return httpx.Response(301, headers={"Location": target}) if first else httpx.Response(200)

    page = LivePage(httpx.Client(transport=httpx.MockTransport(answer)))

    assert page.look(HOST, "/", others).answers
    assert len(seen) == 2


@pytest.mark.parametrize(
    ("target", "said"),
    [
        ("https://parked.example.net/", "it leads on to parked.example.net"),
        ("https://docs.example.org.evil.example/", "it leads on to docs.example.org.evil.example"),
        ("http://docs.example.org/", "not safe"),
        ("https://docs.example.org:8443/", "not safe"),
        ("https://docs.example.org@evil.example/", "not safe"),
        ("https://[", "not safe"),
        ("/", "without an end"),
    ],
)
def test_a_redirect_to_anywhere_else_is_not_live(target: str, said: str) -> None:
    look = leading_to(docs=target).look(HOST, "/")

    assert look.trouble is PageTrouble.LEADS_AWAY
    assert said in look.reason


def test_a_redirect_that_is_no_address_is_a_broken_answer() -> None:
    look = leading_to(docs="javascript:alert(1)").look(HOST, "/")

    assert (look.trouble, look.reason) == (PageTrouble.UNREACHABLE, "its answer is broken")


def test_the_page_at_a_redirects_end_is_judged_as_well() -> None:
    look = leading_to(docs="https://www.docs.example.org/", www=503).look(HOST, "/")

    assert (look.trouble, look.reason) == (PageTrouble.FAULTY, "it answers 503")


def test_the_hosts_own_code_is_told_with_the_status() -> None:
    def answer(_request: httpx.Request) -> httpx.Response:
        return httpx.Response(404, headers={"X-Vercel-Error": "DEPLOYMENT_NOT_FOUND"})

    look = LivePage(httpx.Client(transport=httpx.MockTransport(answer))).look(HOST, "/")

    assert look.reason == "it answers 404 (DEPLOYMENT_NOT_FOUND)"


def test_a_code_of_another_form_is_not_told() -> None:
    def answer(_request: httpx.Request) -> httpx.Response:
        return httpx.Response(404, headers={"X-Vercel-Error": "<b>look here</b>"})

    look = LivePage(httpx.Client(transport=httpx.MockTransport(answer))).look(HOST, "/")

    assert look.reason == "it answers 404"


class Server:
    """A TLS server whose answer is written by a function, as slowly as that likes."""

    def __init__(self, certificate: trustme.LeafCert, write: Callable[[ssl.SSLSocket], None]):
        self._context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        certificate.configure_cert(self._context)
        self._write = write
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.edge = f"https://127.0.0.1:{self._socket.getsockname()[1]}"
        threading.Thread(target=self._serve, daemon=True).start()

    def _serve(self) -> None:
        try:
            connection, _ = self._socket.accept()
            with self._context.wrap_socket(connection, server_side=True) as tls:
                tls.recv(65_536)
                self._write(tls)
        except OSError:
            return

    def close(self) -> None:
        self._socket.close()


@pytest.fixture
def authority() -> trustme.CA:
    return trustme.CA()


Visit = Callable[[Callable[[ssl.SSLSocket], None]], "LivePage"]


@pytest.fixture
def visit(authority: trustme.CA, tmp_path: Path) -> Iterator[Visit]:
    """A visitor of a server that writes what it is given."""
    authority.cert_pem.write_to_path(tmp_path / "ca.pem")
    servers: list[Server] = []

    def look(write: Callable[[ssl.SSLSocket], None]) -> LivePage:
        servers.append(Server(authority.issue_cert(HOST), write))
        return LivePage(http_client(tls_context(tmp_path / "ca.pem")), servers[-1].edge, 0.2)

    yield look
    for server in servers:
        server.close()


def test_a_silent_server_takes_too_long(visit: Visit) -> None:
    done = threading.Event()

    look = visit(lambda _tls: void(done.wait(5))).look(HOST, "/")

    done.set()
    assert (look.trouble, look.reason) == (PageTrouble.SLOW, "it takes too long to answer")


def void(_value: object) -> None:
    """Nothing to give back."""


def test_a_page_without_an_end_is_not_read(visit: Visit) -> None:
    head = b"HTTP/1.1 200 OK\r\nContent-Length: 999999999\r\n\r\n"

    assert visit(lambda tls: tls.sendall(head)).look(HOST, "/").answers


def test_an_answer_that_breaks_off_is_no_answer(visit: Visit) -> None:
    look = visit(lambda tls: tls.sendall(b"HTTP/1.1 20")).look(HOST, "/")

    assert look.trouble is PageTrouble.UNREACHABLE


def test_a_certificate_of_an_unknown_authority_is_wrong(authority: trustme.CA) -> None:
    server = Server(authority.issue_cert(HOST), lambda tls: tls.sendall(b"HTTP/1.1 200 OK\r\n\r\n"))

    look = LivePage(http_client(), server.edge).look(HOST, "/")

    server.close()
    assert look.trouble is PageTrouble.WRONG_CERTIFICATE
    assert "not from an authority that browsers trust" in look.reason


def test_where_nobody_listens_no_connection_is_made() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]

    look = LivePage(http_client(), f"https://127.0.0.1:{port}").look(HOST, "/")

    assert (look.trouble, look.reason) == (PageTrouble.UNREACHABLE, "no connection can be made")
