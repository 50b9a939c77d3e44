"""A plan rests on what was looked at, and says where that ended."""

from collections.abc import Callable
from datetime import timedelta

from provisioner.engine.planner import assess
from provisioner.engine.step import Assessment, Claims, Progress, Step
from provisioner.errors import Effect, RemoteError
from provisioner.models.plan import Actor, Resource, Verdict
from provisioner.models.run import RunState
from tests.unit.engine.world import Thing, World


def raising(error: Exception) -> Callable[[Thing], Assessment]:
    """A look that fails the first time only."""
    errors = [error]

    def look(thing: Thing) -> Assessment:
        if errors:
            raise errors.pop()
        thing.seen_as = None
        return thing.step().assess(frozenset(), None)

    return look


THERE = Assessment(Verdict.KEEP)
UNSEEN = Assessment(Verdict.KEEP, "It is away.", progress=Progress.WAITING, seen=False)


def blocked_by(resource: Resource) -> Assessment:
    return Assessment(Verdict.BLOCKED, "It is something else.", resources=(resource,))


def steps(*looks: Assessment) -> tuple[list[Step], list[str]]:
    """Steps that see this, and the names of those that were asked."""
    asked: list[str] = []

    def step(number: int, seen: Assessment) -> Step:
        def look(_claims: Claims, _handle: str | None) -> Assessment:
            asked.append(str(number))
            return seen

        return Step(str(number), look, lambda _look: None, timedelta(minutes=1))

    return [step(number, seen) for number, seen in enumerate(looks)], asked


def test_nothing_is_looked_at_behind_what_could_not_be_looked_at() -> None:
    planned, asked = steps(THERE, UNSEEN, THERE)

    plan = assess(planned, frozenset())

    assert asked == ["0", "1"]
    assert [look.seen for look in plan.looks] == [True, False, False]
    assert not plan.satisfied
    assert plan.blocked is None, "time alone may fix it"


def test_nothing_is_looked_at_behind_a_blocked_step() -> None:
    planned, asked = steps(blocked_by(Resource(kind="project", name="p")), THERE)

    plan = assess(planned, frozenset())

    assert asked == ["0"]
    assert plan.blocked is plan.looks[0]


def test_what_a_blocked_step_saw_of_ours_is_named_and_what_it_saw_of_others_is_not() -> None:
    ours, others = Resource(kind="project", name="p"), Resource(kind="project", name="q")
    foreign = others.model_copy(update={"existed": True})

    assert assess(steps(blocked_by(ours))[0], frozenset()).resources == (ours,)
    assert assess(steps(blocked_by(foreign))[0], frozenset()).resources == ()


def test_an_optional_step_shows_only_when_it_has_something_to_do() -> None:
    world = World()
    clean = Thing("tidy", made=1, optional=True)
    dirty = Thing("tidy", optional=True)

    without = world.run({"docs": [Thing("fork"), clean]}, digest="d1")
    with_it = world.run({"docs": [Thing("fork"), dirty]}, digest="d2")

    assert [step.action for step in without.apps[0].steps] == ["fork"]
    assert [step.action for step in with_it.apps[0].steps] == ["fork", "tidy"]


def test_nothing_of_an_app_is_touched_when_its_plan_is_blocked() -> None:
    world, fork = World(), Thing("fork")
    taken = Thing(
        "project",
        seen_as=lambda _: Assessment(Verdict.BLOCKED, "taken", "rename", Actor.FACILITATOR),
    )

    run = world.run({"docs": [fork, taken]})

    assert run.state is RunState.FAILED
    assert fork.made == 0
    assert run.apps[0].steps[1].detail == "taken"


def test_what_the_plan_could_not_look_at_is_not_made_before_it_was_named() -> None:
    world, fork, project = World(), Thing("fork"), Thing("project")
    limit = RemoteError("slow down", service="Host", effect=Effect.NONE, retry_after=3000)
    project.seen_as = raising(limit)

    waiting = world.run({"docs": [fork, project]})

    assert waiting.state is RunState.WAITING
    assert (fork.made, project.made) == (1, 0)
    project.seen_as = None
    done = world.run({"docs": [fork, project]})
    assert done.state is RunState.COMPLETED
    assert {item.name for item in done.apps[0].resources} == {"fork", "project"}
