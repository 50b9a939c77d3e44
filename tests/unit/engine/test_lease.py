"""How long another worker is believed to be at work: never longer than a worker can have said."""

from datetime import timedelta

import pytest

from provisioner.clock import ManualClock
from provisioner.engine.due import why_due
from provisioner.engine.journal_file import understood
from provisioner.engine.lease import DURATION, SKEW, Busy, Worker, is_held
from provisioner.models.journal import HubJournal, Lease
from provisioner.models.run import RunState
from tests.unit.engine.hostile import good

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
