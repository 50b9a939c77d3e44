"""One try of a step: what it looks at, how often, and when it gives up waiting."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from provisioner.clock import ManualClock
from provisioner.engine.attempt import (
    LISTS_ARE_BEHIND,
    PATIENT_ATTEMPTS,
    poll_interval,
)
from provisioner.engine.endings import Blocked
from provisioner.engine.step import Assessment, Progress, moving
from provisioner.errors import Interrupted, RetryableError
from provisioner.models.plan import Actor, Verdict
from provisioner.models.run import RunState
from tests.unit.engine.given import CREATE, NOW, THERE, WAITS
from tests.unit.engine.tried import TIMEOUT, Tried
from tests.unit.engine.world import Thing, World, lost_answer

MOVES = moving("It is being built.")
UNKEYED = Assessment(Verdict.CREATE, "Build it.", unkeyed=True)


class Stopped(ManualClock):
    """The process was asked to stop."""

    def sleep(self, seconds: float) -> None:
        raise Interrupted


@pytest.mark.parametrize(
    ("elapsed", "interval"),
    [(0, 1), (14.9, 1), (15, 5), (59.9, 5), (60, 15), (299.9, 15), (300, 30), (9_000, 30)],
)
def test_what_moves_is_looked_at_more_and_more_rarely(elapsed: float, interval: float) -> None:
    assert poll_interval(elapsed) == interval


def test_a_look_that_was_had_before_serves_as_the_first() -> None:
    tried = Tried([WAITS])

    assert tried.run(THERE) == THERE
    assert tried.asked == []


def test_without_one_the_world_is_looked_at() -> None:
    tried = Tried([WAITS])

    assert tried.run() == WAITS
    assert tried.asked == [None]


def test_a_change_is_made_once_and_seen() -> None:
    tried = Tried([CREATE, THERE])

    assert tried.run() == THERE
    assert tried.made == [CREATE]
    assert tried.waited == 0


def test_what_is_not_seen_at_once_is_waited_for_and_not_made_again() -> None:
    tried = Tried([CREATE, CREATE, CREATE, THERE])

    assert tried.run() == THERE
    assert (tried.made, tried.waited) == ([CREATE], 2)


def test_another_change_may_follow_the_first() -> None:
    more = replace(CREATE, detail="Make more.")
    tried = Tried([CREATE, more, THERE])

    tried.run()

    assert tried.made == [CREATE, more]


def test_what_was_made_and_is_not_seen_within_the_steps_time_is_tried_again_later() -> None:
    tried = Tried([CREATE])

    with pytest.raises(RetryableError) as raised:
        tried.run()

    assert raised.value.message == "Make it. It was done, but cannot be seen yet."
    assert tried.made == [CREATE]


def test_what_somebody_must_do_first_is_raised_with_who_and_what() -> None:
    blocked = Assessment(Verdict.BLOCKED, "It is taken.", "Rename it.", Actor.FACILITATOR)

    with pytest.raises(Blocked) as raised:
        Tried([blocked]).run()

    assert (raised.value.message, raised.value.hint) == ("It is taken.", "Rename it.")
    assert raised.value.who is Actor.FACILITATOR


def test_who_may_change_nothing_leaves_the_change_to_a_run_that_follows_at_once() -> None:
    tried = Tried([CREATE], hold=None)

    look = tried.run()

    assert (look.progress, look.wake_after) == (Progress.WAITING, timedelta())
    assert (tried.made, tried.asked) == ([], [None])


def test_a_hub_that_is_lost_is_changed_no_more() -> None:
    def lost() -> None:
        raise Interrupted

    tried = Tried([CREATE], hold=lost)

    with pytest.raises(Interrupted):
        tried.run()

    assert tried.made == []


def test_a_process_that_is_to_stop_begins_no_change() -> None:
    tried = Tried([CREATE, THERE], clock=Stopped(NOW))

    with pytest.raises(Interrupted):
        tried.run()

    assert tried.made == []


def test_what_was_made_is_looked_at_by_its_id_from_then_on() -> None:
    tried = Tried([CREATE, MOVES, MOVES, THERE], makes="dpl_1")

    tried.run()

    assert tried.asked == [None, "dpl_1", "dpl_1", "dpl_1"]


def test_and_so_is_what_a_look_has_found() -> None:
    tried = Tried([replace(MOVES, handle="dpl_7"), MOVES, THERE])

    tried.run()

    assert tried.asked == [None, "dpl_7", "dpl_7"]


def test_a_change_that_gives_no_id_leaves_the_one_that_was_known() -> None:
    tried = Tried([replace(CREATE, handle="dpl_7"), THERE])

    tried.run()

    assert tried.asked == [None, "dpl_7"]


@pytest.mark.parametrize(("look", "made"), [(UNKEYED, "dpl_1"), (CREATE, "")])
def test_the_id_of_what_no_name_tells_apart_is_written_down(look: Assessment, made: str) -> None:
    tried = Tried([look, THERE], makes="dpl_1")

    tried.run()

    assert tried.record.made == made


@pytest.mark.parametrize(
    ("look", "doubted", "seconds"),
    [(UNKEYED, True, LISTS_ARE_BEHIND), (UNKEYED, False, 0), (CREATE, True, 0)],
)
def test_only_what_may_be_there_twice_is_looked_for_twice_and_then_made(
    look: Assessment, doubted: bool, seconds: float
) -> None:
    tried = Tried([look, look, THERE] if seconds else [look, THERE], doubted=doubted)

    tried.run()

    assert (tried.made, tried.waited) == ([look], seconds)


def test_nothing_is_doubted_unless_it_is_said() -> None:
    tried = Tried([UNKEYED, THERE])

    tried.attempt(doubts=False).run(None)

    assert (tried.made, tried.waited) == ([UNKEYED], 0)


def test_a_list_that_is_behind_has_ten_seconds() -> None:
    tried = Tried([UNKEYED, THERE], doubted=True)

    tried.run()

    assert (tried.made, tried.waited) == ([], 10)


def test_what_a_look_knows_of_the_app_is_written_down_at_once() -> None:
    tried = Tried([replace(MOVES, url="https://docs.example.org"), THERE])

    tried.run()

    assert tried.recorder.app("docs").url == "https://docs.example.org"


def test_what_is_waited_for_is_said() -> None:
    tried = Tried([MOVES, THERE])

    tried.run()

    assert (tried.record.detail, tried.waited) == ("It is being built.", 1)


def test_what_does_not_settle_within_the_steps_time_is_left_to_a_later_run() -> None:
    tried = Tried([MOVES])

    assert tried.run() == replace(MOVES, progress=Progress.WAITING)
    assert tried.waited == TIMEOUT.total_seconds()


def test_or_within_the_jobs() -> None:
    tried = Tried([MOVES], deadline=NOW + timedelta(seconds=10))

    tried.run()

    assert tried.waited == 10


@pytest.mark.parametrize(("attempts", "seconds"), [(3, 120), (4, 0)])
def test_after_three_times_in_vain_nobody_waits_any_more(attempts: int, seconds: float) -> None:
    tried = Tried([MOVES], attempts=attempts)

    tried.run()

    assert tried.waited == seconds


def test_but_for_what_was_just_made_everybody_waits() -> None:
    tried = Tried([CREATE, MOVES, THERE], attempts=PATIENT_ATTEMPTS + 1)

    assert tried.run() == THERE


def made_but_the_answer_is_lost(thing: Thing) -> Callable[[Assessment], str | None]:
    def perform(_: Assessment) -> str | None:
        thing.made += 1
        raise lost_answer()

    return perform


def test_a_lost_answer_is_looked_for_before_it_is_sent_again() -> None:
    world, fork = World(), Thing("fork")
    fork.perform = made_but_the_answer_is_lost(fork)

    run = world.run({"docs": [fork]})

    assert run.state is RunState.COMPLETED
    assert fork.made == 1
    assert run.apps[0].steps[0].attempts == 2
