"""Every host that the provisioner knows: one line each, the network's own first."""

from provisioner.hosting.kind import HostKind
from provisioner.hosting.vercel.host import VERCEL

HOSTS: dict[str, HostKind] = {kind.key: kind for kind in (VERCEL,)}

FIRST = next(iter(HOSTS.values()))
"""The network's own projects are here, and so was everything while nobody named a host."""
