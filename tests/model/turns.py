"""A clock by which the apps of a hub take turns: the same story goes the same way each time.

The engine runs apps in threads of their own. Here only one of them moves at a
time; the next one comes when it ends, or polls. Time then goes to whoever is to
wake first, so two waits side by side take as long as the longer one.
"""

import re
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from functools import lru_cache
from types import FrameType
from typing import Any

from provisioner.clock import ManualClock
from provisioner.engine.attempt import POLLS

APP_THREAD = re.compile(r"Thread-(\d+) \(_run\)")
"""How Python calls the threads of `engine.side_by_side`."""
TURNS = frozenset({*(interval for _, interval in POLLS), 30.0})
"""Sleeps that give the turn away: polls. A retry's wait is jittered, and may hold a lock."""
TICK = 0.004
"""Seconds between two looks whether another thread has ended."""


class TurnClock(ManualClock):
    """One thread of apps at a time; within `apart` those started before stand still."""

    def __init__(self, start: datetime | None = None) -> None:
        super().__init__(start)
        self._changed = threading.Condition()
        self._asleep: dict[int, datetime] = {}
        self._turn: int | None = None
        self._floor = 0

    def sleep(self, seconds: float) -> None:
        number = _number(threading.current_thread())
        if number is None or number <= self._floor or seconds not in TURNS:
            self.advance(seconds)
            return
        with self._changed:
            self._asleep[number] = self.now() + timedelta(seconds=seconds)
            self._turn = None
        self._take_turn(number)
        with self._changed:
            wake = self._asleep.pop(number)
        self.advance((wake - self.now()).total_seconds())

    @contextmanager
    def apart(self) -> Iterator[None]:
        """What is started now runs while everything that was at work hangs."""
        with self._changed:
            kept, self._floor = (self._floor, self._turn), max(_alive(0), default=0)
            self._turn = None
        try:
            yield
        finally:
            with self._changed:
                self._floor, self._turn = kept

    @contextmanager
    def in_turns(self) -> Iterator[None]:
        """Every thread that starts meanwhile waits for its first turn."""
        threading.setprofile(self._first_turn)
        try:
            yield
        finally:
            threading.setprofile(None)

    def _first_turn(self, frame: FrameType, event: str, argument: Any) -> None:
        sys.setprofile(None)
        number = _number(threading.current_thread())
        if number is not None:
            self._take_turn(number)

    def _take_turn(self, number: int) -> None:
        with self._changed:
            while self._next() != number:
                self._changed.wait(TICK)
            self._turn = number

    def _next(self) -> int | None:
        """Who moves: the one that has the turn while it lives, else who wakes first."""
        alive = _alive(self._floor)
        if self._turn in alive and self._turn not in self._asleep:
            return self._turn
        now = self.now()
        wakes = {one: max(self._asleep.get(one, now), now) for one in alive}
        return min(alive, key=lambda one: (wakes[one], one), default=None)


def _number(thread: threading.Thread) -> int | None:
    return _number_in(thread.name)


@lru_cache(maxsize=1024)
def _number_in(name: str) -> int | None:
    found = APP_THREAD.fullmatch(name)
    return int(found[1]) if found else None


def _alive(floor: int) -> list[int]:
    numbers = (_number(thread) for thread in threading.enumerate())
    return [number for number in numbers if number is not None and number > floor]
