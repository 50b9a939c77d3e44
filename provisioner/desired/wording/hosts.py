"""What is wrong with a host name, and how it should be written. Pure; asks no DNS."""

import re

from provisioner.desired.wording.advice import CURLY_QUOTES, Advice, fits
from provisioner.desired.wording.words import shown
from provisioner.models.hub import HOST_NAME_PATTERN

_LONGEST_SEARCHED = 400
"""A name has at most 253 characters; some more for what it may be buried in."""


def host_name(text: str) -> Advice:
    """Advice for a text that is not a host name."""
    if len(text) > _LONGEST_SEARCHED:
        return _domain(text, "is longer than any", "write it as in `docs.example.org`")
    host, reason = _cleaned(text)
    if "*" in text:
        return _domain(text, "is a wildcard", "name every host by itself, as in `docs.example.org`")
    if "@" in text:
        return _domain(text, "is an e-mail address", "write a host name, as in `docs.example.org`")
    if re.search(r"[\s,;]\S", text.strip()):
        return _domain(text, "is more than one name", "write each on a line of its own, after `- `")
    if fits(HOST_NAME_PATTERN, host):
        return _domain(text, reason, f"write `{host}`")
    return _domain(text, *_broken_host(host))


def _domain(text: str, reason: str, hint: str) -> Advice:
    return Advice("wrong-host-name", f"{shown(text)} is not a host name: it {reason}", hint)


def _cleaned(text: str) -> tuple[str, str]:
    """The host name within, and what it was buried in."""
    host = text.strip().strip(CURLY_QUOTES)
    address = re.match(r"^[A-Za-z][\w+.-]*:/+", host)
    host = host[address.end() :] if address else host
    host, slash, _ = host.partition("/")
    if address or slash:
        return _spelled(host), "is a web address"
    if re.search(r":\d*$", host):
        return _spelled(host), "has a port"
    if host != text:
        return _spelled(host), "has spaces or curly quotes around it"
    if host.endswith("."):
        return _spelled(host), "ends with a dot"
    if host != host.lower():
        return _spelled(host), "has capital letters"
    return _spelled(host), "has letters that DNS writes in another form"


def _spelled(host: str) -> str:
    host = re.sub(r":\d*$", "", host).rstrip(".").lower()
    try:
        return host if host.isascii() else host.encode("idna").decode()
    except UnicodeError:
        return host


def _broken_host(host: str) -> tuple[str, str]:
    if "_" in host:
        return "has an underscore", "use a hyphen, as in `our-docs.example.org`"
    if re.fullmatch(r"[\d.]+", host) or (":" in host and re.fullmatch("[0-9a-f:]+", host)):
        return "is a number of a machine (IP address)", "write a name, as in `docs.example.org`"
    if "." not in host:
        return "lacks its domain", "write the whole name, as in `docs.example.org`"
    return (
        "has parts that no name may have",
        "each part between dots has 1 to 63 letters, digits and hyphens, and begins and ends with "
        "a letter or digit",
    )
