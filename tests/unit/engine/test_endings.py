"""How a step ends, and when it is taken up again: the table in docs/day-to-day.md, line by line."""

from datetime import UTC, datetime, timedelta

import pytest

from provisioner.engine.endings import (
    OUT_OF_TIME,
    STOPPED,
    Blocked,
    Ending,
    ending_after,
    ending_of,
    wake_at,
    woken_to_notify,
)
from provisioner.engine.retry import RetryPolicy
from provisioner.engine.step import Assessment, Progress
from provisioner.errors import (
    Effect,
    FatalError,
    NotYet,
    ProvisionerError,
    RemoteError,
    RetryableError,
    UnexpectedResponse,
)
from provisioner.models.plan import Actor, Verdict
from provisioner.models.run import StepState
from tests.unit.engine.given import run_of

NOW = datetime(2026, 1, 1, tzinfo=UTC)
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
POLICY = RetryPolicy()
WAITS = Assessment(Verdict.KEEP, progress=Progress.WAITING, wake_after=10 * MINUTE)
BLOCKED = Assessment(Verdict.BLOCKED, "There is something else.", "Rename it.", Actor.FACILITATOR)


def wait(ending: Ending) -> timedelta | None:
    moment = wake_at(ending, NOW)
    return None if moment is None else moment - NOW


def remote(status: int | None = None, retry_after: float | None = None) -> RemoteError:
    return RemoteError(
        "it answered", service="Vercel", effect=Effect.NONE, status=status, retry_after=retry_after
    )


def test_what_waits_is_looked_at_after_ten_minutes_and_then_twice_as_late_each_time() -> None:
    waits = [wait(ending_of(WAITS, attempts)) for attempts in (1, 2, 3, 6, 7, 79)]

    assert waits == [10 * MINUTE, 20 * MINUTE, 40 * MINUTE, 320 * MINUTE, 6 * HOUR, 6 * HOUR]


def test_what_wants_a_longer_wait_than_the_longest_gets_it() -> None:
    assert wait(ending_after(NotYet("full", wake_after=24 * 3600), 3, POLICY)) == 24 * HOUR


def test_a_short_wait_grows_to_a_thousand_times_and_no_further() -> None:
    soon = Assessment(Verdict.KEEP, progress=Progress.WAITING, wake_after=timedelta(seconds=1))

    waits = [wait(ending_of(soon, attempts)) for attempts in (10, 11, 12, 79)]

    assert waits == [timedelta(seconds=seconds) for seconds in (512, 1_024, 1_024, 1_024)]


def test_looks_that_wait_take_some_three_weeks_before_they_become_rare() -> None:
    waits = [wait(ending_of(WAITS, attempts)) or timedelta() for attempts in range(1, 81)]

    assert 18 * DAY <= sum(waits, timedelta()) <= 24 * DAY


def test_after_eighty_times_it_has_no_wake_time_and_asks_a_maintainer_too() -> None:
    before, after = ending_of(WAITS, 79), ending_of(WAITS, 80)

    assert wait(before) == 6 * HOUR
    assert (after.state, wait(after)) == (StepState.WAITING, None)
    assert after.assessment.who is Actor.MAINTAINER
    assert "once a day, and later once a week" in after.assessment.hint


def test_what_is_blocked_is_looked_at_again_twelve_times_and_at_most_once_a_day() -> None:
    waits = [wait(ending_of(BLOCKED, attempts)) for attempts in (1, 2, 5, 6, 11, 12)]

    assert waits == [HOUR, 2 * HOUR, 16 * HOUR, DAY, DAY, None]
    assert {ending_of(BLOCKED, attempts).state for attempts in (1, 12)} == {StepState.FAILED}


def test_a_step_that_meets_what_blocks_it_is_looked_at_again_as_one_whose_plan_does() -> None:
    ending = ending_after(
        Blocked("There is something else.", "Rename it.", "facilitator"), 2, POLICY
    )

    assert ending == ending_of(BLOCKED, 2)


def test_twelve_looks_at_what_is_blocked_take_about_a_week() -> None:
    waits = [wait(ending_of(BLOCKED, attempts)) or timedelta() for attempts in range(1, 13)]

    assert 6 * DAY <= sum(waits, timedelta()) <= 9 * DAY


