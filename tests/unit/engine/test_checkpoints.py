"""What is written when: before the first change, on the way, and at the end."""

import json

import pytest

from provisioner.engine.checkpoints import NotRecorded
from provisioner.engine.lease import Busy
from provisioner.engine.step import Assessment
from provisioner.errors import Effect, RemoteError
from provisioner.models.run import RunState
from tests.unit.engine.world import Thing, World


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
