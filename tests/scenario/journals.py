"""What lies on the state branch, as those see and change it who may write to it."""

import json
from collections.abc import Callable
from typing import Any

from tests.scenario.network import Network

STATE = "provisioner-state"


def text_of(network: Network, hub: str = "nairobi") -> str:
    repository = network.sandbox.github.network_repository()
    found = repository.git.file(repository.git.head(STATE) or "", f"hubs/{hub}.json")
    assert found is not None
    return found.decode()


def document_of(network: Network, hub: str = "nairobi") -> dict[str, Any]:
    document: dict[str, Any] = json.loads(text_of(network, hub))
    return document


def put(network: Network, **journals: str | bytes) -> None:
    """Write journals past the provisioner; the branch must be there."""
    files = {f"hubs/{hub.replace('_', '-')}.json": text for hub, text in journals.items()}
    network.sandbox.control.push(files, branch=STATE)


def edit(network: Network, hub: str, change: Callable[[dict[str, Any]], object]) -> None:
    document = document_of(network, hub)
    change(document)
    put(network, **{hub: json.dumps(document)})


def without_hosts(document: dict[str, Any]) -> dict[str, Any]:
    """As it was while a project named no host."""
    records = [*document["run"]["apps"], *document["retired"]]
    for item in (one for record in records for one in record["resources"]):
        item["name"] = item["name"].removeprefix("vercel:")
    return {**document, "version": 4}


def commits(network: Network) -> int:
    """How often the journal's branch was written to by the provisioner."""
    return sum(
        item.method == "PUT" and "/contents/hubs/" in item.path and item.status in (200, 201)
        for item in network.requests()
    )
