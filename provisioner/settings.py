"""Settings of the environment that have a form: read, or refused with what to write. Pure."""

from collections.abc import Mapping
from ipaddress import ip_address
from urllib.parse import urlsplit

from provisioner.errors import ConfigurationError, NotSet

Environ = Mapping[str, str]
Place = tuple[str, int]
"""An address and a port."""

LISTS_BEHIND = "5"
"""Seconds; a guess: GitHub says of no list how soon it shows what was written."""
MOST_DIGITS = 3
LAST_PORT = 65535


def required(environ: Environ, name: str, fix: str) -> str:
    value = environ.get(name, "").strip()
    if not value:
        raise NotSet(f"{name} is not set", fix)
    return value


def token(environ: Environ, name: str, fix: str) -> str:
    """One that a request can carry. Its value is not shown."""
    value = required(environ, name, fix)
    if not _is_plain(value):
        raise ConfigurationError(
            f"{name} is not a token: it holds a character that no token has",
            "Paste it anew: a space, a line break or a curly quote may have come along.",
        )
    return value


def service(environ: Environ, name: str, usual: str) -> str:
    """Where a service is; at its usual address unless the environment names another."""
    text = environ.get(name, "").strip() or usual
    try:
        parts, _ = urlsplit(text), urlsplit(text).port
    except ValueError:
        parts = urlsplit("")
    if parts.scheme not in ("https", "http") or not parts.hostname or not _is_plain(text):
        raise ConfigurationError(
            f"{name} is not an address of a service: {text}",
            f"Write it as in {usual}, or leave it out.",
        )
    return text


def _is_plain(text: str) -> bool:
    return text.isascii() and text.isprintable() and " " not in text


def repository(environ: Environ) -> str:
    """The network's repository, `owner/name`."""
    fix = "Actions sets it; elsewhere set it to owner/name."
    value = required(environ, "GITHUB_REPOSITORY", fix)
    if value.count("/") != 1:
        raise ConfigurationError(
            f"GITHUB_REPOSITORY is not a repository: {value}", "Write it as owner/name."
        )
    return value


def lists_behind(environ: Environ) -> float:
    """How many seconds GitHub's lists may be behind."""
    value = environ.get("PROVISIONER_LISTS_BEHIND", "").strip() or LISTS_BEHIND
    if not (value.isascii() and value.isdigit() and len(value) < MOST_DIGITS):
        raise ConfigurationError(
            f"PROVISIONER_LISTS_BEHIND is no number of seconds: {value}",
            f"Write a whole number below {10 ** (MOST_DIGITS - 1)}, or leave it out.",
        )
    return float(value)


def edge(environ: Environ) -> Place | None:
    """Where every page is visited, if at one place: an address, never a name, for a name may lead
    to another place each time.
    """
    text = environ.get("PROVISIONER_EDGE", "").strip()
    if not text:
        return None
    try:
        parts = urlsplit(text)
        address, port = str(ip_address(parts.hostname or "")), parts.port
    except ValueError:
        parts, address, port = urlsplit(""), "", None
    if parts.scheme != "https" or port is None:
        raise ConfigurationError(
            f"PROVISIONER_EDGE is not an address of pages: {text}", "Write https://ADDRESS:PORT."
        )
    return address, port


def dns_servers(environ: Environ) -> tuple[Place, ...]:
    """Those to ask; none where the public ones are to be asked."""
    value = environ.get("PROVISIONER_DNS_SERVERS", "").strip()
    return tuple(_server(item.strip()) for item in value.split(",")) if value else ()


def _server(text: str) -> Place:
    host, _, port = text.rpartition(":")
    try:
        address, number = str(ip_address(host)), int(port)
    except ValueError:
        address, number = "", 0
    if not 0 < number <= LAST_PORT:
        raise ConfigurationError(
            f"PROVISIONER_DNS_SERVERS is not a list of servers: {text}",
            "Write each as ADDRESS:PORT, with commas between.",
        )
    return address, number
