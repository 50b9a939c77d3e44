"""How one exchange with GitHub goes over the wire: bounds, redirects, no sleeping.

Stands in for PyGithub's own connections, which have no total deadline, sleep
for as long as a read answers 202, follow only one kind of redirect and lose its
query, and are made anew for every request. Knows no API.
"""

import re
import threading
from contextvars import ContextVar
from typing import Any
from urllib.parse import urljoin, urlsplit

import httpx
from github.Requester import (
    HTTPRequestsConnectionClass,
    HTTPSRequestsConnectionClass,
    Requester,
)

from provisioner.answers import SAFE_METHODS
from provisioner.sockets import within
from provisioner.transport import USUAL, Patience, http_client, read_whole

MOST_REDIRECTS = 5
PORTS = {"https": 443, "http": 80}
REDIRECTS = frozenset({301, 302, 307, 308})
COUNTS = frozenset(f"x-ratelimit-{what}" for what in ("limit", "remaining", "reset"))
COUNT = re.compile(r"[0-9]{1,15}(\.[0-9]{1,6})?")

PATIENCE: ContextVar[Patience] = ContextVar("patience", default=USUAL)
"""How long the next exchange of this thread may take; PyGithub hands on whole seconds only."""

_kept = threading.local()


class LedElsewhere(Exception):
    """A request was sent on to another host, or round in circles."""


class NotReadyYet(Exception):
    """GitHub is still working on what a read asked for (202)."""


class _ReadInFull:
    """An answer as PyGithub wants it."""

    def __init__(self, response: httpx.Response) -> None:
        self.status = response.status_code
        self._headers = response.headers
        self._text = read_whole(response, PATIENCE.get().most)

    def getheaders(self) -> Any:
        """Without what PyGithub would break at: counts that are none, and an address to go on to,
        for redirects have been followed as far as they lead."""
        return [
            (name, value)
            for name, value in self._headers.items()
            if name.lower() != "location" and (name.lower() not in COUNTS or COUNT.fullmatch(value))
        ]

    def read(self) -> str:
        return self._text


class _Connection:
    """What PyGithub sets on a connection, and how it is used here."""

    protocol: str
    verb: str
    url: str
    headers: dict[str, str]
    input: Any

    def __init__(self, host: str, port: int | None = None, **_: Any) -> None:
        """Without the session that PyGithub makes for each: `_kept_client` sends."""
        self.host = host
        self.port = port or PORTS[self.protocol]

    def close(self) -> None:
        """Nothing is kept open here."""

    def getresponse(self) -> Any:
        with within(PATIENCE.get().bounds()):
            response = self._followed()
            try:
                if response.status_code == 202 and self.verb in SAFE_METHODS:
                    raise NotReadyYet
                return _ReadInFull(response)
            finally:
                response.close()

    def _followed(self) -> httpx.Response:
        """The answer at the end of the redirects that a rename leaves behind.

        GitHub wants the same request sent again (docs.github.com: rest, best practices);
        an answer that redirects has done nothing yet.
        """
        url = begin = f"{self.protocol}://{self.host}:{self.port}{self.url}"
        for _ in range(MOST_REDIRECTS):
            response = self._sent(url)
            location = response.headers.get("Location", "")
            if response.status_code not in REDIRECTS or not location:
                return response
            response.close()
            url = _led(url, location, begin)
        raise LedElsewhere

    def _sent(self, url: str) -> httpx.Response:
        patience, client = PATIENCE.get(), _kept_client()
        timeout = httpx.Timeout(patience.read, connect=patience.connect)
        request = client.build_request(
            self.verb, url, headers=self.headers, content=self.input, timeout=timeout
        )
        return client.send(request, stream=True)


def _led(url: str, location: str, begin: str) -> str:
    """Where a redirect leads; `LedElsewhere` for another host and for what is no address."""
    try:
        target = urljoin(url, location)
        if _origin(target) == _origin(begin):
            return target
    except ValueError:
        pass
    raise LedElsewhere


def _origin(url: str) -> tuple[str, str | None, int | None]:
    """Scheme, host and port, the usual ports filled in."""
    parts = urlsplit(url)
    return parts.scheme, parts.hostname, parts.port or PORTS.get(parts.scheme)


def _kept_client() -> httpx.Client:
    """One a thread, so that a connection serves many requests."""
    client: httpx.Client | None = getattr(_kept, "client", None)
    if client is None:
        client = _kept.client = http_client()
    return client


class _Http(_Connection, HTTPRequestsConnectionClass):
    protocol = "http"


class _Https(_Connection, HTTPSRequestsConnectionClass):
    protocol = "https"


def install() -> None:
    """Have PyGithub use these connections, in the whole process."""
    Requester.injectConnectionClasses(_Http, _Https)
