"""A hub's run: what it writes, what it skips, how it goes on."""

import json
import random
from collections.abc import Callable
from datetime import timedelta

import pytest

from provisioner.engine.run_record import Origin
from provisioner.engine.step import Assessment, moving
from provisioner.errors import FatalError, ProvisionerError, UnusableFile
from provisioner.models.plan import Verdict
from provisioner.models.run import RunState
from tests.unit.engine.given import THERE
from tests.unit.engine.world import MemoryStore, Thing, World, waits_for_dns

DONE = RunState.COMPLETED


def test_a_second_run_with_nothing_to_do_writes_nothing() -> None:
    world, fork = World(), Thing("fork")
    first = world.run({"docs": [fork]})
    commits = len(world.store.commits)

    again = world.run({"docs": [fork]})

    assert again == first
    assert len(world.store.commits) == commits
    assert fork.made == 1


def test_what_is_to_be_changed_is_looked_at_for_the_plan_and_after_the_change() -> None:
    world, fork = World(), Thing("fork")

    world.run({"docs": [fork]})

    assert fork.looks == 2


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


def test_a_run_has_a_name_of_its_hub_its_moment_and_chance() -> None:
    drawn = random.Random(2).randrange(16**6)

    assert World().run({"docs": [Thing("fork")]}).id == f"nairobi-20260101T000000-{drawn:06x}"


def test_where_it_came_from_is_asked_only_when_there_is_something_to_write() -> None:
    world, fork = World(), Thing("fork")
    world.run({"docs": [fork]})

    world.run({"docs": [fork]})

    assert len(world.asked) == 1


def test_a_run_that_goes_on_by_itself_keeps_the_pull_request_that_it_began_with() -> None:
    world, dns = World(), Thing("dns", seen_as=waits_for_dns)
    world.run({"docs": [dns]})

    world.origin, dns.seen_as = Origin(), lambda _: THERE
    done = world.run({"docs": [dns]})

    assert (done.state, done.commit, done.pull_request) == (RunState.COMPLETED, "c0ffee", 7)


@pytest.mark.parametrize("remembers", [True, False])
def test_a_change_behind_what_was_waited_for_is_made_as_soon_as_that_has_come(
    remembers: bool,
) -> None:
    world, domain = World(remembers=remembers), Thing("domain")
    build = Thing("build", seen_as=waits_for_dns)
    waiting = world.run({"docs": [build, domain]})
    before = domain.made

    build.looks = 0
    build.seen_as = lambda thing: THERE if thing.looks > 2 else moving("It is being built.")
    done = world.run({"docs": [build, domain]})

    assert (waiting.state, before) == (RunState.WAITING, 0)
    assert (done.id, done.state, domain.made) == (waiting.id, RunState.COMPLETED, 1)


def test_nothing_is_written_before_a_look_whose_change_has_to_wait() -> None:
    world, domain = World(), Thing("domain")
    dns = Thing("dns", seen_as=waits_for_dns)
    world.run({"docs": [dns, domain]})
    commits = len(world.store.commits)

    world.run({"docs": [dns, domain]})

    assert len(world.store.commits) == commits


def test_a_look_at_its_wake_time_is_written_and_one_before_is_not() -> None:
    world, dns = World(), Thing("dns", seen_as=waits_for_dns)
    world.run({"docs": [dns]})
    commits, heard = len(world.store.commits), len(world.heard)

    world.clock.advance(599)
    world.run({"docs": [dns]})
    early = len(world.store.commits)
    world.clock.advance(1)
    again = world.run({"docs": [dns]})

    assert (early, len(world.store.commits)) == (commits, commits + 1)
    assert again.apps[0].steps[0].attempts == 2
    assert len(world.heard) == heard + 2, "people hear of both"


class Misread(MemoryStore):
    """The read of that number is answered with something else."""

    number: int = 0
    answer: Callable[[], tuple[bytes, str]]

    def read(self, path: str) -> tuple[bytes, str] | None:
        self.number -= 1
        return self.answer() if self.number == 0 else super().read(path)


def waited() -> tuple[World, Misread, Thing]:
    """A hub that waited for what has come by now; the second read from now on goes wrong."""
    store, dns = Misread(), Thing("dns", seen_as=waits_for_dns)
    world = World(store=store, facts=lambda run: run.model_copy(update={"untold": 0}))
    world.run({"docs": [dns]})
    dns.seen_as = lambda _: THERE
    world.heard.clear()
    store.number = 2
    return world, store, dns


def test_an_end_that_nobody_heard_of_because_an_old_journal_was_read_is_told_later() -> None:
    world, store, dns = waited()
    store.answer = lambda: (b"older", "older")

    first = world.run({"docs": [dns]})
    silent = not world.heard
    again = world.run({"docs": [dns]})

    assert (first.state, first.untold, first.wake_at is None, silent) == (DONE, 1, False, True)
    assert (len(world.heard), again.untold, again.wake_at) == (1, 0, None)


def test_an_end_is_neither_told_nor_written_while_the_journal_is_not_to_be_read() -> None:
    world, store, dns = waited()
    store.answer, commits = _no_file, len(store.commits)

    with pytest.raises(ProvisionerError, match="no plain file"):
        world.run({"docs": [dns]})
    silent = not world.heard
    again = world.run({"docs": [dns]})

    assert silent
    assert (again.state, len(world.heard), len(store.commits)) == (DONE, 1, commits + 1)


def _no_file() -> tuple[bytes, str]:
    raise UnusableFile("there is no plain file in its place")
