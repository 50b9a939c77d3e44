"""A visit over real sockets: it ends in time, and goes only to the address that was judged."""

import itertools
import socket
import ssl
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
import trustme

from provisioner.hosting.live_page import LivePage
from provisioner.hosting.visit import Visitor, edge_way, public_way
from provisioner.models.remote import PageObservation, PageTrouble
from provisioner.sockets import Place, Way
from provisioner.transport import public_tls, tls_context
from tests.unit.hosting.tls_server import Server, Write, text, trickle

HOST = "docs.example.org"
SECONDS = 0.3


class Visited:
    """Servers with a good certificate for the host, and looks at them."""

    def __init__(self, folder: Path) -> None:
        self.authority = trustme.CA()
        self.authority.cert_pem.write_to_path(folder / "ca.pem")
        self.tls = tls_context(folder / "ca.pem")
        self.servers: list[Server] = []

    def serve(self, write: Write, *, handshake: bool = True, name: str = HOST) -> Server:
        self.servers.append(Server(self.authority.issue_cert(name), write, handshake))
        return self.servers[-1]

    def look(self, server: Server, tls: ssl.SSLContext | None = None) -> PageObservation:
        return self.look_along(edge_way(*server.place), tls)

    def look_along(self, way: Way, tls: ssl.SSLContext | None = None) -> PageObservation:
        return LivePage(Visitor(tls or self.tls, way), SECONDS).observe(HOST, "/")


@pytest.fixture
def visited(tmp_path: Path) -> Iterator[Visited]:
    one = Visited(tmp_path)
    yield one
    for server in one.servers:
        server.close()


ENDLESS: dict[str, Write] = {
    "a status line, byte by byte": trickle(itertools.repeat(b"H")),
    "headers without an end": trickle(
        itertools.chain([b"HTTP/1.1 200 OK\r\n"], itertools.repeat(b"X-A: b\r\n"))
    ),
    "interim answers for ever": trickle(itertools.repeat(b"HTTP/1.1 100 Continue\r\n\r\n")),
    "early hints for ever": trickle(itertools.repeat(b"HTTP/1.1 103 Early Hints\r\n\r\n")),
    "redirects, each a while later": trickle(
        [b"", b"", b"", b"HTTP/1.1 302 Found\r\nLocation: /x\r\nContent-Length: 0\r\n\r\n"], 0.03
    ),
}


@pytest.mark.parametrize("kind", ENDLESS)
def test_an_answer_that_never_ends_takes_no_longer_than_one_look_may(
    visited: Visited, kind: str
) -> None:
    server, began = visited.serve(ENDLESS[kind]), time.monotonic()

    look = visited.look(server)

    assert time.monotonic() - began < SECONDS + 0.5
    assert look.trouble is PageTrouble.SLOW


@pytest.mark.parametrize("handshake", [True, False])
def test_a_silent_server_takes_too_long(visited: Visited, handshake: bool) -> None:
    server = visited.serve(lambda _tls: time.sleep(2 * SECONDS), handshake=handshake)
    began = time.monotonic()

    look = visited.look(server)

    assert time.monotonic() - began < SECONDS + 0.5

    assert (look.trouble, look.reason) == (PageTrouble.SLOW, "it takes too long to answer")


def test_a_name_that_is_looked_up_too_slowly_takes_from_the_same_time(visited: Visited) -> None:
    server = visited.serve(text("HTTP/1.1 200 OK\r\n\r\n"))

    def slow(_host: str, _port: int, seconds: float) -> Sequence[Place]:
        time.sleep(seconds)
        return (server.place,)

    assert visited.look_along(slow).trouble is PageTrouble.SLOW
    assert server.met == 0


@pytest.mark.parametrize(
    "answer",
    [
        "HTTP/1.1 100 Continue\r\n\r\n" * 200_000,
        f"HTTP/1.1 200 OK\r\nX-A: {'a' * 200_000}\r\n\r\n",
        "HTTP/1.1 200 OK\r\n" + "X-A: b\r\n" * 300 + "\r\n",
        "HTTP/1.1 200 OK\r\n" + "X-A: b\r\n" * 50_000 + "\r\n",
        "HTTP/9 abc\r\n\r\n",
        "HTTP/1.1 -1 No\r\n\r\n",
        "\x00\xff" * 500,
        "HTTP/1.1 20",
    ],
    ids=["interim", "long header", "300 headers", "50,000 headers", "9", "-1", "bytes", "cut"],
)
def test_an_answer_that_is_too_large_or_no_answer_is_broken(visited: Visited, answer: str) -> None:
    look = LivePage(
        Visitor(visited.tls, edge_way(*visited.serve(text(answer)).place)), seconds=20
    ).observe(HOST, "/")

    assert (look.trouble, look.reason) == (PageTrouble.UNREACHABLE, "its answer is broken")


