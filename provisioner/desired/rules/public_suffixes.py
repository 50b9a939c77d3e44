"""Is a name one under which others register theirs, such as `co.ke` or `github.io`?

The list (publicsuffix.org) takes some 60 ms to load, which nobody shall wait for
whose host names lie well below it. So the list's plain lines are asked first
whether they hold the name at all, and the library only if they do.
"""

from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from publicsuffixlist import PublicSuffixList

_PUNYCODE = "xn--"


def is_public_suffix(host: str) -> bool:
    """`host` in small letters, without a dot at its end."""
    return _may_be_one(host) and bool(_library().is_public(host))


def has_known_ending(host: str) -> bool:
    """Whether the list may know the last part, such as `ke`; surely not is what `False` says."""
    ending = host.rpartition(".")[2]
    return ending.startswith(_PUNYCODE) or not _lines().isdisjoint((ending, f"*.{ending}"))


def _may_be_one(host: str) -> bool:
    """Whether the list has the name, or a wildcard for it. Punycode it spells otherwise."""
    above = host.partition(".")[2]
    return _PUNYCODE in host or not _lines().isdisjoint((host, f"*.{above}"))


@cache
def _lines() -> frozenset[str]:
    found = find_spec("publicsuffixlist")  # finds it without loading it
    if found is None or not found.origin:
        raise AssertionError("publicsuffixlist is a dependency")
    path = Path(found.origin).with_name("public_suffix_list.dat")
    return frozenset(path.read_text(encoding="utf-8").split())


@cache
def _library() -> "PublicSuffixList":
    from publicsuffixlist import PublicSuffixList  # noqa: PLC0415 - see the module's docstring

    return PublicSuffixList()
