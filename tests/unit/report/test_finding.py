"""Our comment is found by its hidden marker and its author, also where lists are behind."""

from datetime import timedelta

import pytest

from provisioner.clock import ManualClock
from provisioner.errors import Interrupted
from provisioner.models.remote import Comment
from provisioner.redaction import Shown
from provisioner.report.finding import Lists, Place, Search, our_comments
from provisioner.report.marker import marker

US = "provisioner[bot]"


def comment(id: int, hub: str = "nairobi", author: str = US) -> Comment:
    return Comment(id=id, author=author, body=f"{marker(hub)}\nwords")


class Talk:
    """A pull request's comments: what is there, and what a list shows at each look."""

    def __init__(self, *looks: list[Comment], there: tuple[Comment, ...] = ()) -> None:
        self.looks = list(looks)
        self.there = {each.id: each for each in there}
        self.asked: list[str] = []

    def author(self) -> str:
        self.asked.append("author")
        return US

    def comments(self, number: int) -> list[Comment]:
        self.asked.append(f"list {number}")
        return self.looks.pop(0) if self.looks else []

    def comment(self, comment_id: int) -> Comment | None:
        self.asked.append(f"comment {comment_id}")
        return self.there.get(comment_id)

    def add_comment(self, number: int, body: Shown) -> Comment:
        raise AssertionError("it only reads")

    def edit_comment(self, comment_id: int, body: Shown) -> None:
        raise AssertionError("it only reads")


class Impatient(ManualClock):
    def sleep(self, seconds: float) -> None:
        raise Interrupted


def found(talk: Talk, place: Place, behind: float = 0.0) -> int | None:
    comment = Search(talk, Lists(ManualClock(), behind), place).find()
    return comment.id if comment else None


class TestOurs:
    def test_comments_of_ours_are_known_by_their_hubs(self) -> None:
        talk = Talk([comment(1), comment(2, "kisumu")])
        assert {hub: each.id for hub, each in our_comments(talk, 12).items()} == {
            "nairobi": 1,
            "kisumu": 2,
        }
        assert talk.asked == ["list 12", "author"]

    def test_a_comment_with_our_marker_by_somebody_else_is_not_ours(self) -> None:
        assert our_comments(Talk([comment(1, author="mallory")]), 12) == {}

    def test_of_several_the_oldest_is_ours(self) -> None:
        talk = Talk([comment(1, author="mallory"), comment(2), comment(3)])
        assert our_comments(talk, 12)["nairobi"].id == 2

    def test_where_no_comment_has_a_marker_nobody_asks_who_we_are(self) -> None:
        talk = Talk([Comment(id=1, author=US, body="words")])
        assert our_comments(talk, 12) == {}
        assert talk.asked == ["list 12"]


class TestById:
    def test_the_very_comment_is_taken_without_a_list(self) -> None:
        talk = Talk(there=(comment(5),))
        assert found(talk, Place(12, "nairobi", id=5)) == 5
        assert talk.asked == ["comment 5", "author"]

    @pytest.mark.parametrize(
        "there", [(), (comment(5, "kisumu"),), (comment(5, author="mallory"),)]
    )
    def test_one_that_is_gone_or_another_is_looked_for_in_the_list(
        self, there: tuple[Comment, ...]
    ) -> None:
        assert found(Talk([comment(7)], there=there), Place(12, "nairobi", id=5)) == 7


class TestInTheList:
    def test_the_hubs_own_is_found(self) -> None:
        assert found(Talk([comment(1, "kisumu"), comment(2)]), Place(12, "nairobi")) == 2

    def test_what_was_handed_in_serves_once(self) -> None:
        talk = Talk([comment(9)])
        search = Search(
            talk, Lists(ManualClock()), Place(12, "nairobi", listed={"nairobi": comment(1)})
        )
        first, second = search.find(), search.find()
        assert first is not None
        assert second is not None
        assert (first.id, second.id) == (1, 9)

    def test_an_empty_list_that_was_handed_in_is_believed(self) -> None:
        talk = Talk([comment(9)])
        assert found(talk, Place(12, "nairobi", listed={}, expected=True), 30.0) is None
        assert talk.asked == []


class TestBehind:
    def test_where_one_may_well_be_there_it_is_asked_a_second_time_later(self) -> None:
        clock, talk = ManualClock(), Talk([], [comment(3)])
        before = clock.now()
        search = Search(talk, Lists(clock, 30.0), Place(12, "nairobi", expected=True))
        answer = search.find()
        assert answer is not None
        assert answer.id == 3
        assert clock.now() - before == timedelta(seconds=30)

    def test_where_none_is_expected_nobody_waits(self) -> None:
        assert found(Talk([], [comment(3)]), Place(12, "nairobi"), 30.0) is None

    def test_where_lists_are_never_behind_nobody_waits(self) -> None:
        assert found(Talk([], [comment(3)]), Place(12, "nairobi", expected=True)) is None

    def test_one_that_is_found_at_once_needs_no_second_look(self) -> None:
        talk = Talk([comment(3)], [])
        assert found(talk, Place(12, "nairobi", expected=True), 30.0) == 3

    def test_who_is_about_to_write_expects_one_from_then_on(self) -> None:
        search = Search(
            Talk([], [], [comment(3)]), Lists(ManualClock(), 30.0), Place(12, "nairobi")
        )
        assert search.find() is None
        search.expect()
        assert search.find() is not None

    def test_a_process_that_is_asked_to_stop_waits_no_longer(self) -> None:
        assert Lists(Impatient(), 30.0).caught_up()
        assert not Lists(Impatient()).caught_up()
