"""A hub's run: what it writes, what it skips, how it goes on."""

import json
from collections.abc import Callable
from datetime import timedelta

from provisioner.engine.step import Assessment
from provisioner.errors import FatalError
from provisioner.models.plan import Verdict
from provisioner.models.run import RunState
from tests.unit.engine.world import Thing, World, lost_answer, waits_for_dns


class Killed(BaseException):
    """The process dies."""


def die(_: Assessment) -> str | None:
    raise Killed


def made_but_the_answer_is_lost(thing: Thing) -> Callable[[Assessment], str | None]:
    def perform(_: Assessment) -> str | None:
        thing.made += 1
        raise lost_answer()

    return perform


def test_a_second_run_with_nothing_to_do_writes_nothing() -> None:
    world, fork = World(), Thing("fork")
    first = world.run({"docs": [fork]})
    commits = len(world.store.commits)

    again = world.run({"docs": [fork]})

    assert again == first
    assert len(world.store.commits) == commits
    assert fork.made == 1


def test_one_failed_app_does_not_stop_another() -> None:
    world = World()
    broken = Thing("broken", script=[FatalError("no", "fix")])
    run = world.run({"docs": [broken], "bot": [Thing("fork")]})

    assert [app.state for app in run.apps] == [RunState.FAILED, RunState.COMPLETED]
    assert run.state is RunState.FAILED


def test_a_failed_run_goes_on_where_it_stopped() -> None:
    world = World()
    fork, project = Thing("fork"), Thing("project", script=[FatalError("no", "fix")])
    failed = world.run({"docs": [fork, project]})

    resumed = world.run({"docs": [fork, project]})

    assert resumed.id == failed.id
    assert resumed.state is RunState.COMPLETED
    assert (fork.made, project.made) == (1, 1)


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


def raising(error: Exception) -> Callable[[Thing], Assessment]:
    """A look that fails the first time only."""
    errors = [error]

    def look(thing: Thing) -> Assessment:
        if errors:
            raise errors.pop()
        thing.seen_as = None
        return thing.step().assess(frozenset(), None)

    return look


def test_the_first_run_records_whose_the_hub_is_by_number() -> None:
    world = World(account_id={"amina-k": 7}.get)
    world.run({"docs": [Thing("fork")]})

    recorded = json.loads(world.written)["maintainers"]

    assert recorded == [{"login": "amina-k", "id": 7}]
