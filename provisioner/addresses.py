"""Which addresses are on the public internet. Pure: asks nobody.

`ipaddress` alone does not tell: to it every multicast address is global, an
address that carries a private one inside (6to4, Teredo, NAT64) may be, and its
versions differ. So of IPv6 only what is given out to networks counts, without
the blocks in it that have a purpose of their own
(iana.org: ipv6-address-space, ipv6-special-registry, ipv4-special-registry).
"""

from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address, ip_network

_GIVEN_OUT = IPv6Network("2000::/3")
_WITH_A_PURPOSE = tuple(
    ip_network(text)
    for text in (
        "2001::/23",  # Teredo, benchmarks, ORCHID and other protocols
        "2002::/16",  # 6to4
        "3fff::/20",  # documentation
        "192.0.0.0/24",  # protocols
        "192.88.99.0/24",  # relays of 6to4
    )
)


def is_public(text: str) -> bool:
    """Whether anyone on the internet reaches the same machine by this address."""
    try:
        address = ip_address(text)
    except ValueError:
        return False
    if isinstance(address, IPv6Address) and not _is_given_out(address):
        return False
    special = any(address in block for block in _WITH_A_PURPOSE)
    return address.is_global and not address.is_multicast and not special


def is_ipv4(text: str) -> bool:
    return isinstance(ip_address(text), IPv4Address)


def _is_given_out(address: IPv6Address) -> bool:
    """One that names a network card of this machine (`fe80::1%eth0`) is not."""
    return address.scope_id is None and address in _GIVEN_OUT
