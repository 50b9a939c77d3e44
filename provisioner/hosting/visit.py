"""One visit to one page: a connection and a handshake of its own, the head of the answer.

Connects only to addresses that were judged, and asks the certificate for the
host's name whatever the address. Follows nothing, reads no body.
"""

import ssl
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import httpcore
import httpx

from provisioner.addresses import is_public
from provisioner.sockets import BoundedBackend, Place, Way
from provisioner.transport import with_few_headers

MOST_ADDRESSES = 8
HTTPS = 443

Addresses = Callable[[str, float], Sequence[str] | None]
"""What public DNS answers for a name within so many seconds; `None` when nobody answers."""


@dataclass(frozen=True)
class Head:
    """What stands before a page."""

    status: int
    headers: httpx.Headers


Visit = Callable[[httpx.URL], Head]
"""Raises what httpcore raises, `NoAddress`, `NotPublic` or `httpx.InvalidURL`."""


class NoAddress(Exception):
    """The name leads nowhere; `asked` is false when nobody could be asked."""

    def __init__(self, asked: bool) -> None:
        super().__init__(asked)
        self.asked = asked


class NotPublic(Exception):
    """The name leads to nothing but addresses that are not on the public internet."""

    def __init__(self, address: str) -> None:
        super().__init__(address)
        self.address = address


class Visitor:
    """A `Visit` over `way`, which says where to connect for a host."""

    def __init__(self, tls: ssl.SSLContext, way: Way) -> None:
        self._tls = tls
        self._way = way

    def __call__(self, url: httpx.URL) -> Head:
        asked = httpcore.URL(
            scheme=b"https", host=url.raw_host, port=HTTPS, target=url.raw_path or b"/"
        )
        headers = [("Host", url.host), ("User-Agent", "provisioner"), ("Connection", "close")]
        backend = BoundedBackend(self._way)
        with (
            httpcore.ConnectionPool(ssl_context=self._tls, network_backend=backend) as pool,
            pool.stream("GET", asked, headers=headers) as answer,
        ):
            return Head(answer.status, httpx.Headers(with_few_headers(answer).headers))


def public_way(addresses: Addresses, judge: Callable[[str], bool] = is_public) -> Way:
    """Asks once for each connection, judges every answer, and gives the very addresses."""

    def way(host: str, port: int, seconds: float) -> Sequence[Place]:
        found = addresses(host, seconds)
        if not found:
            raise NoAddress(asked=found is not None)
        public = [one for one in found if judge(one)]
        if not public:
            raise NotPublic(found[0])
        return [(address, port) for address in public[:MOST_ADDRESSES]]

    return way


def edge_way(address: str, port: int) -> Way:
    """To one place that the environment names, whatever the host: a sandbox's edge."""
    return lambda _host, _port, _seconds: ((address, port),)
