"""Looks at a page as a visitor does: TLS handshake with chain, name and expiry, then HTTP."""

import re
import ssl
from collections.abc import Collection
from dataclasses import dataclass
from typing import Protocol
from urllib.parse import urljoin, urlsplit

import httpx

from provisioner.models.remote import PageLook, PageTrouble

SECONDS = 15.0
MOST_STEPS = 5
"""So many redirects are followed."""

_CERTIFICATE_REASONS = {  # OpenSSL: x509_vfy.h
    10: "its certificate has expired",
    62: "its certificate is for another name",
}
_HOST_CODE = re.compile(r"[A-Z_]{3,60}")


class PageReader(Protocol):
    """Looks only. Safe to repeat."""

    def look(self, host: str, path: str, others: Collection[str] = ()) -> PageLook:
        """What a visitor of `https://host/path` meets.

        A redirect counts as an answer only where it ends at a good page of the
        host itself, of one of `others`, or of the same name with or without `www.`.
        """
        ...


@dataclass(frozen=True)
class _Leads:
    """A redirect's target, as it stands in the answer."""

    location: str


class LivePage:
    """Fetches `https://host/path`, each time by a connection and a handshake of its own.

    With `edge` (`https://127.0.0.1:PORT`) it connects there in place of the
    address that DNS gives, still asking for `host` and checking its certificate.
    `seconds` is how long each part of an answer may take.
    """

    def __init__(self, client: httpx.Client, edge: str = "", seconds: float = SECONDS) -> None:
        self._client = client
        self._edge = edge.rstrip("/")
        self._seconds = seconds

    def look(self, host: str, path: str, others: Collection[str] = ()) -> PageLook:
        """Never raises for what a visitor could meet; that is the result."""
        known = {name for one in (host, *others) for name in (one, _twin(one))}
        url = f"https://{host}{path}"
        for _ in range(MOST_STEPS + 1):
            seen = self._visit(url)
            if isinstance(seen, PageLook):
                return seen
            url = _joined(url, seen.location)
            target = _host_of(url)
            if target not in known:
                return PageLook(trouble=PageTrouble.LEADS_AWAY, reason=_away(target))
        return PageLook(trouble=PageTrouble.LEADS_AWAY, reason="it leads on without an end")

    def _visit(self, url: str) -> PageLook | _Leads:
        host = _host_of(url)
        try:
            with self._client.stream(
                "GET",
                self._edge + url.removeprefix(f"https://{host}") if self._edge else url,
                headers={"Host": host, "User-Agent": "provisioner", "Connection": "close"},
                extensions={"sni_hostname": host},
                timeout=self._seconds,
            ) as response:
                return _judged(response)
        except httpx.TimeoutException:
            return PageLook(trouble=PageTrouble.SLOW, reason="it takes too long to answer")
        except httpx.ConnectError as error:
            return _unconnected(error)
        except (httpx.HTTPError, httpx.InvalidURL):
            return PageLook(trouble=PageTrouble.UNREACHABLE, reason="its answer is broken")


def _judged(response: httpx.Response) -> PageLook | _Leads:
    """By status and headers alone: the page itself is not read."""
    status = response.status_code
    if status == 200:
        return PageLook()
    if response.has_redirect_location:
        return _Leads(response.headers["Location"])
    if status == 401:
        return PageLook(trouble=PageTrouble.PROTECTED, reason="it asks visitors to log in (401)")
    code = _HOST_CODE.fullmatch(response.headers.get("X-Vercel-Error", ""))
    because = f" ({code[0]})" if code else ""
    return PageLook(trouble=PageTrouble.FAULTY, reason=f"it answers {status}{because}")


def _unconnected(error: BaseException) -> PageLook:
    cause: BaseException | None = error
    while cause is not None:
        if isinstance(cause, ssl.SSLCertVerificationError):
            reason = _CERTIFICATE_REASONS.get(
                cause.verify_code, "its certificate is not from an authority that browsers trust"
            )
            return PageLook(trouble=PageTrouble.WRONG_CERTIFICATE, reason=reason)
        if isinstance(cause, ssl.SSLError):
            return PageLook(trouble=PageTrouble.NO_CERTIFICATE, reason="it has no certificate yet")
        cause = cause.__cause__ or cause.__context__
    return PageLook(trouble=PageTrouble.UNREACHABLE, reason="no connection can be made")


def _joined(url: str, location: str) -> str:
    try:
        return urljoin(url, location)
    except ValueError:
        return location


def _host_of(url: str) -> str:
    """The host of an https address on the usual port; empty for any other address."""
    try:
        parts = urlsplit(url)
        usual = parts.scheme == "https" and parts.port in (None, 443) and "@" not in parts.netloc
        return (parts.hostname or "") if usual else ""
    except ValueError:
        return ""


def _twin(host: str) -> str:
    return host.removeprefix("www.") if host.startswith("www.") else f"www.{host}"


def _away(target: str) -> str:
    if target:
        return f"it leads on to {target}, which is not a domain of this app"
    return "it leads on to an address that is not safe (https)"
