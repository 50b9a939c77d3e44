"""A run that has lost its hub to another worker stops in all its threads, and says nothing more."""

import threading
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta

import pytest

from provisioner.engine.lease import DURATION, SKEW, Busy
from provisioner.engine.retry import RetryPolicy
from provisioner.engine.step import Assessment
from provisioner.errors import Effect, ProvisionerError, RemoteError
from provisioner.models.run import Run
from tests.unit.engine.world import Thing, World

LONG = DURATION + timedelta(minutes=1)


def of_another(world: World) -> Run:
    """Another worker takes the hub over and finishes it."""
    other = World(clock=world.clock, store=world.store)
    return other.run({"docs": [Thing("copy", 1), Thing("project", 1)], "bot": []}, worker="other")


def test_every_thread_of_it_stops_before_its_next_change() -> None:
    world, begun, lost = World(), threading.Event(), threading.Event()

    def hangs(_look: Assessment) -> None:
        assert begun.wait(20)
        world.clock.advance(LONG.total_seconds())
        of_another(world)
        copy.made = 1
        lost.set()

    def is_slow(_look: Assessment) -> None:
        begun.set()
        assert lost.wait(20)
        fork.made = 1

    copy, project = Thing("copy", perform=hangs), Thing("project")
    fork, bot = Thing("fork", perform=is_slow), Thing("bot-project")

    with pytest.raises(Busy, match="another run"):
        world.run({"docs": [copy, project], "bot": [fork, bot]})

    assert (project.made, bot.made) == (0, 0)


def test_it_neither_writes_nor_tells_once_it_is_lost() -> None:
    world = World()
    before: list[int] = []

    def hangs(_look: Assessment) -> None:
        world.clock.advance(LONG.total_seconds())
        of_another(world)
        before.extend((len(world.store.commits), len(world.heard)))

    with pytest.raises(Busy):
        world.run({"docs": [Thing("copy", perform=hangs), Thing("project")]})

    assert [len(world.store.commits), len(world.heard)] == before


@dataclass
class Away:
    """The journal cannot be written for so many tries."""

    tries: int = 0

    def __call__(self) -> None:
        if self.tries > 0:
            self.tries -= 1
            raise RemoteError("away", service="GitHub", effect=Effect.NONE, status=503)


def hung(world: World, time: timedelta, away: int, taken: bool) -> tuple[Thing, list[Run]]:
    """A worker hangs in its first step; then the journal is away for some tries. What it heard
    at that moment, and its second step."""
    copy, project, heard = Thing("copy"), Thing("project"), list[Run]()

    def hangs(_look: Assessment) -> None:
        world.clock.advance(time.total_seconds())
        if taken:
            of_another(world)
        world.store.before_write = Away(away)
        heard.extend(world.heard)
        copy.made = 1

    copy.perform = hangs
    with suppress(ProvisionerError):
        world.run({"docs": [copy, project]})
    return project, heard


def test_a_checkpoint_that_cannot_be_written_does_not_hide_the_loss() -> None:
    world = World()

    project, heard = hung(world, LONG, away=RetryPolicy().attempts, taken=True)

    assert project.made == 0
    assert world.heard == heard


@pytest.mark.parametrize("time", [DURATION - SKEW, LONG])
def test_who_cannot_renew_a_lease_that_has_run_out_changes_and_says_nothing(
    time: timedelta,
) -> None:
    world = World()

    project, heard = hung(world, time, away=10**6, taken=False)

    assert project.made == 0
    assert world.heard == heard


def test_a_lease_that_is_fresh_needs_no_renewal_for_a_change() -> None:
    world = World()

    project, _ = hung(world, DURATION - SKEW - timedelta(minutes=1), away=10**6, taken=False)

    assert project.made == 1


def test_a_lease_that_has_run_out_is_renewed_before_the_next_change() -> None:
    world = World()

    project, _ = hung(world, DURATION - SKEW, away=RetryPolicy().attempts, taken=False)

    assert project.made == 1
