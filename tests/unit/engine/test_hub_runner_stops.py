"""A hub's run that is stopped, dies, or finds another worker at its hub."""

import json
import threading
from collections.abc import Callable
from contextlib import suppress
from typing import Any

import pytest

from provisioner.clock import ManualClock
from provisioner.engine.attempt import LISTS_ARE_BEHIND
from provisioner.engine.lease import Busy
from provisioner.engine.step import Assessment
from provisioner.errors import Effect, FatalError, Interrupted, RemoteError
from provisioner.models.plan import Verdict
from tests.unit.engine.given import NOW, THERE
from tests.unit.engine.world import Thing, World, waits_for_dns

LONG = 20.0
"""Seconds after which a story that hangs is over."""


class Killed(BaseException):
    """The process dies."""


def die(_: Assessment) -> str | None:
    raise Killed


def test_a_hub_that_another_works_on_is_not_even_looked_at() -> None:
    world, fork = World(alive={"other"}), Thing("fork", perform=die)
    with pytest.raises(Killed):
        world.run({"docs": [fork]}, worker="other")
    fork.looks = 0

    with pytest.raises(Busy):
        world.run({"docs": [fork]})

    assert fork.looks == 0


def overtaken(world: World) -> Callable[[Thing], Assessment]:
    """While it looks, another worker writes the journal."""

    def look(thing: Thing) -> Assessment:
        path, content = world.store.commits[-1]
        world.store.commits.append((path, content.replace(b"Nairobi", b"Other")))
        return waits_for_dns(thing)

    return look


def test_a_look_that_another_worker_overtook_is_neither_told_nor_written() -> None:
    world, dns = World(), Thing("dns", seen_as=waits_for_dns)
    world.run({"docs": [dns]})
    heard = len(world.heard)

    dns.seen_as = overtaken(world)
    world.clock.advance(600)
    with pytest.raises(Busy, match="another run wrote the journal"):
        world.run({"docs": [dns]})

    assert len(world.heard) == heard
    assert b"Other" in world.written


def test_a_journal_that_cannot_be_written_lets_nothing_begin_and_says_so() -> None:
    world, fork = World(), Thing("fork")

    def refuse() -> None:
        raise RemoteError("no", service="GitHub", effect=Effect.NONE, status=403)

    world.store.before_write = refuse

    with pytest.raises(RemoteError) as raised:
        world.run({"docs": [fork]})
    assert "Nothing was begun" in raised.value.message
    assert fork.made == 0


def test_a_run_that_lost_its_hub_before_it_began_changes_nothing() -> None:
    world, fork = World(), Thing("fork")
    world.run({"docs": [Thing("dns", seen_as=waits_for_dns)]})

    with pytest.raises(Busy, match="another run") as raised:
        world.run({"docs": [Thing("dns", seen_as=overtaken(world))], "bot": [fork]})

    assert raised.value.hint == "Nothing is lost: the other run goes on."
    assert fork.made == 0


def unkeyed(thing: Thing) -> Assessment:
    return THERE if thing.made else Assessment(Verdict.CREATE, "Build it.", unkeyed=True)


@pytest.mark.parametrize(
    ("trouble", "digest", "seconds"),
    [(Killed(), "d1", LISTS_ARE_BEHIND), (Killed(), "d2", 0), (FatalError("no"), "d1", 0)],
    ids=["it died", "it died at another file", "it ended in good order"],
)
def test_what_a_process_that_died_may_have_made_is_looked_for_twice(
    trouble: BaseException, digest: str, seconds: float
) -> None:
    world = World()

    def breaks(_look: Assessment) -> None:
        raise trouble

    fork, build = Thing("fork", perform=breaks), Thing("build", seen_as=unkeyed)
    with suppress(Killed):
        world.run({"docs": [fork, build]})
    began = world.clock.now()

    world.run({"docs": [Thing("fork", made=1), build]}, digest, worker="another")

    assert build.made == 1
    assert (world.clock.now() - began).total_seconds() == seconds


class StopsLater(ManualClock):
    """The process is asked to stop once somebody says so."""

    def __init__(self) -> None:
        super().__init__(NOW)
        self.asked = threading.Event()

    def sleep(self, seconds: float) -> None:
        if self.asked.is_set():
            raise Interrupted
        super().sleep(seconds)


def test_a_stop_is_written_down_and_raised_although_a_step_hangs() -> None:
    clock, free = StopsLater(), threading.Event()
    world = World(clock=clock)

    def hangs(_look: Assessment) -> None:
        clock.asked.set()
        free.wait(LONG)

    with pytest.raises(Interrupted):
        world.run({"docs": [Thing("fork", perform=hangs)]})
    free.set()

    written: Any = json.loads(world.written)
    assert (written["run"]["state"], written["lease"]) == ("cancelled", None)
    assert "whether the change was made is not known" in str(written["run"]["apps"][0]["steps"])
