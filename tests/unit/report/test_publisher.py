"""One comment a pull request and hub: written once, edited where it differs, at a bounded pace."""

import random
from dataclasses import dataclass, field
from typing import Any

import pytest

from provisioner.clock import ManualClock
from provisioner.engine.retry import Retrier, RetryPolicy
from provisioner.errors import Effect, ProvisionerError, RemoteError
from provisioner.models.remote import Comment
from provisioner.models.run import Run, RunState
from provisioner.redaction import Redactor, Shown
from provisioner.report.finding import Lists, Place
from provisioner.report.marker import marker
from provisioner.report.publisher import INTERVAL, MOST_INTERVAL, CommentPublisher, HubComment
from tests.unit.report import runs

US = "provisioner[bot]"
BEHIND = 5.0
HUB = "nairobi-commons"


def said(words: str) -> Shown:
    return Redactor([]).markdown(f"{marker(HUB)}\n{words}")


def refused(status: int | None, effect: Effect = Effect.NONE) -> RemoteError:
    return RemoteError("GitHub says no.", service="GitHub", effect=effect, status=status)


@dataclass
class Talk:
    """A pull request's comments. `trouble` is raised by the next writes, one after the other;
    what was sent has an effect all the same where the error says so."""

    there: dict[int, Comment] = field(default_factory=dict)
    trouble: list[RemoteError] = field(default_factory=list)
    blind: bool = False
    lists_behind: int = 0
    """So many looks at the list show nothing yet."""
    asked: list[str] = field(default_factory=list)

    def author(self) -> str:
        return US

    def comments(self, number: int) -> list[Comment]:
        self.asked.append(f"list {number}")
        if self.blind:
            raise refused(403)
        if self.lists_behind:
            self.lists_behind -= 1
            return []
        return list(self.there.values())

    def comment(self, comment_id: int) -> Comment | None:
        self.asked.append(f"comment {comment_id}")
        return self.there.get(comment_id)

    def add_comment(self, number: int, body: Shown) -> Comment:
        self.asked.append(f"add {number}")
        self._maybe_refuse(Effect.NONE)
        made = Comment(id=len(self.there) + 1, author=US, body=body.text)
        self.there[made.id] = made
        self._maybe_refuse(Effect.UNKNOWN)
        return made

    def edit_comment(self, comment_id: int, body: Shown) -> None:
        self.asked.append(f"edit {comment_id}")
        self._maybe_refuse(Effect.NONE)
        self.there[comment_id] = self.there[comment_id].model_copy(update={"body": body.text})
        self._maybe_refuse(Effect.UNKNOWN)

    def _maybe_refuse(self, effect: Effect) -> None:
        if self.trouble and self.trouble[0].effect is effect:
            raise self.trouble.pop(0)

    @property
    def bodies(self) -> list[str]:
        return [each.body.partition("\n")[2] for each in self.there.values()]


def old_comment(words: str = "old", id: int = 7) -> dict[int, Comment]:
    return {id: Comment(id=id, author=US, body=said(words).text)}


def retrier(clock: ManualClock) -> Retrier:
    return Retrier(RetryPolicy(), clock, random.Random(1))


def comment(talk: Talk, **place: Any) -> HubComment:
    clock = ManualClock()
    return HubComment(talk, retrier(clock), Lists(clock, BEHIND), Place(12, HUB, **place))


class TestOneComment:
    def test_the_first_word_is_a_new_comment_and_the_next_an_edit(self) -> None:
        talk = Talk()
        ours = comment(talk)

        ours.show(said("one"))
        ours.show(said("two"))

        assert talk.asked == ["list 12", "add 12", "edit 1"]
        assert talk.bodies == ["two"]

    def test_what_is_there_is_edited_and_what_says_so_already_is_left(self) -> None:
        talk = Talk(old_comment())
        ours = comment(talk)

        ours.show(said("new"))
        ours.show(said("new"))

        assert talk.asked == ["list 12", "edit 7"]

    def test_other_ends_of_lines_and_blanks_around_are_no_difference(self) -> None:
        text = said("a\nb").text.replace("\n", "\r\n") + "\n"
        talk = Talk({7: Comment(id=7, author=US, body=text)})

        comment(talk).show(said("a\nb"))

        assert talk.asked == ["list 12"]

    def test_one_that_somebody_deletes_meanwhile_is_written_anew(self) -> None:
        talk = Talk(old_comment(), [refused(404)])

        comment(talk).show(said("new"))

        assert talk.asked == ["list 12", "edit 7", "add 12"]

    def test_another_refusal_of_an_edit_is_raised_and_nothing_is_added(self) -> None:
        talk = Talk(old_comment(), [refused(403)])

        with pytest.raises(RemoteError):
            comment(talk).show(said("new"))

        assert talk.asked == ["list 12", "edit 7"]

    def test_after_a_lost_answer_it_looks_before_it_writes_again(self) -> None:
        talk = Talk(trouble=[refused(None, Effect.UNKNOWN)])

        comment(talk).show(said("one"))

        assert talk.asked == ["list 12", "add 12", "list 12"]
        assert talk.bodies == ["one"]

    def test_after_a_lost_answer_a_list_that_shows_none_yet_is_read_again(self) -> None:
        talk = Talk(trouble=[refused(None, Effect.UNKNOWN)], lists_behind=2)

        comment(talk).show(said("one"))

        assert talk.asked == ["list 12", "add 12", "list 12", "list 12"]
        assert talk.bodies == ["one"]

    def test_also_one_that_was_not_there_is_looked_for_after_a_lost_answer(self) -> None:
        talk = Talk(trouble=[refused(None, Effect.UNKNOWN)])
        ours = comment(talk)
        ours.locate()

        ours.show(said("one"))

        assert talk.asked == ["list 12", "add 12", "list 12"]
        assert talk.bodies == ["one"]

    def test_it_is_located_once_and_what_is_shown_next_rests_on_that(self) -> None:
        talk = Talk(old_comment())
        ours = comment(talk)

        assert (ours.locate(), ours.locate()) == (7, 7)
        ours.show(said("new"))

        assert talk.asked == ["list 12", "edit 7"]

    def test_one_that_is_not_there_is_looked_for_once_and_then_made(self) -> None:
        talk = Talk()
        ours = comment(talk)

        assert (ours.locate(), ours.locate()) == (None, None)
        ours.show(said("one"))

        assert talk.asked == ["list 12", "add 12"]
        assert ours.locate() == 1


