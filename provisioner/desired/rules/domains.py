"""Domains that no hub can have: reserved and internal names, public suffixes, the host's own.

Pure but for the public suffix list, which comes with a library.
"""

from collections.abc import Iterator

from provisioner.desired.rules.public_suffixes import has_known_ending, is_public_suffix
from provisioner.desired.rules.view import SeenHub
from provisioner.desired.wording.advice import Advice, fits
from provisioner.desired.wording.words import shown
from provisioner.hosting.kind import HostKind
from provisioner.hosting.registry import HOSTS
from provisioner.models.finding import Finding
from provisioner.models.hub import HOST_NAME_PATTERN

_RESERVED = frozenset(
    {
        # iana.org: Special-Use Domain Names. RFC 6761, 6762 (local), 7686 (onion), 9476 (alt),
        # 8375 (home.arpa); RFC 3172: `arpa` is for the infrastructure of the Internet alone.
        "alt",
        "arpa",
        "example",
        "invalid",
        "local",
        "localhost",
        "onion",
        "test",
        # ICANN: kept for private use for good (Board, 29 July 2024).
        "internal",
        # ICANN: never to be delegated, for they are used inside networks (name collision; Board,
        # 4 February 2018). RFC 6762, appendix G: the same, in wide private use.
        "corp",
        "home",
        "mail",
        "intranet",
        "lan",
        "localdomain",
        "private",
    }
)


def domain_findings(hub: SeenHub) -> Iterator[Finding]:
    """What stands against the domains of one hub, whatever app they are for."""
    for app in hub.apps:
        for pointer, host in app.domains:
            if advice := _advice(host):
                yield hub.document.finding_at_value(pointer, advice)


def _advice(host: str) -> Advice | None:
    name = host.lower().rstrip(".")
    if kind := _owner(name):
        return Advice(
            f"host-name-of-{kind.key}",
            f"{shown(host)} belongs to {kind.name}, which gives such names out by itself",
            "remove it: the app gets an address of this kind anyway",
        )
    if name.rpartition(".")[2] in _RESERVED:
        return Advice(
            "reserved-domain",
            f"{shown(host)} is a reserved or internal name, which nobody can reach from outside",
            "name a domain that the hub has registered, or one below it",
        )
    if fits(HOST_NAME_PATTERN, name) and is_public_suffix(name):
        return Advice(
            "public-suffix",
            f"{shown(host)} is a name under which everybody registers theirs; it is nobody's own",
            "write the whole name that the hub has registered, or one below it, such as "
            f"{shown(f'our-hub.{name}')}",
        )
    if fits(HOST_NAME_PATTERN, name) and not has_known_ending(name):
        return Advice(
            "unknown-ending",
            f"{shown(host)} has no ending of the Internet, such as `.org` or `.ke`",
            "write the whole name that the hub has registered, or one below it, as in "
            "`docs.example.org`",
        )
    return None


def _owner(name: str) -> HostKind | None:
    """The host that alone gives out names of this kind."""
    for kind in HOSTS.values():
        if any(name == own or name.endswith(f".{own}") for own in kind.own_domains):
            return kind
    return None
