"""A hub with a site on a domain, its DNS entries, and what a person sets at a provider."""

from typing import Any

from provisioner.models.dns import DnsEntry
from provisioner.models.run import Run, RunState
from tests.scenario.network import DOCS, Network, app_of

SUB, APEX = "docs.nairobi.example.org", "example.net"


def merged_on(network: Network, *domains: str) -> int:
    """A hub with a site on these domains; the number of its pull request."""
    network.write("nairobi", DOCS.replace(SUB, ", ".join(domains)))
    return network.merge("nairobi")


def entries(run: Run) -> list[DnsEntry]:
    return list(app_of(run, "docs").dns)


def record(kind: str, name: str, value: str) -> dict[str, Any]:
    return {"type": kind, "name": name, "value": value}


def live(network: Network) -> bool:
    return network.apply().state is RunState.COMPLETED
