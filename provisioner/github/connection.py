"""How one exchange with GitHub goes over the wire: deadline, redirects, no sleeping.

Stands in for PyGithub's own connections, which have no total deadline, sleep
for as long as a read answers 202, follow only one kind of redirect and lose its
query, and are made anew for every request. Knows no API.
"""

import threading
from contextvars import ContextVar
from typing import Any
from urllib.parse import urljoin, urlsplit

import requests
from github.Requester import (
    HTTPRequestsConnectionClass,
    HTTPSRequestsConnectionClass,
    Requester,
)
from urllib3.exceptions import HTTPError

from provisioner.answers import SAFE_METHODS
from provisioner.transport import USUAL, Patience, read_within

MOST_REDIRECTS = 5
REDIRECTS = frozenset({301, 302, 307, 308})
CHUNK = 65536

PATIENCE: ContextVar[Patience] = ContextVar("patience", default=USUAL)
"""How long the next exchange of this thread may take; PyGithub hands on whole seconds only."""

_kept = threading.local()


class LedElsewhere(Exception):
    """A request was sent on to another host, or round in circles."""


class NotReadyYet(Exception):
    """GitHub is still working on what a read asked for (202)."""


class BrokeOff(Exception):
    """The answer began and did not arrive whole."""


class _ReadInFull:
    """An answer as PyGithub wants it."""

    def __init__(self, response: requests.Response) -> None:
        self.status = response.status_code
        self._headers = response.headers
        self._text = _content(response).decode("utf-8", "replace")

    def getheaders(self) -> Any:
        return self._headers.items()

    def read(self) -> str:
        return self._text


def _content(response: requests.Response) -> bytes:
    """Read as the bytes arrive: to wait for a full chunk would outlast the deadline."""

    def chunks() -> Any:
        while chunk := response.raw.read1(CHUNK, decode_content=True):
            yield chunk

    try:
        return read_within(chunks, PATIENCE.get().total)
    except HTTPError as error:
        raise BrokeOff from error


class _Connection:
    """What PyGithub sets on a connection, and how it is used here."""

    protocol: str
    host: str
    port: int
    verb: str
    url: str
    headers: dict[str, str]
    input: Any
    verify: Any

    def getresponse(self) -> Any:
        response = self._followed()
        try:
            if response.status_code == 202 and self.verb in SAFE_METHODS:
                raise NotReadyYet
            return _ReadInFull(response)
        finally:
            response.close()

    def _followed(self) -> requests.Response:
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
            url = urljoin(url, location)
            if _origin(url) != _origin(begin):
                break
        raise LedElsewhere

    def _sent(self, url: str) -> requests.Response:
        patience = PATIENCE.get()
        return _kept_session().request(
            self.verb,
            url,
            headers=self.headers,
            data=self.input,
            timeout=(patience.connect, patience.read),
            verify=self.verify,
            allow_redirects=False,
            stream=True,
        )


def _origin(url: str) -> tuple[str, str | None, int | None]:
    """Scheme, host and port, the usual ports filled in."""
    parts = urlsplit(url)
    return parts.scheme, parts.hostname, parts.port or {"https": 443, "http": 80}.get(parts.scheme)


def _kept_session() -> requests.Session:
    """One a thread, so that a connection serves many requests. It takes no login from a file."""
    session: requests.Session | None = getattr(_kept, "session", None)
    if session is None:
        session = requests.Session()
        session.auth = Requester.noopAuth
        _kept.session = session
    return session


class _Http(_Connection, HTTPRequestsConnectionClass):
    pass


class _Https(_Connection, HTTPSRequestsConnectionClass):
    pass


def install() -> None:
    """Have PyGithub use these connections, in the whole process."""
    Requester.injectConnectionClasses(_Http, _Https)
