"""Looks at a page as a visitor does: TLS handshake with chain, name and expiry, then HTTP."""

import re
import ssl
import time
from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import Protocol
from urllib.parse import urljoin, urlsplit

import httpcore
import httpx

from provisioner.hosting.registry import HOSTS
from provisioner.hosting.visit import Head, NoAddress, NotPublic, Visit
from provisioner.models.remote import PageObservation, PageTrouble
from provisioner.safetext import shorten
from provisioner.sockets import BROKEN_EXCHANGE, Bounds, within

SECONDS = 15.0
"""For one look, with everything that it takes."""
MOST_BYTES = 500_000
MOST_LOCATION = 2000
MOST_NAME = 100
MOST_STEPS = 5
"""So many redirects are followed."""

_CERTIFICATE_REASONS = {  # OpenSSL: x509_vfy.h
    10: "its certificate has expired",
    62: "its certificate is for another name",
}
REDIRECTS = frozenset({301, 302, 303, 307, 308})
_HOST_CODE = re.compile(r"[A-Z_]{3,60}")


class PageReader(Protocol):
    """Looks only. Safe to repeat."""

    def observe(self, host: str, path: str, others: Collection[str] = ()) -> PageObservation:
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
    """A `PageReader`. `seconds` and `MOST_BYTES` are for a look in all, redirects included."""

    def __init__(
        self,
        visit: Visit,
        seconds: float = SECONDS,
        elapsed: Callable[[], float] = time.monotonic,
    ) -> None:
        self._visit = visit
        self._seconds = seconds
        self._elapsed = elapsed

    def observe(self, host: str, path: str, others: Collection[str] = ()) -> PageObservation:
        """Never raises for what a visitor could meet; that is the result."""
        known = {name for one in (host, *others) for name in (one, _twin(one))}
        with within(Bounds(self._seconds, MOST_BYTES, self._elapsed)):
            return self._followed(f"https://{host}{path}", known)

    def _followed(self, url: str, known: Collection[str]) -> PageObservation:
        for _ in range(MOST_STEPS + 1):
            seen = self._met(url)
            if isinstance(seen, PageObservation):
                return seen
            if len(seen.location) > MOST_LOCATION:
                return _leads_away("it leads on to an address that is too long")
            url = _joined(url, seen.location)
            target = _host_of(url)
            if target not in known:
                return _leads_away(_away(target))
        return _leads_away("it leads on without an end")

    def _met(self, url: str) -> PageObservation | _Leads:
        try:
            return _judged(self._visit(httpx.URL(url)))
        except NoAddress as error:
            return _unfound(error)
        except NotPublic as error:
            return _private(error)
        except httpcore.TimeoutException:
            return PageObservation(trouble=PageTrouble.SLOW, reason="it takes too long to answer")
        except httpcore.ConnectError as error:
            return _unconnected(error)
        except (*BROKEN_EXCHANGE, httpx.InvalidURL):
            return PageObservation(trouble=PageTrouble.UNREACHABLE, reason="its answer is broken")


def _judged(head: Head) -> PageObservation | _Leads:
    """By status and headers alone: the page itself is not read."""
    if head.status == 200:
        return PageObservation()
    if head.status in REDIRECTS and "Location" in head.headers:
        return _Leads(head.headers["Location"])
    if head.status == 401:
        return PageObservation(
            trouble=PageTrouble.PROTECTED, reason="it asks visitors to log in (401)"
        )
    said = (head.headers.get(kind.error_header, "") for kind in HOSTS.values())
    code = next((found for text in said if (found := _HOST_CODE.fullmatch(text))), None)
    because = f" ({code[0]})" if code else ""
    return PageObservation(trouble=PageTrouble.FAULTY, reason=f"it answers {head.status}{because}")


def _leads_away(reason: str) -> PageObservation:
    return PageObservation(trouble=PageTrouble.LEADS_AWAY, reason=reason)


def _unfound(error: NoAddress) -> PageObservation:
    reason = "its name has no address" if error.asked else "public DNS does not say where it is"
    return PageObservation(trouble=PageTrouble.UNREACHABLE, reason=reason)


def _private(error: NotPublic) -> PageObservation:
    reason = f"its name leads to an address inside a private network ({error.address})"
    return PageObservation(
        trouble=PageTrouble.PRIVATE_ADDRESS, reason=shorten(reason, 2 * MOST_NAME)
    )


def _unconnected(error: BaseException) -> PageObservation:
    cause: BaseException | None = error
    while cause is not None:
        if isinstance(cause, ssl.SSLCertVerificationError):
            reason = _CERTIFICATE_REASONS.get(
                cause.verify_code, "its certificate is not from an authority that browsers trust"
            )
            return PageObservation(trouble=PageTrouble.WRONG_CERTIFICATE, reason=reason)
        if isinstance(cause, ssl.SSLError):
            return PageObservation(
                trouble=PageTrouble.NO_CERTIFICATE, reason="it has no certificate yet"
            )
        cause = cause.__cause__ or cause.__context__
    return PageObservation(trouble=PageTrouble.UNREACHABLE, reason="no connection can be made")


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
        return f"it leads on to {shorten(target, MOST_NAME)}, which is not a domain of this app"
    return "it leads on to an address that is not safe (https)"
