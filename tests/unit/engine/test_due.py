"""Which hubs are due: by the file, the wake time, a lease that ran out, or their turn."""

from datetime import UTC, datetime, timedelta

import pytest

from provisioner.engine.due import DAY, WEEK, WINDOW, is_change, why_due
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


@pytest.mark.parametrize("hub", [f"hub-{number}" for number in range(9)])
def test_every_hub_has_its_turn_on_the_sixtieth_day_and_then_on_one_of_seven(hub: str) -> None:
    asleep, hour = journal(hub=hub), timedelta(hours=1)

    assert turns(asleep, timedelta(days=59), 24 * hour) == 2
    assert turns(asleep, timedelta(days=60), 10 * 7 * 24 * hour) == 10 * 2
    assert turns(asleep, timedelta(days=60), 7 * 24 * hour) == 2


def test_a_hubs_turn_comes_each_day_at_the_same_time_and_lasts_an_hour() -> None:
    minutes = [START + timedelta(days=25, minutes=minute) for minute in range(2 * 24 * 60)]
    turn = [moment for moment in minutes if why_due("d1", journal(), moment)]

    first, second = turn[:60], turn[60:]
    assert first[-1] - first[0] == timedelta(minutes=59)
    assert second == [moment + DAY for moment in first]


def test_hubs_have_their_turns_at_different_times() -> None:
    hubs = [journal(hub=f"hub-{number}") for number in range(48)]
    day = [START + timedelta(days=30) + TICK * number for number in range(48)]

    at_once = [sum(bool(why_due("d1", hub, moment)) for hub in hubs) for moment in day]

    assert sum(at_once) == 48 * (WINDOW // TICK)
    assert max(at_once) <= 12


def test_in_each_hour_of_the_day_some_hub_has_its_turn() -> None:
    hubs = [journal(hub=f"hub-{number}") for number in range(200)]
    hours = [START + timedelta(days=30, hours=hour) for hour in range(24)]

    assert all(any(why_due("d1", hub, hour) for hub in hubs) for hour in hours)


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


@pytest.mark.parametrize("retiring", [True, False])
def test_a_file_that_went_is_a_change_until_the_hub_is_leaving(retiring: bool) -> None:
    assert is_change(None, journal(retiring=retiring)) is not retiring


@pytest.mark.parametrize(("digest", "change"), [("d1", False), ("d2", True)])
def test_a_file_that_differs_from_what_was_begun_last_is_a_change(
    digest: str, change: bool
) -> None:
    assert is_change(digest, journal()) is change


@pytest.mark.parametrize(("digest", "change"), [("d1", True), (None, False)])
def test_a_file_that_came_is_a_change(digest: str | None, change: bool) -> None:
    assert is_change(digest, None) is change


def test_a_hub_that_is_leaving_is_due_for_no_file() -> None:
    assert why_due(None, journal(retiring=True), START) == ""


@pytest.mark.parametrize("state", [RunState.QUEUED, RunState.RUNNING])
def test_a_run_in_hand_is_nobody_elses_and_one_that_nobody_holds_broke_off(
    state: RunState,
) -> None:
    held = Lease(holder="other", expires_at=START + timedelta(minutes=1))

    assert why_due("d1", journal(state, lease=held), START) == ""
    assert why_due("d1", journal(state), START) == "its run broke off"


def test_what_was_looked_at_less_often_than_for_weeks_has_no_turn() -> None:
    step = WAITS.steps[0].model_copy(update={"attempts": 79})
    early = WAITS.model_copy(update={"steps": (step,)})

    assert turns(journal(apps=(early,)), timedelta(days=25), DAY) == 0
