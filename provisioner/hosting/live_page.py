"""Looks at a page as a visitor does: TLS handshake with chain, name and expiry, then HTTP."""

import ssl
from typing import Protocol

import httpx

from provisioner.models.remote import PageLook

SECONDS = 15.0


class PageReader(Protocol):
    """Looks only. Safe to repeat."""

    def look(self, host: str, path: str) -> PageLook: ...


class LivePage:
    """Fetches `https://host/path`.

    With `edge` (`https://127.0.0.1:PORT`) it connects there in place of the
    address that DNS gives, still asking for `host` and checking its certificate.
    """

    def __init__(self, client: httpx.Client, edge: str = "") -> None:
        self._client = client
        self._edge = edge.rstrip("/")

    def look(self, host: str, path: str) -> PageLook:
        """Never raises for what a visitor could meet; that is the result."""
        base = self._edge or f"https://{host}"
        try:
            response = self._client.get(
                base + path,
                headers={"Host": host, "User-Agent": "provisioner"},
                extensions={"sni_hostname": host},
                timeout=SECONDS,
            )
        except httpx.ConnectError as error:
            return PageLook(answers=False, reason=_connection_reason(error))
        except httpx.HTTPError:
            return PageLook(answers=False, reason="it does not answer")
        if response.status_code != 200:
            return PageLook(answers=False, reason=f"it answers {response.status_code}")
        return PageLook(answers=True)


def _connection_reason(error: BaseException) -> str:
    cause: BaseException | None = error
    while cause is not None:
        if isinstance(cause, ssl.SSLError):
            return "it has no valid certificate yet"
        cause = cause.__cause__ or cause.__context__
    return "no connection"
