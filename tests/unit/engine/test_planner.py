"""A plan rests on what was looked at, and says where that ended."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

from provisioner.engine.planner import AppAssessment, app_plan, assess
from provisioner.engine.step import Assessment, Claims, Progress, Step
from provisioner.errors import Effect, RemoteError
from provisioner.models.dns import DnsEntry
from provisioner.models.plan import Actor, PlannedStep, Resource, Verdict
from provisioner.models.run import RunState
from tests.unit.engine.given import CREATE, THERE, WAITS, plan, step, thing
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


NEEDS = Assessment(Verdict.KEEP, "Set it.", "As listed.", Actor.FACILITATOR, Progress.WAITING)
ENTRY = DnsEntry(type="CNAME", name="docs.example.org", value="host.example")
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
    assert [look.seen for look in plan.assessments] == [True, False, False]
    assert not plan.satisfied
    assert plan.blocked is None, "time alone may fix it"


def test_nothing_is_looked_at_behind_a_blocked_step() -> None:
    planned, asked = steps(blocked_by(Resource(kind="project", name="p")), THERE)

    plan = assess(planned, frozenset())

    assert asked == ["0"]
    assert plan.blocked is plan.assessments[0]


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


def test_a_look_is_told_what_is_ours_and_that_nothing_was_made_yet() -> None:
    asked: list[tuple[Claims, str | None]] = []

    def look(claims: Claims, handle: str | None) -> Assessment:
        asked.append((claims, handle))
        return THERE

    ours = frozenset({("thing", "copy")})
    assess([Step("step", look, lambda _look: None, timedelta(minutes=1))], ours)

    assert asked == [(ours, None)]


def test_what_stands_behind_a_blocked_step_says_so_and_was_seen_if_that_one_was() -> None:
    seen, unseen = Assessment(Verdict.BLOCKED), Assessment(Verdict.BLOCKED, seen=False)

    behind = assess(steps(seen, THERE)[0], frozenset()).assessments[1]
    behind_unseen = assess(steps(unseen, THERE)[0], frozenset()).assessments[1]

    assert (behind.verdict, behind.detail) == (Verdict.BLOCKED, "Not before the step above.")
    assert (behind.seen, behind_unseen.seen) == (True, False)


def test_what_stands_behind_what_was_not_seen_waits_and_says_why() -> None:
    behind = assess(steps(UNSEEN, THERE)[0], frozenset()).assessments[1]

    assert (behind.verdict, behind.progress) == (Verdict.KEEP, Progress.WAITING)
    assert behind.detail == "Not looked at, because the step above could not be."


def listed(*planned: Step, begun: frozenset[str] = frozenset()) -> list[str]:
    return [item.action for item in assess(planned, frozenset(), begun).steps]


def test_an_optional_step_that_could_not_be_looked_at_is_left_out() -> None:
    tidy = step(CREATE, "tidy", optional=True)

    assert listed(step(UNSEEN, "fork"), tidy) == ["fork"]
    assert listed(step(UNSEEN, "fork"), step(CREATE, "project")) == ["fork", "project"]


def test_an_optional_step_that_the_run_has_begun_stays_listed() -> None:
    tidy = step(THERE, "tidy", optional=True)

    assert listed(tidy, begun=frozenset({"tidy"})) == ["tidy"]
    assert listed(tidy, step(CREATE, "project"), begun=frozenset({"fork"})) == ["project"]


def test_a_plan_is_carried_out_by_steps_of_the_same_actions() -> None:
    made = plan(THERE, CREATE)
    first, second, third = (step(WAITS, f"step-{number}") for number in range(3))

    kept = made.with_steps([third, second, first])

    assert kept == AppAssessment((first, second), made.assessments)


def test_a_plan_changes_something_where_one_step_does() -> None:
    assert plan(THERE, CREATE, WAITS).changes
    assert not plan(THERE, WAITS).changes


def test_a_plan_is_satisfied_where_all_its_steps_are() -> None:
    assert plan(THERE, THERE).satisfied
    assert not plan(THERE, WAITS).satisfied


def test_the_resources_of_a_plan_are_those_of_all_its_steps() -> None:
    theirs = thing("theirs", existed=True)
    looks = (
        Assessment(Verdict.ADOPT, resources=(theirs,)),
        Assessment(Verdict.CREATE, resources=(thing("a"), thing("b"))),
    )

    assert plan(*looks).resources == (theirs, thing("a"), thing("b"))


def shown(*looks: Assessment) -> tuple[PlannedStep, ...]:
    return app_plan("docs", "docs-site", "Docs", plan(*looks)).steps


def test_people_see_each_step_with_what_it_would_do() -> None:
    look = Assessment(Verdict.CREATE, "Make it.", "Wait.", Actor.MAINTAINER, seen=False)

    (planned,) = shown(replace(look, resources=(thing("a"),)))

    assert planned == PlannedStep(
        action="step-0",
        verdict=Verdict.CREATE,
        detail="Make it.",
        hint="Wait.",
        who=Actor.MAINTAINER,
        checked=False,
        resources=(thing("a"),),
    )


def test_what_is_waited_for_behind_a_change_follows_and_nobody_has_to_act_yet() -> None:
    _, follows = shown(CREATE, NEEDS)

    assert (follows.detail, follows.hint) == ("Follows once the steps above are done.", "")
    assert follows.who is Actor.NOBODY


def test_before_a_change_and_where_there_is_none_who_must_act_is_said() -> None:
    first, _, last = shown(NEEDS, THERE, NEEDS)

    assert (first.detail, first.hint, first.who) == ("Set it.", "As listed.", Actor.FACILITATOR)
    assert last.who is Actor.FACILITATOR


def test_what_is_settled_behind_a_change_says_itself_what_it_is() -> None:
    assert [item.detail for item in shown(CREATE, replace(THERE, detail="There."), CREATE)] == [
        "Make it.",
        "There.",
        "Make it.",
    ]


def test_behind_all_changes_what_is_waited_for_still_follows() -> None:
    assert shown(CREATE, THERE, NEEDS)[2].detail == "Follows once the steps above are done."


def test_address_and_entries_are_those_that_were_seen_last() -> None:
    looks = (
        Assessment(Verdict.KEEP, url="https://old.example.org", dns=()),
        Assessment(Verdict.KEEP, url="https://docs.example.org", dns=(ENTRY,)),
        THERE,
    )

    seen = app_plan("docs", "docs-site", "Docs", plan(*looks))

    assert (seen.id, seen.app, seen.title) == ("docs", "docs-site", "Docs")
    assert (seen.url, seen.dns) == ("https://docs.example.org", (ENTRY,))


def test_an_app_of_which_nothing_was_seen_has_neither() -> None:
    seen = app_plan("docs", "docs-site", "Docs", plan(THERE))

    assert (seen.url, seen.dns) == (None, ())
