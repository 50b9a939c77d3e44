"""What is written when: before the first change, on the way, and at the end."""

import json
import random
from datetime import datetime, timedelta
from typing import Any

import pytest

from provisioner.clock import ManualClock
from provisioner.engine.checkpoints import Checkpoints, LeaseLost, NotRecorded
from provisioner.engine.journal import Journal, LostRace
from provisioner.engine.lease import DURATION, SKEW, Busy, Worker
from provisioner.engine.retry import Retrier, RetryPolicy
from provisioner.engine.step import Assessment
from provisioner.errors import Effect, RemoteError
from provisioner.models.run import RunState
from tests.unit.engine.given import NOW, run_of
from tests.unit.engine.world import MemoryStore, Thing, World

RUNNING = run_of()
DONE = run_of(state=RunState.COMPLETED)


def refused() -> RemoteError:
    return RemoteError("no", service="GitHub", effect=Effect.NONE, status=403)


class Desk:
    """One run's checkpoints, beside a journal in memory."""

    def __init__(self, owners: dict[str, object] | None = None) -> None:
        self.clock, self.store = ManualClock(NOW), MemoryStore()
        retrier = Retrier(RetryPolicy(attempts=1), self.clock, random.Random(1))
        self.journal = Journal(self.store, retrier)
        worker = Worker("me", lambda _holder: False)
        entry = self.journal.read("nairobi")
        self.checkpoints = Checkpoints(self.journal, entry, self.clock, worker, owners)

    def breaks(self, error: Exception | None) -> None:
        def before_write() -> None:
            if error is not None:
                raise error

        self.store.before_write = before_write

    def another_writes(self) -> None:
        path, content = self.store.commits[-1]
        self.store.commits.append((path, content.replace(b"Nairobi", b"Other")))

    def writes(self, seconds: int) -> list[int]:
        """In which of so many seconds the run, told each second, is written."""
        found = []
        for second in range(seconds):
            before = len(self.store.commits)
            self.checkpoints(RUNNING)
            found += [second] * (len(self.store.commits) - before)
            self.clock.advance(1)
        return found

    @property
    def written(self) -> Any:
        return json.loads(self.store.commits[-1][1])


def test_a_run_is_written_as_it_begins_and_then_at_intervals_that_grow_to_eight_minutes() -> None:
    desk = Desk()

    desk.checkpoints.begin(RUNNING)

    assert len(desk.store.commits) == 1
    assert desk.writes(1_600) == [30, 150, 630, 1_110, 1_590]


def test_only_a_run_that_is_at_work_is_written_on_the_way() -> None:
    desk = Desk()

    desk.checkpoints(DONE)

    assert desk.store.commits == []


def test_each_word_on_the_way_keeps_the_hub_for_a_quarter_of_an_hour_and_the_last_frees_it() -> (
    None
):
    desk = Desk()

    desk.checkpoints.begin(RUNNING)
    begun = desk.written["lease"]
    desk.clock.advance(30)
    desk.checkpoints(RUNNING)
    on_the_way = desk.written["lease"]
    desk.checkpoints.end(DONE)

    assert begun["holder"] == "me"
    assert datetime.fromisoformat(begun["expires_at"]) == NOW + timedelta(minutes=15)
    assert datetime.fromisoformat(on_the_way["expires_at"]) == NOW + timedelta(minutes=15.5)
    assert desk.written["lease"] is None
    assert not desk.checkpoints.holds


def test_the_hub_is_ours_until_a_clock_that_is_ahead_may_say_otherwise() -> None:
    desk = Desk()
    assert not desk.checkpoints.holds, "nothing is written yet"
    desk.checkpoints.begin(RUNNING)

    desk.clock.advance((DURATION - SKEW).total_seconds() - 1)
    assert desk.checkpoints.holds
    desk.clock.advance(1)
    assert not desk.checkpoints.holds


def test_a_lease_that_has_run_out_is_renewed_when_it_is_needed() -> None:
    desk = Desk()
    desk.checkpoints.begin(RUNNING)
    desk.checkpoints(RUNNING)
    desk.checkpoints.hold()
    assert len(desk.store.commits) == 1, "a fresh one needs nothing"

    desk.clock.advance(DURATION.total_seconds())
    desk.checkpoints.hold()

    assert len(desk.store.commits) == 2
    assert desk.checkpoints.holds
    assert desk.written["lease"]["holder"] == "me"


