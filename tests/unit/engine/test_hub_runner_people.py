"""Who hears of a hub's run, who is told that it takes over, and whose the hub is."""

import json
from datetime import timedelta

import pytest

from provisioner.engine.lease import DURATION
from provisioner.engine.retry import RetryPolicy
from provisioner.engine.step import Assessment
from provisioner.errors import Effect, FatalError, RemoteError
from provisioner.models.run import RunState, StepState
from tests.unit.engine.given import THERE
from tests.unit.engine.world import MemoryStore, Thing, World, waits_for_dns


def test_the_first_run_records_whose_the_hub_is_by_number() -> None:
    world = World(account_id={"amina-k": 7}.get)
    world.run({"docs": [Thing("fork")]})

    recorded = json.loads(world.written)["maintainers"]

    assert recorded == [{"login": "amina-k", "id": 7}]


def test_people_hear_of_a_run_before_anything_is_changed_and_of_its_end() -> None:
    world = World()

    done = world.run({"docs": [Thing("fork")]})

    assert world.heard[0].state is RunState.RUNNING
    assert world.heard[0].apps[0].steps[0].state is StepState.PENDING
    assert world.heard[-1] == done


def test_listeners_hear_of_what_is_unchanged_too() -> None:
    world, fork = World(), Thing("fork")
    done = world.run({"docs": [fork]})
    heard = len(world.heard)

    world.run({"docs": [fork]})

    assert world.heard[heard:] == [done]


@pytest.mark.parametrize(
    ("took", "told"), [(DURATION - timedelta(seconds=1), 1), (DURATION, 0)], ids=["soon", "late"]
)
def test_who_looked_for_so_long_that_another_went_on_says_nothing(
    took: timedelta, told: int
) -> None:
    world, fork = World(), Thing("fork")
    world.run({"docs": [fork]})

    def looks_long(_thing: Thing) -> Assessment:
        world.clock.advance(took.total_seconds())
        World(clock=world.clock, store=world.store).run({"docs": [Thing("fork", 1)]}, "d2")
        return THERE

    fork.seen_as, heard = looks_long, len(world.heard)
    world.run({"docs": [fork]})

    assert len(world.heard) - heard == told


def test_who_looked_for_long_says_it_where_nobody_went_on() -> None:
    world, fork = World(), Thing("fork")
    world.run({"docs": [fork]})

    def looks_long(_thing: Thing) -> Assessment:
        world.clock.advance(DURATION.total_seconds())
        return THERE

    fork.seen_as, heard = looks_long, len(world.heard)
    world.run({"docs": [fork]})

    assert len(world.heard) - heard == 1


class Refuses:
    """The journal refuses so many writes, as soon as it is told to."""

    def __init__(self, store: MemoryStore, times: int) -> None:
        self.left = times
        store.before_write = self

    def __call__(self) -> None:
        if self.left > 0:
            self.left -= 1
            raise RemoteError("away", service="GitHub", effect=Effect.NONE, status=503)


def test_where_people_could_not_be_told_of_the_end_a_later_run_tells_them() -> None:
    world, fork = World(), Thing("fork")

    def hangs(_look: Assessment) -> None:
        world.clock.advance(DURATION.total_seconds())
        Refuses(world.store, 2 * RetryPolicy().attempts)
        fork.made = 1

    fork.perform = hangs
    done = world.run({"docs": [fork]})

    assert (done.state, done.untold) == (RunState.COMPLETED, 1)
    assert done.wake_at == world.clock.now() + timedelta(minutes=10)
    assert world.heard[-1].state is RunState.RUNNING

    world.facts = lambda run: run.model_copy(update={"untold": 0})
    told = world.run({"docs": [fork]})

    assert (told.untold, told.wake_at, world.heard[-1].id) == (0, None, done.id)
    assert json.loads(world.written)["run"]["untold"] == 0


def test_what_listeners_have_learnt_is_written_with_the_first_word_and_the_last() -> None:
    world = World(facts=lambda run: run.model_copy(update={"comment": (run.comment or 0) + 1}))

    done = world.run({"docs": [Thing("fork")]})

    assert done.comment == 2
    assert [json.loads(text)["run"]["comment"] for _, text in world.store.commits] == [1, 2]


def test_a_run_that_takes_over_from_an_unfinished_one_says_so_first() -> None:
    world, dns = World(), Thing("dns", seen_as=waits_for_dns)
    first = world.run({"docs": [dns]}, digest="d1")
    second = world.run({"docs": [Thing("fork")]}, digest="d2")
    third = world.run({"docs": [dns]}, digest="d3")
    fourth = world.run({"docs": [dns]}, digest="d4")

    old = [(run.id, run.state) for run, _ in world.superseded]
    new = [run.id for _, run in world.superseded]

    assert old == [(first.id, RunState.SUPERSEDED), (third.id, RunState.SUPERSEDED)]
    assert new == [second.id, fourth.id], "nobody takes over from what is complete"


def test_nobody_takes_over_where_the_same_run_goes_on() -> None:
    world = World()
    world.run({"docs": [Thing("fork", script=[FatalError("no")])]})

    world.run({"docs": [Thing("fork")]})

    assert world.superseded == []


def test_maintainers_who_came_or_went_are_recorded_although_nothing_else_has_changed() -> None:
    world, fork = World(), Thing("fork")
    world.run({"docs": [fork]})

    world.maintainers = ("amina-k", "wanjiru")
    world.run({"docs": [fork]})

    assert [person["login"] for person in json.loads(world.written)["maintainers"]] == [
        "amina-k",
        "wanjiru",
    ]


def test_so_they_are_while_something_waits() -> None:
    world, dns = World(), Thing("dns", seen_as=waits_for_dns)
    world.run({"docs": [dns]})

    world.maintainers = ("wanjiru",)
    world.run({"docs": [dns]})

    assert [person["login"] for person in json.loads(world.written)["maintainers"]] == ["wanjiru"]


def test_where_the_file_is_gone_those_of_before_stay() -> None:
    world, fork = World(), Thing("fork")
    world.run({"docs": [fork]})
    commits = len(world.store.commits)

    world.maintainers = None
    world.run({"docs": [fork]})
    same = len(world.store.commits)
    world.run({"docs": [fork]}, digest="d2")

    assert same == commits
    assert [person["login"] for person in json.loads(world.written)["maintainers"]] == ["amina-k"]


def test_an_account_that_cannot_be_looked_up_stops_no_run(
    caplog: pytest.LogCaptureFixture,
) -> None:
    def away(_login: str) -> int | None:
        raise FatalError("GitHub is away")

    done = World(account_id=away).run({"docs": [Thing("fork")]})

    assert done.state is RunState.COMPLETED
    assert "the account amina-k was not looked up: GitHub is away" in caplog.text
