"""Which pull requests are asked for their status before a change is applied."""

import json
from typing import Any

import pytest

from provisioner.clock import ManualClock
from provisioner.github.budget import WriteBudget
from provisioner.github.door import LAG, Door
from provisioner.github.network_repository import NetworkRepository
from provisioner.github.session import GitHubSession
from provisioner.github.trees import Trees
from tests.unit.answering import Given, answering
from tests.unit.github.test_wire import PULL

HOME = "example-network/hubs"


def why_held(pull: dict[str, Any], clock: ManualClock) -> str:
    """Where GitHub names `pull` for a commit that has no status of ours."""
    then = (clock.now() - 2 * LAG).isoformat()
    commit = {"sha": "c3", "commit": {"message": "Hub", "committer": {"date": then}}}
    answers: tuple[object, ...] = ([commit], [pull], {"statuses": []})
    with answering(*(Given(200, json.dumps(one)) for one in answers)) as server:
        session = GitHubSession(server.url, "a-token", clock, WriteBudget(clock))
        door = Door(NetworkRepository(session, HOME), Trees(session, HOME), "main", clock.now())
        return door.why_held("nairobi", None)


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
