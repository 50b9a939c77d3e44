"""A plan rests on what was looked at, and says where that ended."""

from datetime import timedelta

from provisioner.engine.planner import assess
from provisioner.engine.step import Assessment, Claims, Progress, Step
from provisioner.models.plan import Resource, Verdict

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
