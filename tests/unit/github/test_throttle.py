"""How many changes a minute and an hour: places are given out, and nobody runs into the wall."""

import threading
from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from provisioner.clock import ManualClock
from provisioner.errors import Effect, RemoteError
from provisioner.github.throttle import Throttle, Window

MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)


def windows(calls: int) -> tuple[Window, ...]:
    return (Window(calls, MINUTE),)


def most_in(period: timedelta, times: list[datetime]) -> int:
    """The most that fall into any stretch of time."""
    return max(sum(start <= one < start + period for one in times) for start in times)


def test_as_long_as_there_are_places_nobody_waits(clock: ManualClock) -> None:
    began = clock.now()
    budget = Throttle(clock)

    for _ in range(80):
        budget.take()

    assert clock.now() == began


def test_the_eighty_first_in_a_minute_waits_for_the_first_to_grow_old(clock: ManualClock) -> None:
    budget = Throttle(clock)
    began = clock.now()
    for _ in range(80):
        budget.take()

    budget.take()

    assert clock.now() - began == MINUTE


def test_the_five_hundred_and_first_in_an_hour_is_refused_and_told_when(clock: ManualClock) -> None:
    budget = Throttle(clock)
    began = clock.now()
    for _ in range(500):
        budget.take()

    with pytest.raises(RemoteError) as caught:
        budget.take()

    assert caught.value.effect is Effect.NONE
    assert caught.value.retry_after is not None
    clock.advance(caught.value.retry_after)
    budget.take()
    assert clock.now() - began >= HOUR


@given(st.lists(st.floats(0, 90), max_size=60), st.integers(1, 7))
def test_in_no_minute_are_there_more_than_allowed(pauses: list[float], calls: int) -> None:
    clock = ManualClock()
    budget = Throttle(clock, windows(calls))
    times = []
    for pause in pauses:
        clock.advance(pause)
        budget.take()
        times.append(clock.now())

    assert not times or most_in(MINUTE, times) <= calls


def test_threads_share_the_places(clock: ManualClock) -> None:
    budget = Throttle(clock, windows(5))
    times: list[datetime] = []

    def write() -> None:
        for _ in range(10):
            budget.take()
            times.append(clock.now())

    threads = [threading.Thread(target=write) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(times) == 40
    assert clock.now() - min(times) >= 7 * MINUTE
