"""One try of a step: what it looks at, how often, and when it gives up waiting."""

from collections.abc import Callable
from datetime import timedelta

from provisioner.engine.attempt import PATIENT_ATTEMPTS
from provisioner.engine.step import Assessment, Progress, Step
from provisioner.errors import FatalError
from provisioner.models.plan import Verdict
from provisioner.models.run import RunState
from tests.scenario.network import step_of
from tests.unit.engine.world import Thing, World, lost_answer


def made_but_the_answer_is_lost(thing: Thing) -> Callable[[Assessment], str | None]:
    def perform(_: Assessment) -> str | None:
        thing.made += 1
        raise lost_answer()

    return perform


class Build(Thing):
    """It is known by its id alone; what became of it is told to who asks by that."""

    failed = False

    def step(self) -> Step:
        def assess(_claims: object, handle: str | None) -> Assessment:
            self.looks += 1
            if handle and self.failed:
                raise FatalError("the build failed")
            return Assessment(
                Verdict.KEEP, "It is being built.", progress=Progress.MOVING, handle="dpl_1"
            )

        return Step(self.name, assess, self._perform, timedelta(minutes=2))


def waited_in_vain(world: World, build: Build) -> None:
    for _ in range(PATIENT_ATTEMPTS + 1):
        assert world.run({"docs": [build]}).state is RunState.WAITING
        world.clock.advance(timedelta(hours=12).total_seconds())


def test_what_was_waited_for_in_vain_is_still_asked_what_became_of_it() -> None:
    world, build = World(), Build("build")
    waited_in_vain(world, build)

    build.failed = True
    run = world.run({"docs": [build]})

    assert run.state is RunState.FAILED
    assert step_of(run, "docs", "build").detail == "the build failed"


def test_but_nobody_waits_for_it_beside_it_any_more() -> None:
    world, build = World(), Build("build")
    waited_in_vain(world, build)
    began, build.looks = world.clock.now(), 0

    world.run({"docs": [build]})

    assert build.looks == 2, "in the plan, and by its id"
    assert world.clock.now() == began


def test_a_lost_answer_is_looked_for_before_it_is_sent_again() -> None:
    world, fork = World(), Thing("fork")
    fork.perform = made_but_the_answer_is_lost(fork)

    run = world.run({"docs": [fork]})

    assert run.state is RunState.COMPLETED
    assert fork.made == 1
    assert run.apps[0].steps[0].attempts == 2


def test_something_that_moves_by_itself_is_polled_and_then_left_to_a_later_run() -> None:
    world = World()
    build = Thing(
        "deploy",
        seen_as=lambda _: Assessment(Verdict.KEEP, "building", progress=Progress.MOVING),
    )
    began = world.clock.now()

    run = world.run({"docs": [build]})

    assert run.state is RunState.WAITING
    assert world.clock.now() - began >= timedelta(minutes=2)
    assert build.looks < 40


def test_a_change_that_was_made_but_is_not_seen_yet_is_not_made_again() -> None:
    world, fork = World(), Thing("fork")
    fork.seen_as = lambda thing: Assessment(
        Verdict.KEEP if thing.looks > 4 else Verdict.CREATE, "Make fork."
    )

    run = world.run({"docs": [fork]})

    assert run.state is RunState.COMPLETED
    assert fork.made == 1
