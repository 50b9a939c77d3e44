"""Answers become models, and lists are read page after page as far as they are wanted."""

import json
from typing import Any

import pytest

from provisioner.clock import ManualClock
from provisioner.errors import RemoteError, UnexpectedResponse
from provisioner.github.reading import PER_PAGE, change, fetch, pages, read
from provisioner.github.session import GitHubSession
from provisioner.github.throttle import Throttle
from tests.unit.answering import Given, Server, answering

FULL = list(range(PER_PAGE))


def session(server: Server) -> GitHubSession:
    clock = ManualClock()
    return GitHubSession(server.url, "a-token", clock, Throttle(clock))


def told(body: object, status: int = 200) -> Given:
    return Given(status, json.dumps(body))


def name_of(payload: Any) -> str:
    return str(payload["name"])


def test_what_is_there_is_fetched_with_its_parameters() -> None:
    with answering(told({"name": "hubs"})) as server:
        assert fetch(session(server), "/x", name_of, ref="main") == "hubs"
        assert server.asked == [("GET", "/x?ref=main")]


def test_nothing_there_is_none_where_that_may_be() -> None:
    with answering(told({}, 404)) as server:
        assert fetch(session(server), "/x", name_of) is None
    with answering(told({}, 409)) as server:
        assert fetch(session(server), "/x", name_of, none_for=(409,)) is None


def test_nothing_there_is_an_error_where_it_must_be_there() -> None:
    with answering(told({}, 404)) as server, pytest.raises(RemoteError):
        read(session(server), "/x", name_of)
    with answering(told({"name": "hubs"})) as server:
        assert read(session(server), "/x", name_of, page=2) == "hubs"
        assert server.asked == [("GET", "/x?page=2")]


def test_what_lacks_a_promised_field_is_unexpected() -> None:
    with answering(told({})) as server, pytest.raises(UnexpectedResponse, match="GET /x"):
        fetch(session(server), "/x", name_of)


def test_a_change_is_sent_once_and_its_answer_read() -> None:
    with answering(told({"name": "hubs"}, 201)) as server:
        assert change(session(server), "POST", "/x", {"a": 1}, name_of) == "hubs"
        assert server.asked == [("POST", "/x")]


class TestPages:
    def test_a_short_page_is_the_last(self) -> None:
        with answering(told(FULL), told([7])) as server:
            assert list(pages(session(server), "/x", int, most=5)) == [*FULL, 7]
            assert server.asked == [
                ("GET", "/x?page=1&per_page=100"),
                ("GET", "/x?page=2&per_page=100"),
            ]

    def test_a_full_page_may_be_followed_by_an_empty_one(self) -> None:
        with answering(told(FULL), told([])) as server:
            assert list(pages(session(server), "/x", int, most=2)) == FULL

    def test_only_as_many_are_read_as_are_wanted(self) -> None:
        with answering(told(FULL)) as server:
            assert next(pages(session(server), "/x", int, most=5)) == 0
            assert len(server.asked) == 1

    def test_a_list_of_more_pages_than_are_read_proves_nothing(self) -> None:
        with answering(told(FULL)) as server:
            found = pages(session(server), "/x", int, most=2)
            for _ in range(2 * PER_PAGE):
                next(found)
            with pytest.raises(RemoteError, match="200"):
                next(found)
            assert len(server.asked) == 2

    def test_a_list_may_stand_within_an_object(self) -> None:
        with answering(told({"runs": [1, 2]})) as server:
            assert list(pages(session(server), "/x", int, most=1, key="runs", a="b")) == [1, 2]
            assert server.asked == [("GET", "/x?a=b&page=1&per_page=100")]

    def test_nothing_there_is_an_empty_list_where_that_may_be(self) -> None:
        with answering(told({}, 404)) as server:
            assert list(pages(session(server), "/x", int, most=1, none_for=(404,))) == []
        with answering(told({}, 404)) as server, pytest.raises(RemoteError):
            list(pages(session(server), "/x", int, most=1))

    @pytest.mark.parametrize("body", [{"1": 1}, "12"])
    def test_what_is_no_list_is_unexpected_even_if_its_parts_could_be_read(
        self, body: object
    ) -> None:
        with answering(told(body)) as server, pytest.raises(UnexpectedResponse):
            list(pages(session(server), "/x", int, most=1))