def test_redirects_in_circles_are_followed_a_few_times(visited: Visited) -> None:
    server = visited.serve(text("HTTP/1.1 302 Found\r\nLocation: /\r\nContent-Length: 0\r\n\r\n"))

    look = LivePage(Visitor(visited.tls, edge_way(*server.place)), seconds=20).observe(HOST, "/")

    assert (look.trouble, look.reason) == (PageTrouble.LEADS_AWAY, "it leads on without an end")
    assert server.met == 6


def test_a_page_without_an_end_is_not_read(visited: Visited) -> None:
    head = "HTTP/1.1 200 OK\r\nContent-Length: 999999999\r\n\r\n"

    assert visited.look(visited.serve(text(head))).answers


def test_a_certificate_of_an_unknown_authority_is_wrong(visited: Visited) -> None:
    look = visited.look(visited.serve(text("HTTP/1.1 200 OK\r\n\r\n")), public_tls())

    assert look.trouble is PageTrouble.WRONG_CERTIFICATE
    assert "not from an authority that browsers trust" in look.reason


def test_the_certificate_is_asked_for_the_hosts_name_and_not_for_the_address(
    visited: Visited,
) -> None:
    look = visited.look(visited.serve(text("HTTP/1.1 200 OK\r\n\r\n"), name="127.0.0.1"))

    assert look.reason == "its certificate is for another name"


def test_where_nobody_listens_no_connection_is_made(visited: Visited) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]

    look = visited.look_along(edge_way("127.0.0.1", port))

    assert (look.trouble, look.reason) == (PageTrouble.UNREACHABLE, "no connection can be made")


@pytest.mark.parametrize(
    "address", ["127.0.0.1", "10.0.0.5", "169.254.169.254", "100.64.0.1", "::1", "::ffff:127.0.0.1"]
)
def test_a_name_that_leads_inside_a_network_is_not_visited(visited: Visited, address: str) -> None:
    look = visited.look_along(public_way(lambda _host, _seconds: (address,)))

    assert look.trouble is PageTrouble.PRIVATE_ADDRESS
    assert look.reason == f"its name leads to an address inside a private network ({address})"


def test_of_several_addresses_only_the_public_ones_are_used() -> None:
    mixed = ("10.0.0.5", "216.198.79.1", "127.0.0.1", "2606:4700::1111", "fd00::1")

    places = public_way(lambda _host, _seconds: mixed)(HOST, 443, 1.0)

    assert places == [("216.198.79.1", 443), ("2606:4700::1111", 443)]


def test_a_name_of_five_hundred_addresses_is_tried_at_a_few() -> None:
    many = tuple(f"216.198.{n // 250}.{n % 250 + 1}" for n in range(500))

    assert len(public_way(lambda _host, _seconds: many)(HOST, 443, 1.0)) == 8


def test_the_very_address_that_was_judged_is_connected_to(visited: Visited) -> None:
    """DNS rebinding: the name leads elsewhere a moment after it was judged."""
    server = visited.serve(text("HTTP/1.1 200 OK\r\n\r\n"))
    answers = iter([("127.0.0.1",), ("127.0.0.9",)])
    judged = public_way(lambda _host, _seconds: next(answers), {"127.0.0.1"}.__contains__)

    look = visited.look_along(lambda host, _port, left: judged(host, server.place[1], left))

    assert look.answers
    assert (server.met, list(answers)) == (1, [("127.0.0.9",)])


def test_a_redirect_is_judged_as_the_first_address_was(visited: Visited) -> None:
    server = visited.serve(
        text("HTTP/1.1 302 Found\r\nLocation: /in/\r\nContent-Length: 0\r\n\r\n")
    )
    answers = iter([("127.0.0.1",), ("127.0.0.9",)])
    judged = public_way(lambda _host, _seconds: next(answers), {"127.0.0.1"}.__contains__)

    look = visited.look_along(lambda host, _port, left: judged(host, server.place[1], left))

    assert (look.trouble, server.met) == (PageTrouble.PRIVATE_ADDRESS, 1)


def test_when_public_dns_is_silent_nothing_is_said_of_the_name(visited: Visited) -> None:
    look = visited.look_along(public_way(lambda _host, _seconds: None))

    assert look.reason == "public DNS does not say where it is"


def test_an_address_that_is_silent_leaves_time_for_the_next(visited: Visited) -> None:
    """The first one takes no connection: its queue is full."""
    server = visited.serve(text("HTTP/1.1 200 OK\r\n\r\n"))
    with socket.socket() as full, socket.socket() as waiting:
        full.bind(("127.0.0.1", 0))
        full.listen(0)
        waiting.connect(full.getsockname())
        silent = ("127.0.0.1", int(full.getsockname()[1]))

        look = visited.look_along(lambda *_asked: (silent, silent, server.place))

    assert look.answers
