"""A hub's run: what it writes, what it skips, how it goes on."""

import json
from collections.abc import Callable
from datetime import timedelta

import pytest

from provisioner.engine.checkpoints import NotRecorded
from provisioner.engine.lease import Busy
from provisioner.engine.step import Assessment, Progress
from provisioner.errors import Effect, FatalError, RemoteError
from provisioner.models.plan import Actor, Verdict
from provisioner.models.run import RunState, StepState
from tests.unit.engine.world import Thing, World


def lost_answer(effect: Effect = Effect.UNKNOWN) -> RemoteError:
    return RemoteError("the connection broke", service="Host", effect=effect)


class Killed(BaseException):
    """The process dies."""


def die(_: Assessment) -> str | None:
    raise Killed


def made_but_the_answer_is_lost(thing: Thing) -> Callable[[Assessment], str | None]:
    def perform(_: Assessment) -> str | None:
        thing.made += 1
        raise lost_answer()

    return perform


def waits_for_dns(thing: Thing) -> Assessment:
    return Assessment(
        Verdict.KEEP,
        "not yet",
        who=Actor.FACILITATOR,
        progress=Progress.WAITING,
        wake_after=timedelta(minutes=10),
    )


def test_a_new_hub_names_every_resource_before_it_touches_the_first() -> None:
    world, fork, project = World(), Thing("fork"), Thing("project")
    made_at_commit: list[int] = []
    world.store.before_write = lambda: made_at_commit.append(fork.made + project.made)

    run = world.run({"docs": [fork, project]})

    assert run.state is RunState.COMPLETED
    assert made_at_commit == [0, 2]
    first = json.loads(world.store.commits[0][1])
    assert [item["name"] for item in first["run"]["apps"][0]["resources"]] == ["fork", "project"]
    assert (run.commit, run.pull_request) == ("c0ffee", 7)


def test_a_second_run_with_nothing_to_do_writes_nothing() -> None:
    world, fork = World(), Thing("fork")
    first = world.run({"docs": [fork]})
    commits = len(world.store.commits)

    again = world.run({"docs": [fork]})

    assert again == first
    assert len(world.store.commits) == commits
    assert fork.made == 1


def test_a_lost_answer_is_looked_for_before_it_is_sent_again() -> None:
    world, fork = World(), Thing("fork")
    fork.perform = made_but_the_answer_is_lost(fork)

    run = world.run({"docs": [fork]})

    assert run.state is RunState.COMPLETED
    assert fork.made == 1
    assert run.apps[0].steps[0].attempts == 2


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


def test_one_failed_app_does_not_stop_another() -> None:
    world = World()
    broken = Thing("broken", script=[FatalError("no", "mend")])
    run = world.run({"docs": [broken], "bot": [Thing("fork")]})

    assert [app.state for app in run.apps] == [RunState.FAILED, RunState.COMPLETED]
    assert run.state is RunState.FAILED


def test_a_failed_run_goes_on_where_it_stopped() -> None:
    world = World()
    fork, project = Thing("fork"), Thing("project", script=[FatalError("no", "mend")])
    failed = world.run({"docs": [fork, project]})

    resumed = world.run({"docs": [fork, project]})

    assert resumed.id == failed.id
    assert resumed.state is RunState.COMPLETED
    assert (fork.made, project.made) == (1, 1)


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


def test_a_long_refusal_is_waited_for_by_a_later_run_and_not_slept_through() -> None:
    world = World()
    limit = RemoteError("slow down", service="Host", effect=Effect.NONE, retry_after=3000)
    began = world.clock.now()

    run = world.run({"docs": [Thing("fork", script=[limit])]})

    assert run.state is RunState.WAITING
    assert run.wake_at is not None
    assert run.wake_at - began >= timedelta(seconds=3000)
    assert world.clock.now() - began < timedelta(seconds=60)


def test_looking_again_early_writes_nothing_when_nothing_is_new() -> None:
    world, fork, dns = World(), Thing("fork"), Thing("dns", seen_as=waits_for_dns)
    waiting = world.run({"docs": [fork, dns]})
    commits = len(world.store.commits)

    again = world.run({"docs": [fork, dns]})

    assert again == waiting
    assert len(world.store.commits) == commits


def test_each_wake_waits_longer_than_the_one_before() -> None:
    world, dns = World(), Thing("dns", seen_as=waits_for_dns)
    intervals = []
    for _ in range(8):
        run = world.run({"docs": [dns]})
        assert run.wake_at is not None
        intervals.append(run.wake_at - world.clock.now())
        world.clock.advance(intervals[-1].total_seconds() + 1)

    assert intervals[:3] == [timedelta(minutes=10), timedelta(minutes=20), timedelta(minutes=40)]
    assert intervals[-1] == timedelta(hours=6)


def test_a_waiting_run_is_finished_when_the_world_has_moved() -> None:
    world, fork, dns = World(), Thing("fork"), Thing("dns", seen_as=waits_for_dns)
    waiting = world.run({"docs": [fork, dns]})
    dns.seen_as = lambda _: Assessment(Verdict.KEEP, "in place")

    done = world.run({"docs": [fork, dns]})

    assert done.id == waiting.id
    assert done.state is RunState.COMPLETED


