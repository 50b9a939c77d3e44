"""How long another worker is believed to be at work: never longer than a worker can have said."""

from datetime import timedelta

import pytest

from provisioner.clock import ManualClock
from provisioner.engine.due import why_due
from provisioner.engine.journal_file import understood
from provisioner.engine.lease import DURATION, SKEW, Busy, Worker, is_held
from provisioner.engine.step import Assessment
from provisioner.models.journal import HubJournal, Lease
from provisioner.models.run import RunState
from tests.unit.engine.hostile import good
from tests.unit.engine.world import Thing, World


class Killed(BaseException):
    """The process dies."""


def die(_: Assessment) -> str | None:
    raise Killed


NOW = ManualClock().now()


def running(ends_in: timedelta) -> HubJournal:
    journal = understood(good(), "nairobi")
    run = journal.run.model_copy(update={"state": RunState.RUNNING, "digest": "d1"})
    lease = Lease(holder="another", expires_at=NOW + ends_in)
    return journal.model_copy(update={"run": run, "lease": lease})


@pytest.mark.parametrize("ends_in", [timedelta(seconds=1), DURATION, DURATION + SKEW])
def test_a_lease_that_a_worker_can_have_taken_is_respected(ends_in: timedelta) -> None:
    journal = running(ends_in)

    assert is_held(journal.lease, NOW)
    assert why_due("d1", journal, NOW) == ""
    with pytest.raises(Busy):
        Worker("me", lambda _holder: False).respect(journal, NOW)


@pytest.mark.parametrize(
    "ends_in",
    [timedelta(), -timedelta(days=1), DURATION + SKEW + timedelta(seconds=1), timedelta(days=9000)],
)
def test_one_that_has_ended_or_ends_later_than_any_worker_says_is_not(ends_in: timedelta) -> None:
    journal = running(ends_in)

    assert not is_held(journal.lease, NOW)
    assert why_due("d1", journal, NOW) == "its run broke off"
    Worker("me", lambda _holder: False).respect(journal, NOW)


def test_every_worker_respects_the_lease_of_every_other() -> None:
    lease = Worker("first", lambda _holder: False).lease(NOW)

    assert is_held(lease, NOW)


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
