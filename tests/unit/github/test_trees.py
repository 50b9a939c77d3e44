"""A tree says what each entry is; one that GitHub had to cut is an error, never a shorter one."""

import json

import pytest

from provisioner.clock import ManualClock
from provisioner.errors import RemoteError, UnexpectedResponse
from provisioner.github.session import GitHubSession
from provisioner.github.throttle import Throttle
from provisioner.github.trees import Trees
from provisioner.models.remote import Comparison, Tree, TreeEntry, WrittenCommit
from tests.unit.answering import Given, Server, answering

HOME = "example-network/hubs"
AT = f"/repos/{HOME}"
ENTRY = {"path": "hubs", "mode": "040000", "sha": "d1"}


def trees(server: Server) -> Trees:
    clock = ManualClock()
    return Trees(GitHubSession(server.url, "a-token", clock, Throttle(clock)), HOME)


def told(body: object, status: int = 200) -> Given:
    return Given(status, json.dumps(body))


def test_a_tree_is_its_entries_by_name() -> None:
    with answering(told({"truncated": False, "tree": [ENTRY]})) as server:
        found = trees(server).tree("c 1")
        assert server.asked == [("GET", f"{AT}/git/trees/c%201")]
    assert found == Tree(entries={"hubs": TreeEntry(name="hubs", mode="040000", sha="d1")})


@pytest.mark.parametrize("cut", [True, None])
def test_a_tree_that_was_cut_is_an_error(cut: bool | None) -> None:
    with (
        answering(told({"truncated": cut, "tree": [ENTRY]})) as server,
        pytest.raises(UnexpectedResponse, match="a tree that was cut") as caught,
    ):
        trees(server).tree("c1")
    assert caught.value.service == "GitHub"


def test_a_file_is_its_bytes() -> None:
    with answering(told({"encoding": "base64", "content": "aGVsbG8="})) as server:
        assert trees(server).blob("b 1") == b"hello"
        assert server.asked == [("GET", f"{AT}/git/blobs/b%201")]


def test_a_commit_is_told_with_its_parents() -> None:
    with answering(told({"sha": "c1", "parents": [{"sha": "c0"}]})) as server:
        assert trees(server).commit("c/1") == WrittenCommit(sha="c1", parents=("c0",))
        assert server.asked == [("GET", f"{AT}/git/commits/c/1")]


def test_where_two_commits_parted_is_asked_for_without_their_files() -> None:
    body = {"base_commit": {"sha": "b1"}, "merge_base_commit": {"sha": "m1"}}
    with answering(told(body)) as server:
        found = trees(server).comparison("a/b", "c/d")
        assert server.asked == [("GET", f"{AT}/compare/a%2Fb...c%2Fd?page=2&per_page=1")]
    assert found == Comparison(base="b1", merge_base="m1")


def test_what_is_not_there_is_an_error() -> None:
    with answering(told({"message": "Not Found"}, 404)) as server, pytest.raises(RemoteError):
        trees(server).blob("b1")
