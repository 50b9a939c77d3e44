"""What is tried again, after how long, and what is not."""

from datetime import timedelta

from provisioner.errors import Effect, FatalError, RemoteError
from provisioner.models.plan import Actor
from provisioner.models.run import RunState, StepState
from tests.unit.engine.world import Thing, World, lost_answer


def test_a_passing_trouble_is_tried_again_with_growing_pauses() -> None:
    world, fork = World(), Thing("fork", script=[lost_answer(), lost_answer(), lost_answer()])
    began = world.clock.now()

    run = world.run({"docs": [fork]})

    assert run.state is RunState.COMPLETED
    assert run.apps[0].steps[0].attempts == 4
    assert (world.clock.now() - began).total_seconds() > 0.5 + 1 + 2


def test_what_cannot_succeed_fails_at_once_and_says_who_must_act() -> None:
    world = World()
    fork = Thing("fork", script=[FatalError("no rights", "give them", Actor.FACILITATOR)])
    project = Thing("project")

    run = world.run({"docs": [fork, project]})

    step = run.apps[0].steps[0]
    assert run.state is RunState.FAILED
    assert (step.state, step.detail, step.hint) == (StepState.FAILED, "no rights", "give them")
    assert step.who is Actor.FACILITATOR
    assert run.apps[0].steps[1].state is StepState.PENDING
    assert project.made == 0


def test_a_long_refusal_is_waited_for_by_a_later_run_and_not_slept_through() -> None:
    world = World()
    limit = RemoteError("slow down", service="Host", effect=Effect.NONE, retry_after=3000)
    began = world.clock.now()

    run = world.run({"docs": [Thing("fork", script=[limit])]})

    assert run.state is RunState.WAITING
    assert run.wake_at is not None
    assert run.wake_at - began >= timedelta(seconds=3000)
    assert world.clock.now() - began < timedelta(seconds=60)
