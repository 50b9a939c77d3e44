"""Settings of the environment that have a form: read, or refused with what to write. Pure."""

from collections.abc import Mapping
from ipaddress import ip_address
from urllib.parse import urlsplit

from provisioner.errors import ConfigurationError

Environ = Mapping[str, str]
Place = tuple[str, int]
"""An address and a port."""

LISTS_BEHIND = "5"
"""Seconds; a guess: GitHub says of no list how soon it shows what was written."""
MOST_DIGITS = 3


def required(environ: Environ, name: str, fix: str) -> str:
    value = environ.get(name, "").strip()
    if not value:
        raise ConfigurationError(f"{name} is not set", fix)
    return value


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
    address, _, port = text.rpartition(":")
    if not address or not port.isdigit():
        raise ConfigurationError(
            f"PROVISIONER_DNS_SERVERS is not a list of servers: {text}",
            "Write each as ADDRESS:PORT, with commas between.",
        )
    return address, int(port)