def test_a_new_desired_state_begins_a_new_run_and_keeps_the_old_one_in_short() -> None:
    world, fork = World(), Thing("fork")
    first = world.run({"docs": [fork]}, digest="d1")

    second = world.run({"docs": [fork, Thing("domain")]}, digest="d2")

    assert second.id != first.id
    journal = json.loads(world.store.commits[-1][1])
    assert [past["id"] for past in journal["history"]] == [first.id]


def test_what_was_claimed_once_stays_claimed_in_later_runs() -> None:
    world, fork = World(), Thing("fork")
    world.run({"docs": [fork]}, digest="d1")

    second = world.run({"docs": [Thing("domain")]}, digest="d2")

    assert {item.name for item in second.apps[0].resources} == {"fork", "domain"}


def test_an_optional_step_shows_only_when_it_has_something_to_do() -> None:
    world = World()
    clean = Thing("tidy", made=1, optional=True)
    dirty = Thing("tidy", optional=True)

    without = world.run({"docs": [Thing("fork"), clean]}, digest="d1")
    with_it = world.run({"docs": [Thing("fork"), dirty]}, digest="d2")

    assert [step.action for step in without.apps[0].steps] == ["fork"]
    assert [step.action for step in with_it.apps[0].steps] == ["fork", "tidy"]


def test_a_hub_that_another_worker_holds_is_left_alone() -> None:
    world, fork = World(alive={"first"}), Thing("fork", perform=die)
    with pytest.raises(Killed):
        world.run({"docs": [fork]}, worker="first")

    with pytest.raises(Busy):
        world.run({"docs": [Thing("fork")]}, worker="second")


def test_a_hub_whose_worker_has_surely_died_is_taken_over_at_once() -> None:
    world = World()
    with pytest.raises(Killed):
        world.run({"docs": [Thing("fork", perform=die)]}, worker="first")

    assert world.run({"docs": [Thing("fork")]}, worker="second").state is RunState.COMPLETED


def test_a_lease_that_has_run_out_is_taken_over() -> None:
    world = World(alive={"first"})
    with pytest.raises(Killed):
        world.run({"docs": [Thing("fork", perform=die)]}, worker="first")
    world.clock.advance(16 * 60)

    assert world.run({"docs": [Thing("fork")]}, worker="second").state is RunState.COMPLETED


def test_a_journal_that_somebody_else_wrote_meanwhile_is_never_overwritten() -> None:
    world = World()

    def another_writes(_: Assessment) -> str | None:
        path, content = world.store.commits[-1]
        world.store.commits.append((path, content.replace(b"Nairobi", b"Other")))
        return None

    with pytest.raises(Busy):
        world.run({"docs": [Thing("fork", perform=another_writes)]})

    assert b"Other" in world.store.commits[-1][1]


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


def raising(error: Exception) -> Callable[[Thing], Assessment]:
    """A look that fails the first time only."""
    errors = [error]

    def look(thing: Thing) -> Assessment:
        if errors:
            raise errors.pop()
        thing.seen_as = None
        return thing.step().assess(frozenset(), None)

    return look


def test_a_journal_that_cannot_be_written_lets_nothing_begin_and_says_so() -> None:
    world, fork = World(), Thing("fork")

    def refuse() -> None:
        raise RemoteError("no", service="GitHub", effect=Effect.NONE, status=403)

    world.store.before_write = refuse

    with pytest.raises(RemoteError) as raised:
        world.run({"docs": [fork]})
    assert "Nothing was begun" in raised.value.message
    assert fork.made == 0


def test_a_last_record_that_cannot_be_written_is_told_and_the_work_stays_done() -> None:
    world, fork = World(), Thing("fork")

    def refuse_the_last() -> None:
        if fork.made:
            raise RemoteError("no", service="GitHub", effect=Effect.NONE, status=403)

    world.store.before_write = refuse_the_last

    with pytest.raises(NotRecorded) as raised:
        world.run({"docs": [fork]})
    assert "what could be done was done" in raised.value.message


def test_the_first_run_records_whose_the_hub_is_by_number() -> None:
    world = World(account_id={"amina-k": 7}.get)
    world.run({"docs": [Thing("fork")]})

    recorded = json.loads(world.written)["maintainers"]

    assert recorded == [{"login": "amina-k", "id": 7}]


def test_a_checkpoint_that_is_refused_is_no_bug_and_costs_nothing_but_itself(
    caplog: pytest.LogCaptureFixture,
) -> None:
    world = World()
    writes: list[int] = []

    def second_is_refused() -> None:
        writes.append(1)
        if len(writes) == 2:
            raise RemoteError("too busy", service="GitHub", effect=Effect.NONE, status=403)

    def slow(_: Assessment) -> str | None:
        world.clock.advance(600)
        slow_one.made += 1
        return None

    slow_one = Thing("fork", perform=slow)
    world.store.before_write = second_is_refused

    run = world.run({"docs": [slow_one, Thing("project")]})

    assert (run.state, len(writes)) == (RunState.COMPLETED, 3)
    assert "a checkpoint was not written: too busy" in caplog.text
