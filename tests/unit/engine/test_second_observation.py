"""What no name tells apart is looked for twice, where an earlier attempt may have made it."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

import pytest

from provisioner.engine.attempt import LISTS_ARE_BEHIND
from provisioner.engine.claims import claims_of
from provisioner.engine.step import Assessment, ids_made
from provisioner.errors import Effect, RemoteError
from provisioner.models.plan import Resource, Verdict
from tests.unit.engine.world import Thing, World

BEHIND = timedelta(seconds=LISTS_ARE_BEHIND / 2)


class Killed(BaseException):
    """The process dies."""


@dataclass
class Builds:
    """Builds in a list that shows each of them some seconds late."""

    world: World
    made: list[datetime] = field(default_factory=list)
    trouble: list[BaseException] = field(default_factory=list)

    def thing(self) -> Thing:
        return Thing("build", seen_as=self.seen, perform=self.make)

    def seen(self, _thing: Thing) -> Assessment:
        now = self.world.clock.now()
        if any(moment + BEHIND <= now for moment in self.made):
            return Assessment(Verdict.KEEP)
        resource = Resource(kind="thing", name="build")
        return Assessment(Verdict.CREATE, "Build.", resources=(resource,), unkeyed=True)

    def make(self, _look: Assessment) -> str:
        self.made.append(self.world.clock.now())
        if self.trouble:
            raise self.trouble.pop()
        return f"dpl_{len(self.made)}"


def test_after_a_lost_answer_a_list_that_is_behind_makes_no_second_one() -> None:
    world = World()
    lost = RemoteError("no answer", service="Vercel", effect=Effect.UNKNOWN)
    builds = Builds(world, trouble=[lost])

    world.run({"docs": [builds.thing()]})

    assert len(builds.made) == 1


def test_nor_does_it_when_the_process_died_and_the_next_one_follows_at_once() -> None:
    world = World()
    builds = Builds(world, trouble=[Killed()])
    with pytest.raises(Killed):
        world.run({"docs": [builds.thing()]})

    world.run({"docs": [builds.thing()]}, worker="another")

    assert len(builds.made) == 1


def test_a_first_attempt_waits_for_no_list() -> None:
    world = World()
    builds, start = Builds(world), world.clock.now()

    world.run({"docs": [builds.thing()]})

    assert builds.made == [start]


def test_the_id_of_what_was_made_is_a_claim_of_later_runs_too() -> None:
    world = World()
    run = world.run({"docs": [Builds(world).thing()]})
    assert ids_made(claims_of(run, "docs"), "build") == ("dpl_1",)

    later = world.run({"docs": [Thing("build", made=1)]}, digest="d2")

    assert ids_made(claims_of(later, "docs"), "build") == ("dpl_1",)