@pytest.mark.parametrize(
    "error",
    [
        remote(),
        remote(408),
        remote(429),
        remote(500),
        remote(502),
        remote(503),
        remote(504),
        RetryableError("soon"),
        UnexpectedResponse("odd", service="Vercel", effect=Effect.UNKNOWN),
    ],
    ids=repr,
)
def test_what_may_pass_waits_and_nobody_has_to_act(error: ProvisionerError) -> None:
    ending = ending_after(error, 5, POLICY)

    assert (ending.state, wait(ending)) == (StepState.WAITING, 10 * MINUTE)
    assert ending.assessment.who is Actor.NOBODY
    assert ending.assessment.hint.endswith("The provisioner tries again by itself.")


def test_what_may_pass_is_waited_for_by_the_runs_that_met_it_and_not_by_the_tries_of_each() -> None:
    waits = [wait(ending_after(remote(503), attempts, POLICY)) for attempts in (5, 6, 10, 11)]

    assert waits == [10 * MINUTE, 20 * MINUTE, 20 * MINUTE, 40 * MINUTE]


def test_what_has_not_passed_for_hours_is_told_to_a_maintainer_and_tried_all_the_same() -> None:
    before, after = ending_after(remote(503), 29, POLICY), ending_after(remote(503), 30, POLICY)

    assert (before.assessment.who, after.assessment.who) == (Actor.NOBODY, Actor.MAINTAINER)
    assert wait(after) == 320 * MINUTE
    assert after.state is StepState.WAITING


def test_a_wait_that_a_service_asks_for_is_slept_through_only_when_it_is_short() -> None:
    short, long = remote(429, retry_after=90), remote(429, retry_after=91)

    assert wait(ending_after(short, 1, POLICY)) == 10 * MINUTE
    assert wait(ending_after(long, 1, POLICY)) == timedelta(seconds=91)


@pytest.mark.parametrize(
    "error", [remote(400), remote(403), FatalError("no", "Do this.")], ids=repr
)
def test_what_a_person_must_fix_has_failed_and_nothing_wakes_it(error: ProvisionerError) -> None:
    ending = ending_after(error, 1, POLICY)

    assert (ending.state, wait(ending)) == (StepState.FAILED, None)
    assert ending.assessment.who is Actor.MAINTAINER


def test_a_job_that_was_stopped_is_taken_up_after_a_quarter_of_an_hour() -> None:
    assert wait(STOPPED) == 15 * MINUTE
    assert STOPPED.state is StepState.CANCELLED


def test_a_job_whose_time_is_over_goes_on_at_once() -> None:
    assert wait(OUT_OF_TIME) == timedelta()


def test_what_is_done_or_needless_wakes_nobody() -> None:
    done = ending_of(Assessment(Verdict.KEEP), 1)
    needless = ending_of(Assessment(Verdict.KEEP, needless=True), 1)

    assert (done.state, wait(done)) == (StepState.DONE, None)
    assert (needless.state, wait(needless)) == (StepState.SKIPPED, None)


def test_what_ended_without_a_time_of_its_own_is_looked_at_after_five_minutes() -> None:
    moved = Assessment(Verdict.KEEP, progress=Progress.WAITING)

    assert wait(ending_of(moved, 1)) == 5 * MINUTE


def test_where_people_could_not_be_told_a_run_is_woken_more_and_more_rarely_and_then_no_more() -> (
    None
):
    waits = [
        woken_to_notify(run_of(untold=times), NOW).wake_at for times in (0, 1, 2, 3, 7, 11, 12)
    ]

    assert waits == [
        None,
        NOW + 10 * MINUTE,
        NOW + 20 * MINUTE,
        NOW + 40 * MINUTE,
        NOW + 6 * HOUR,
        NOW + 6 * HOUR,
        None,
    ]


def test_what_wakes_it_anyway_comes_first() -> None:
    woken = run_of(untold=1, wake_at=NOW + 9 * HOUR)

    assert woken_to_notify(woken, NOW) == woken


def test_who_told_everybody_is_not_woken_for_it() -> None:
    assert woken_to_notify(run_of(), NOW) == run_of()
