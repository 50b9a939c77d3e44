"""What was waited for in vain is only looked at, and all the same nothing of it is missed."""

from datetime import timedelta

from provisioner.engine.attempt import PATIENT_ATTEMPTS
from provisioner.engine.step import Assessment, Progress, Step
from provisioner.errors import FatalError
from provisioner.models.plan import Verdict
from provisioner.models.run import RunState
from tests.scenario.network import step_of
from tests.unit.engine.world import Thing, World


class Build(Thing):
    """It is known by its id alone; what became of it is told to who asks by that."""

    failed = False
    another_each_time = False

    def step(self) -> Step:
        def assess(_claims: object, handle: str | None) -> Assessment:
            self.looks += 1
            if handle and self.failed:
                raise FatalError("the build failed")
            id = f"dpl_{self.looks if self.another_each_time else 1}"
            return Assessment(
                Verdict.KEEP, "It is being built.", progress=Progress.MOVING, handle=id
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


def test_nor_is_one_asked_for_without_end_that_has_another_id_each_time() -> None:
    world, build = World(), Build("build")
    build.another_each_time = True
    waited_in_vain(world, build)
    build.looks = 0

    assert world.run({"docs": [build]}).state is RunState.WAITING
    assert build.looks == 2
