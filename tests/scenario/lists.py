"""A GitHub whose lists of comments are some seconds behind, for stories."""

from tests.scenario.network import DOCS, Network

MOMENT = 4
EDITED = DOCS.replace("Nairobi Commons", "Nairobi")
LOST = {"method": "POST", "path": "*/issues/*/comments", "when": "after", "kind": "reset"}


def with_lag(network: Network) -> Network:
    """As on GitHub: nobody says that lists are never behind."""
    del network.environ["PROVISIONER_LISTS_BEHIND"]
    network.sandbox.control.set_behaviour(comments_lag=MOMENT)
    return network


def lists(network: Network) -> int:
    """How often comments were listed."""
    asked = [(item.method, item.path) for item in network.requests()]
    return sum(method == "GET" and path.endswith("/comments") for method, path in asked)


def bodies(network: Network, number: int) -> list[str]:
    return [item["body"] for item in network.comments(number)]
