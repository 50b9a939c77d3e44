"""Domain names: which are valid, and which domain they are registered under. Pure."""

import functools
import re

from publicsuffixlist import PublicSuffixList

from provisioner.sandbox.vercel.errors import bad_request
from provisioner.sandbox.vercel.hosts import SUFFIX

NAME = re.compile(
    r"(?=.{4,253}$)(\*\.)?([a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{0,61}[a-z0-9]"
)


@functools.cache
def _suffixes() -> PublicSuffixList:
    return PublicSuffixList()


def checked(name: str) -> str:
    """A domain name in lower case; 400 where it is none, or a public suffix."""
    lower = name.strip().rstrip(".").lower()
    if not NAME.fullmatch(lower) or _registered(lower) is None:
        raise bad_request(f'The domain "{name}" is not valid.', "invalid_domain")
    return lower


def apex_of(name: str) -> str:
    """The domain that a name is registered under; a name of the host's own belongs to the host."""
    if name.endswith(f".{SUFFIX}"):
        return SUFFIX
    return _registered(name.removeprefix("*.")) or name


@functools.lru_cache(maxsize=4096)
def _registered(name: str) -> str | None:
    registered: str | None = _suffixes().privatesuffix(name)
    return registered