def test_a_run_of_which_nothing_was_told_yet_needs_no_renewal() -> None:
    desk = Desk()

    desk.checkpoints.hold()

    assert desk.store.commits == []


def test_a_hub_that_another_has_taken_over_stays_lost() -> None:
    desk = Desk()
    desk.checkpoints.begin(RUNNING)
    desk.another_writes()
    desk.clock.advance(30)
    with pytest.raises(LeaseLost, match="another run wrote the journal"):
        desk.checkpoints(RUNNING)

    assert not desk.checkpoints.holds
    with pytest.raises(LeaseLost):
        desk.checkpoints(DONE)
    with pytest.raises(LeaseLost):
        desk.checkpoints.hold()


def test_a_loss_is_found_out_before_a_change_where_the_lease_has_run_out() -> None:
    desk = Desk()
    desk.checkpoints.begin(RUNNING)
    desk.checkpoints(RUNNING)
    desk.another_writes()
    desk.clock.advance(DURATION.total_seconds())

    with pytest.raises(LeaseLost):
        desk.checkpoints.hold()


def test_a_lease_that_cannot_be_renewed_lets_no_change_begin() -> None:
    desk = Desk()
    desk.checkpoints.begin(RUNNING)
    desk.checkpoints(RUNNING)
    desk.clock.advance(DURATION.total_seconds())
    desk.breaks(refused())

    with pytest.raises(RemoteError):
        desk.checkpoints.hold()


def test_a_bug_on_the_way_is_told_and_stops_nothing(caplog: pytest.LogCaptureFixture) -> None:
    desk = Desk()
    desk.breaks(KeyError("secret"))

    desk.checkpoints(RUNNING)

    assert "a checkpoint was not written: This is a bug" in caplog.text
    assert "secret" not in caplog.text


def test_a_last_word_is_somebody_elses_where_the_hub_is() -> None:
    desk = Desk()
    desk.checkpoints.begin(RUNNING)
    desk.another_writes()

    with pytest.raises(LostRace):
        desk.checkpoints.end(DONE)


def test_a_last_word_that_is_refused_says_what_is_missing() -> None:
    desk = Desk()
    desk.breaks(refused())

    with pytest.raises(NotRecorded) as raised:
        desk.checkpoints.end(DONE)

    assert raised.value.message.endswith("the journal could not be written: no")
    assert "looks at the world first" in raised.value.hint


def test_whose_the_hub_is_stands_in_each_word_where_it_is_known() -> None:
    owners: dict[str, object] = {"seals_since": NOW}

    known, unknown = Desk(owners), Desk()
    known.checkpoints.begin(RUNNING)
    unknown.checkpoints.begin(RUNNING)

    assert known.written["seals_since"] is not None
    assert unknown.written["seals_since"] is None


def test_the_run_before_is_kept_in_short() -> None:
    desk = Desk()
    desk.checkpoints.begin(run_of(id="r0", state=RunState.COMPLETED))

    desk.checkpoints.end(DONE)

    assert [past["id"] for past in desk.written["history"]] == ["r0"]
    assert desk.written["run"]["id"] == "r1"


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


def test_a_journal_that_somebody_else_wrote_meanwhile_is_never_overwritten() -> None:
    world = World()

    def another_writes(_: Assessment) -> str | None:
        path, content = world.store.commits[-1]
        world.store.commits.append((path, content.replace(b"Nairobi", b"Other")))
        return None

    with pytest.raises(Busy):
        world.run({"docs": [Thing("fork", perform=another_writes)]})

    assert b"Other" in world.store.commits[-1][1]


def test_a_first_word_that_is_refused_says_that_nothing_was_begun() -> None:
    desk = Desk()
    desk.breaks(refused())

    with pytest.raises(RemoteError) as raised:
        desk.checkpoints.begin(RUNNING)

    assert raised.value.message == "no. Nothing was begun"


def test_a_last_record_that_cannot_be_written_is_told_and_the_work_stays_done() -> None:
    world, fork = World(), Thing("fork")

    def refuse_the_last() -> None:
        if fork.made:
            raise RemoteError("no", service="GitHub", effect=Effect.NONE, status=403)

    world.store.before_write = refuse_the_last

    with pytest.raises(NotRecorded) as raised:
        world.run({"docs": [fork]})
    assert "what could be done was done" in raised.value.message


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
