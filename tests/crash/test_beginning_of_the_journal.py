"""The state branch is made by whoever writes first, however little GitHub takes at a time."""

from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from provisioner.clock import ManualClock
from provisioner.errors import RemoteError
from provisioner.github.session import GitHubSession
from provisioner.github.state_branch import BRANCH, FIRST_COMMIT, FIRST_TREE, StateBranch
from provisioner.github.throttle import Throttle
from provisioner.sandbox.requests import Logged
from provisioner.sandbox.server import Sandbox
from tests.crash.playing import OpenSandbox
from tests.scenario.network import PLAIN, Network

PATH = "hubs/nairobi.json"
ONCE_EACH = {"trees": 1, "commits": 1, "refs": 1}


class OtherIds(GitHubSession):
    """To a GitHub that gives git's objects other ids than can be known before."""

    def get(self, path: str, /, *, none_for: tuple[int, ...] = (404,), **params: Any) -> Any:
        if "/git/trees/" in path or "/git/commits/" in path:
            return None
        return super().get(path, none_for=none_for, **params)


def state_branch(
    sandbox: Sandbox, clock: ManualClock | None = None, session: type[GitHubSession] = GitHubSession
) -> StateBranch:
    """As a new process has it."""
    clock, environment = clock or ManualClock(), sandbox.environment
    url, token = environment["GITHUB_API_URL"], environment["GITHUB_TOKEN"]
    asking = session(url, token, clock, Throttle(clock))
    return StateBranch(asking, environment["GITHUB_REPOSITORY"])


def made(sandbox: Sandbox) -> dict[str, int]:
    """How many of each kind of git's own objects were made."""
    posts = [item for item in sandbox.control.requests() if item.method == "POST"]
    kinds = (item.path.rpartition("/git/")[2] for item in posts if item.status == 201)
    return {kind: number for kind, number in Counter(kinds).items() if kind in ONCE_EACH}


def refuse(sandbox: Sandbox, path: str, **more: Any) -> None:
    fault = {"api": "github", "method": "POST", "path": path, "kind": "secondary-limit", **more}
    sandbox.control.add_faults(fault)


def lived(sandbox: Sandbox, clock: ManualClock) -> bool:
    """Whether a new process, which waits for nothing, could write the journal."""
    try:
        return state_branch(sandbox, clock).write(PATH, b"{}", None, "nairobi") is not None
    except RemoteError:
        return False


@pytest.fixture
def network(sandbox: Sandbox, clock: ManualClock, tmp_path: Path) -> Network:
    """One hub's file was merged, and nothing was begun."""
    network = Network(sandbox, clock, tmp_path / "hubs")
    network.write("nairobi", PLAIN)
    network.merge("nairobi")
    return network


def test_a_hub_whose_journal_is_refused_while_another_makes_the_branch_writes_it_after_all(
    open_sandbox: OpenSandbox,
) -> None:
    others: list[StateBranch] = []

    def another_comes_first(request: Logged) -> None:
        if "/git/ref/" in request.path and request.status == 404 and others:
            others.pop().write("hubs/kigali.json", b"{}", None, "kigali")

    with open_sandbox(observer=another_comes_first) as sandbox:
        others.append(state_branch(sandbox))
        mine = state_branch(sandbox)

        assert mine.write(PATH, b"[]", None, "nairobi")

        assert sorted(mine.names("hubs")) == ["kigali.json", "nairobi.json"]
        assert others == []


def test_what_git_calls_the_first_commit_is_known_before_it_is_made(sandbox: Sandbox) -> None:
    state_branch(sandbox).write(PATH, b"{}", None, "nairobi")

    git = sandbox.github.network_repository().git
    first = git.the_commit(git.head(BRANCH) or "").parents[0].decode()
    assert (first, git.tree_of(first)) == (FIRST_COMMIT, FIRST_TREE)


@pytest.mark.parametrize("writes", [1, 2])
def test_one_process_begins_with_a_write_or_two_a_minute(network: Network, writes: int) -> None:
    network.sandbox.control.set_behaviour(content_per_minute=writes)
    began = network.clock.now()

    (applied,) = network.try_apply()

    assert applied.error is None
    assert made(network.sandbox) == ONCE_EACH
    assert network.clock.now() - began < timedelta(minutes=15)


@pytest.mark.parametrize("writes", [1, 2])
def test_a_new_process_each_minute_goes_on_where_the_last_one_was_refused(
    sandbox: Sandbox, clock: ManualClock, writes: int
) -> None:
    sandbox.control.set_behaviour(content_per_minute=writes)

    lives = 0
    while not lived(sandbox, clock):
        lives += 1
        assert lives < 10, "it gets nowhere"
        clock.advance(60)

    assert made(sandbox) == ONCE_EACH
    assert lives == 4 // writes - 1


def test_a_process_remembers_what_it_made_even_under_ids_that_nobody_expects(
    sandbox: Sandbox, clock: ManualClock
) -> None:
    sandbox.control.set_behaviour(content_per_minute=1)
    branch = state_branch(sandbox, clock, OtherIds)

    for _ in range(4):
        with suppress(RemoteError):
            branch.write(PATH, b"{}", None, "nairobi")
        clock.advance(60)

    assert branch.read(PATH) is not None
    assert made(sandbox) == ONCE_EACH


def test_hubs_that_begin_at_once_in_one_process_make_one_branch(sandbox: Sandbox) -> None:
    branch = state_branch(sandbox)
    paths = [f"hubs/hub-{number}.json" for number in range(6)]

    def write(path: str) -> None:
        while branch.write(path, b"{}", None, "begin") is None:
            pass

    with ThreadPoolExecutor(len(paths)) as pool:
        list(pool.map(write, paths))

    assert made(sandbox) == ONCE_EACH


def test_the_branch_is_looked_for_once_at_most_and_not_where_it_was_just_seen(
    sandbox: Sandbox,
) -> None:
    first, anew, lister, reader = (state_branch(sandbox) for _ in range(4))

    def methods(*acts: Callable[[], object]) -> list[str]:
        sandbox.control.clear_requests()
        for act in acts:
            act()
        return [item.method for item in sandbox.control.requests()]

    def write(branch: StateBranch, hub: str) -> Callable[[], object]:
        return lambda: branch.write(f"hubs/{hub}.json", b"{}", None, hub)

    write(first, "one")()
    assert methods(write(first, "two")) == ["PUT"]
    assert methods(write(anew, "three"), write(anew, "four")) == ["GET", "PUT", "PUT"]
    assert methods(lambda: lister.names("hubs"), write(lister, "five")) == ["GET", "PUT"]
    assert methods(lambda: reader.read("hubs/one.json"), write(reader, "six")) == ["GET", "PUT"]


@pytest.mark.parametrize("step", ["trees", "commits", "refs"])
def test_when_github_asks_for_more_patience_than_a_job_has_the_next_tick_goes_on_from_there(
    network: Network, step: str
) -> None:
    refuse(network.sandbox, f"*/git/{step}", retry_after=1500)

    (stopped,) = network.tick()

    assert stopped.error is not None
    assert "Nothing was begun" in stopped.error.message
    assert "GitHub asks to wait until 00:25 UTC on 1 January" in stopped.error.message
    assert "goes on by itself" in stopped.error.hint
    network.clock.advance(1800)
    (going_on,) = network.tick()
    assert going_on.error is None
    assert made(network.sandbox) == ONCE_EACH
