"""Two clocks of one kind: the machine's, which can be told to stop, and one that only we move."""

import threading
from datetime import UTC, datetime, timedelta

import pytest

from provisioner.clock import ManualClock, SystemClock
from provisioner.errors import Interrupted

NOON = datetime(2026, 3, 3, 12, tzinfo=UTC)


class Counting(threading.Event):
    """Nobody waits for it: it notes how long somebody would."""

    def __init__(self) -> None:
        super().__init__()
        self.waited: list[float | None] = []

    def wait(self, timeout: float | None = None) -> bool:
        self.waited.append(timeout)
        return False


class TestMachine:
    def test_tells_the_time_of_the_world(self) -> None:
        assert SystemClock().now().tzinfo is UTC
        assert abs(SystemClock().now() - datetime.now(UTC)) < timedelta(minutes=5)

    def test_sleeps_as_long_as_it_is_told_and_not_at_all_for_a_time_that_is_over(self) -> None:
        clock, stop = SystemClock(), Counting()
        clock.stop = stop

        for seconds in (90.5, 0.25, 0, -3600):
            clock.sleep(seconds)

        assert stop.waited == [90.5, 0.25, 0, 0]

    @pytest.mark.parametrize("seconds", [3600, 0, -1])
    def test_once_stopped_wakes_whoever_sleeps(self, seconds: float) -> None:
        clock = SystemClock()
        clock.stop.set()

        with pytest.raises(Interrupted):
            clock.sleep(seconds)

    def test_a_stop_wakes_a_sleeper_in_another_thread(self) -> None:
        clock, woken = SystemClock(), threading.Event()

        def sleeper() -> None:
            with pytest.raises(Interrupted):
                clock.sleep(3600)
            woken.set()

        thread = threading.Thread(target=sleeper)
        thread.start()
        clock.stop.set()
        thread.join()

        assert woken.is_set()


class TestMovedByHand:
    def test_stands_at_the_start_of_a_year_unless_told_otherwise(self) -> None:
        assert ManualClock().now() == datetime(2026, 1, 1, tzinfo=UTC)
        assert ManualClock(NOON).now() == NOON

    def test_stands_still_until_somebody_sleeps_or_moves_it(self) -> None:
        clock = ManualClock(NOON)
        assert clock.now() == clock.now() == NOON

        clock.sleep(90)
        clock.advance(0.5)

        assert clock.now() == NOON + timedelta(seconds=90.5)

    def test_never_goes_back(self) -> None:
        clock = ManualClock(NOON)

        clock.sleep(-1)
        clock.advance(-3600)

        assert clock.now() == NOON
