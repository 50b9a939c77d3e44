"""A pull request may move at any moment: what is judged is one commit, into one branch."""

import json
from typing import Any

import pytest

from provisioner.clock import ManualClock
from provisioner.errors import UnexpectedResponse
from provisioner.github import wire
from provisioner.github.changes import Moved, effect_of_merge, still_there
from provisioner.github.network_repository import NetworkRepository
from provisioner.github.session import GitHubSession
from provisioner.github.throttle import Throttle
from provisioner.github.trees import Trees
from provisioner.models.change import MergeEffect
from tests.unit.answering import Given, answering
from tests.unit.github.test_wire import PULL

HOME = "example-network/hubs"
OPEN = {**PULL, "state": "open", "merged_at": None, "mergeable": True, "merge_commit_sha": "t1"}
JUDGED = wire.pull_request(OPEN)
PARTED = {"base_commit": {"sha": "main-now"}, "merge_base_commit": {"sha": "main-then"}}
MOVED = [
    pytest.param({"head": {"ref": "hub", "sha": "evil", "repo": None}}, id="another commit"),
    pytest.param({"base": {"ref": "side", "sha": "b2"}}, id="another branch"),
]


def parts(url: str) -> tuple[NetworkRepository, Trees]:
    clock = ManualClock()
    session = GitHubSession(url, "a-token", clock, Throttle(clock))
    return NetworkRepository(session, HOME), Trees(session, HOME)


def effect(pull: dict[str, Any], *trial: str) -> MergeEffect:
    """Of a merge when the default branch has moved on; `trial` are its parents."""
    commit = {"sha": "t1", "parents": [{"sha": sha} for sha in trial]}
    answers = (PARTED, pull, commit, {"tree": [], "truncated": False})
    with answering(*(Given(200, json.dumps(one)) for one in answers)) as server:
        network, trees = parts(server.url)
        return effect_of_merge(network, trees, "main", JUDGED)


def there(now: dict[str, Any]) -> bool:
    with answering(Given(200, json.dumps(now))) as server:
        return still_there(parts(server.url)[0], "main", JUDGED)


def test_githubs_own_trial_of_the_judged_commit_is_the_effect() -> None:
    assert effect(OPEN, "main-now", "a1").exact


@pytest.mark.parametrize("trial", [("main-now", "an-earlier-head"), ("a1",), ("x", "a1", "y")])
def test_a_trial_of_anything_else_is_no_answer_yet(trial: tuple[str, ...]) -> None:
    """It is made some seconds after a push: until then an older head's is shown."""
    with pytest.raises(UnexpectedResponse, match="no answer yet"):
        effect(OPEN, *trial)


@pytest.mark.parametrize("difference", MOVED)
def test_one_that_moved_before_its_trial_was_read_is_not_judged(difference: dict[str, Any]) -> None:
    with pytest.raises(Moved):
        effect({**OPEN, **difference}, "main-now", "a1")


def test_one_that_is_as_it_was_judged_is_still_there() -> None:
    assert there(OPEN)


@pytest.mark.parametrize("difference", [*MOVED, pytest.param({"state": "closed"}, id="closed")])
def test_one_that_moved_or_was_closed_is_not(difference: dict[str, Any]) -> None:
    assert not there({**OPEN, **difference})
