"""One story: steps happen to a world, its invariants are looked at, and what broke is told."""

import re
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from tests.model import byhand, people, services, strangers  # noqa: F401 - their rules
from tests.model.invariants import (
    AFTER_EACH_STEP,
    AT_REST,
    healed,
)
from tests.model.opening import world
from tests.model.resting import given_up, run_again, to_rest
from tests.model.rules import RULES, Choice
from tests.model.world import World

BETWEEN = 60.0
"""Seconds from one step to the next."""
Step = tuple[str, Choice]
NAMES = re.compile(r"\b(nairobi|kigali|docs|wiki|bot)\b[\w./-]*|#?\b[0-9a-f]*\d[0-9a-f]*\b|-\w+")


class Broken(AssertionError):
    """An invariant does not hold. `invariant` is its name."""

    def __init__(self, invariant: str, complaints: list[str], told: list[str]) -> None:
        self.invariant, self.complaints, self.told = invariant, complaints, told
        lines = [f"broken: {invariant}", *(f"  {one}" for one in complaints), "the story:", *told]
        super().__init__("\n".join(lines))

    @property
    def signature(self) -> str:
        """The same for the same break elsewhere: without names, times and ids."""
        return f"{self.invariant}: {NAMES.sub('…', self.complaints[0])}"


@dataclass
class Story:
    """`without`: patterns of complaints, `invariant: words`, that are let pass."""

    world: World
    without: Collection[str] = ()
    steps: list[Step] = field(default_factory=list)

    def happens(self, name: str, choice: Choice) -> None:
        self.steps.append((name, choice))
        self.world.clock.advance(BETWEEN)
        RULES[name].act(self.world, **choice)
        if RULES[name].kind in ("people", "hands"):
            self.world.watch.look()
        self._nobody_fell()

    def can(self, name: str, choice: Choice) -> bool:
        return choice in list(RULES[name].ways(self.world))

    def ends(self) -> None:
        """The world comes to rest, and everything has to be true."""
        if not self.world.pulls:
            return
        why = to_rest(self.world)
        self._nobody_fell()
        self._judge("it_comes_to_rest", [why] if why else [])
        self._judge("the_schedule_alone_heals", list(healed(self.world)))
        if given_up(self.world):
            run_again(self.world)
        for invariant in AT_REST:
            self._judge(invariant.__name__, list(invariant(self.world)))

    def _nobody_fell(self) -> None:
        falls, self.world.watch.falls = self.world.watch.falls, []
        self._judge("who_is_online_stays_online", falls)
        spins, self.world.restless = self.world.restless, []
        self._judge("who_waits_waits_quietly", spins)
        for invariant in AFTER_EACH_STEP:
            self._judge(invariant.__name__, list(invariant(self.world)))

    def _judge(self, name: str, complaints: list[str]) -> None:
        told = [one for one in complaints if not self._is_left_out(f"{name}: {one}")]
        if told:
            raise Broken(name, told, self.world.story)

    def _is_left_out(self, complaint: str) -> bool:
        return any(re.search(one, complaint) for one in self.without)


@contextmanager
def story(without: Collection[str] = ()) -> Iterator[Story]:
    with world() as made:
        yield Story(made, without)


def played(steps: list[Step], without: Collection[str] = ()) -> Broken | None:
    """What breaks when these steps happen, as far as they can, and the world comes to rest."""
    with story(without) as told:
        try:
            for name, choice in steps:
                if told.can(name, choice):
                    told.happens(name, choice)
            told.ends()
        except Broken as broken:
            return broken
    return None
