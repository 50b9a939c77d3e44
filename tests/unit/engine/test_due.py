"""Which hubs are due: by the file, the wake time, a lease that ran out, or their turn."""

from datetime import UTC, datetime, timedelta

import pytest

from provisioner.engine.due import DAY, WEEK, WINDOW, why_due
from provisioner.models.journal import HubJournal, Lease
from provisioner.models.run import AppRecord, Run, RunState, StepRecord, StepState

START = datetime(2026, 1, 1, tzinfo=UTC)
TICK = timedelta(minutes=30)
WAITS = AppRecord(
    id="docs",
    app="docs-site",
    steps=(StepRecord(action="verify-dns", state=StepState.WAITING, attempts=80),),
)
FAILED = AppRecord(
    id="bot", app="telegram-bot", steps=(StepRecord(action="deploy", state=StepState.FAILED),)
)


def journal(
    state: RunState = RunState.WAITING,
    apps: tuple[AppRecord, ...] = (WAITS,),
    hub: str = "nairobi",
    lease: Lease | None = None,
    wake_at: datetime | None = None,
    retiring: bool = False,
) -> HubJournal:
    run = Run(
        id="r1",
        hub=hub,
        title="Nairobi",
        state=state,
        digest="d1",
        started_at=START,
        apps=apps,
        wake_at=wake_at,
        retiring=retiring,
    )
    return HubJournal(hub=hub, run=run, lease=lease)


def turns(journal: HubJournal, since: timedelta, time: timedelta) -> int:
    """At how many ticks of the schedule the hub is due."""
    moments = (START + since + TICK * number for number in range(time // TICK))
    return sum(bool(why_due("d1", journal, moment)) for moment in moments)


def test_a_hub_is_due_from_its_wake_time_on() -> None:
    asleep = journal(wake_at=START)

    assert why_due("d1", asleep, START - timedelta(seconds=1)) == ""
    assert why_due("d1", asleep, START) == "its time to look again has come"


def test_a_run_that_broke_off_is_due_when_its_lease_is_over() -> None:
    lease = Lease(holder="other", expires_at=START)
    broken = journal(RunState.RUNNING, lease=lease)

    assert why_due("d1", broken, START - timedelta(seconds=1)) == ""
    assert why_due("d1", broken, START) == "its run broke off"


def test_a_hub_is_due_when_its_file_came_changed_or_went() -> None:
    assert why_due("d1", None, START) == "new"
    assert why_due("d2", journal(), START) == "its file or the catalog changed"
    assert why_due(None, journal(), START) == "its file was removed"
    assert why_due(None, None, START) == ""


def test_what_waits_for_weeks_has_its_turn_once_a_day_and_later_once_a_week() -> None:
    assert turns(journal(), timedelta(days=25), 10 * DAY) == 10 * (WINDOW // TICK)
    assert turns(journal(), timedelta(days=60), 10 * WEEK) == 10 * (WINDOW // TICK)


def test_the_days_end_sixty_days_after_the_run_began() -> None:
    assert turns(journal(), timedelta(days=59), DAY) == WINDOW // TICK
    assert turns(journal(), timedelta(days=60), WEEK) == WINDOW // TICK


def test_hubs_have_their_turns_at_different_times() -> None:
    hubs = [journal(hub=f"hub-{number}") for number in range(48)]
    day = [START + timedelta(days=30) + TICK * number for number in range(48)]

    at_once = [sum(bool(why_due("d1", hub, moment)) for hub in hubs) for moment in day]

    assert sum(at_once) == 48 * (WINDOW // TICK)
    assert max(at_once) <= 12


@pytest.mark.parametrize("state", [RunState.COMPLETED, RunState.CANCELLED, RunState.SUPERSEDED])
def test_what_is_done_or_given_up_has_no_turn(state: RunState) -> None:
    assert turns(journal(state), timedelta(days=25), 10 * DAY) == 0


def test_what_failed_for_good_has_no_turn_but_what_waits_beside_it_has() -> None:
    assert turns(journal(RunState.FAILED, (FAILED,)), timedelta(days=25), DAY) == 0
    assert turns(journal(RunState.FAILED, (FAILED, WAITS)), timedelta(days=25), DAY) > 0


def test_who_has_a_wake_time_needs_no_turn() -> None:
    asleep = journal(wake_at=START + timedelta(days=100))

    assert turns(asleep, timedelta(days=25), 10 * DAY) == 0


def test_what_only_waits_until_its_place_is_taken_has_no_turn_of_its_own() -> None:
    step = WAITS.steps[0].model_copy(update={"attempts": 0})
    held = WAITS.model_copy(update={"steps": (step,), "retiring": True})

    assert turns(journal(RunState.FAILED, (FAILED, held)), timedelta(days=25), 10 * DAY) == 0
