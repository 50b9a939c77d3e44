"""Which pull requests are asked for their status before a change is applied."""

import json
from typing import Any

import pytest

from provisioner.clock import ManualClock
from provisioner.github.door import LAG, Applied, Door
from provisioner.github.network_repository import NetworkRepository
from provisioner.github.session import GitHubSession
from provisioner.github.throttle import Throttle
from provisioner.github.trees import Trees
from tests.unit.answering import Given, answering
from tests.unit.github.test_wire import PULL

HOME = "example-network/hubs"


def came_by(pull: dict[str, Any]) -> bool:
    return pull.get("merged_at") is not None and pull["base"]["ref"] == "main"


def why_held(pull: dict[str, Any], clock: ManualClock) -> str:
    """Where GitHub names `pull` for a commit that has no status of ours."""
    then = (clock.now() - 2 * LAG).isoformat()
    commit = {"sha": "c3", "commit": {"message": "Hub", "committer": {"date": then}}}
    tree = {"tree": [], "truncated": False}
    asked_at_last: object = {"statuses": []} if came_by(pull) else [commit]
    answers: list[object] = [tree, [commit], [pull], asked_at_last]
    with answering(*(Given(200, json.dumps(one)) for one in answers)) as server:
        session = GitHubSession(server.url, "a-token", clock, Throttle(clock))
        door = Door(NetworkRepository(session, HOME), Trees(session, HOME), "main", clock.now())
        return door.why_held("nairobi", Applied())


def test_the_one_that_was_merged_into_the_default_branch_is_asked(clock: ManualClock) -> None:
    assert "pull request 7 was merged although" in why_held(PULL, clock)


@pytest.mark.parametrize(
    "difference",
    [{"merged_at": None, "state": "open"}, {"base": {"ref": "side", "sha": "b2"}}],
    ids=["open", "merged into another branch"],
)
def test_one_that_brought_nothing_here_holds_up_nobody(
    clock: ManualClock, difference: dict[str, Any]
) -> None:
    """Anybody can open one that has a commit of the default branch in it."""
    assert why_held({**PULL, **difference}, clock) == ""