@dataclass
class Published:
    """A publisher of runs, and the conversation that it writes into."""

    talk: Talk = field(default_factory=Talk)
    before: Run | None = None
    clock: ManualClock = field(default_factory=ManualClock)

    def __post_init__(self) -> None:
        lists = Lists(self.clock, BEHIND)
        self.publisher = CommentPublisher(
            self.talk, retrier(self.clock), lists, self._render, self.before
        )

    def _render(self, run: Run) -> Shown:
        return said(f"{run.state.value} at {self.clock.now():%H:%M:%S}")

    def hears(self, run: Run) -> list[str]:
        """What was asked of the conversation for this."""
        self.talk.asked.clear()
        self.publisher(run)
        return list(self.talk.asked)


RUNNING = runs.waiting_run().model_copy(update={"state": RunState.RUNNING, "pull_request": 12})
WAITING = RUNNING.model_copy(update={"state": RunState.WAITING})
DIRECT = WAITING.model_copy(update={"pull_request": None})


class TestRun:
    def test_a_run_without_a_pull_request_is_shown_nowhere(self) -> None:
        here = Published()

        assert here.hears(DIRECT) == []
        assert here.publisher.with_comment(DIRECT).comment is None
        assert here.talk.asked == []

    def test_while_it_runs_it_is_shown_at_growing_intervals(self) -> None:
        here = Published(Talk(old_comment()))
        shown = []
        for _ in range(60):
            if here.hears(RUNNING):
                shown.append((here.clock.now() - ManualClock().now()).total_seconds())
            here.clock.advance(INTERVAL.total_seconds())

        assert shown[:5] == [0, 8, 24, 56, 120]
        assert shown[-1] - shown[-2] == MOST_INTERVAL.total_seconds()

    def test_what_is_no_longer_running_is_shown_at_once(self) -> None:
        here = Published()
        here.hears(RUNNING)

        assert here.hears(WAITING) == ["edit 1"]

    def test_it_never_raises_but_tells_and_forgets_once_it_could_be_written(self) -> None:
        here = Published(Talk(old_comment(), [refused(403)]))
        here.hears(WAITING)

        assert isinstance(here.publisher.trouble, ProvisionerError)
        here.hears(WAITING)
        assert here.publisher.trouble is None
        assert here.talk.bodies == ["waiting at 00:00:00"]

    def test_the_journal_learns_the_number_and_that_nothing_was_untold(self) -> None:
        here = Published(Talk(old_comment()))

        noted = here.publisher.with_comment(WAITING.model_copy(update={"untold": 3}))

        assert (noted.comment, noted.untold) == (7, 0)

    def test_the_journal_counts_how_often_in_a_row_nothing_could_be_written(self) -> None:
        here = Published(Talk(trouble=[refused(403)]))
        here.hears(WAITING)

        assert here.publisher.with_comment(WAITING.model_copy(update={"untold": 3})).untold == 4


class TestHint:
    BEFORE = WAITING.model_copy(update={"comment": 7})

    def test_the_number_in_the_journal_is_looked_at_first(self) -> None:
        here = Published(Talk(old_comment()), self.BEFORE)

        assert here.hears(WAITING) == ["comment 7", "edit 7"]

    def test_it_is_expected_to_be_there_so_a_list_without_it_is_read_again(self) -> None:
        here = Published(Talk(old_comment(), lists_behind=1))

        assert here.hears(WAITING) == ["list 12", "list 12", "edit 7"]

    def test_that_of_another_pull_request_is_not(self) -> None:
        before = self.BEFORE.model_copy(update={"pull_request": 11})
        here = Published(Talk(old_comment()), before)

        assert here.hears(WAITING) == ["list 12", "edit 7"]

    @pytest.mark.parametrize(("before", "known"), [(BEFORE, 7), (None, None)])
    def test_where_it_cannot_be_looked_for_the_hint_is_kept(
        self, before: Run | None, known: int | None
    ) -> None:
        here = Published(Talk(blind=True), before)

        assert here.publisher.with_comment(WAITING).comment == known
