"""Somebody merges past the required check: the hub waits for a person who names it."""

from tests.e2e.hub_files import docs_hub
from tests.e2e.network import ActionsNetwork

FILE = "hubs/kisumu.yaml"


def test_a_merge_without_our_status_is_held_until_a_person_names_the_hub(
    network: ActionsNetwork,
) -> None:
    opened = network.sandbox.control.open_pull_request(
        "A hub file", "mallory", {FILE: docs_hub("kisumu-commons")}
    )

    pushed = network.merge(opened["number"])
    scheduled = network.on_schedule()

    assert pushed.ran() == scheduled.ran() == ["plan"]
    assert "kisumu is held" in pushed.job("plan").log
    assert "Held" in pushed.job("plan").summary
    assert network.copies() == []

    named = network.by_hand("kisumu")

    assert named.succeeded
    assert network.copies() == ["kisumu-commons/kisumu--docs"]
