"""How a run's record begins and ends: what it keeps, and what wakes it."""

from datetime import UTC, datetime, timedelta

from provisioner.engine.endings import woken_to_tell
from provisioner.engine.planner import AppAssessment
from provisioner.engine.run_record import concluded, opened
from provisioner.engine.step import Assessment
from provisioner.engine.tasks import AppTask, HubTask
from provisioner.models.dns import DnsEntry
from provisioner.models.plan import Verdict
from provisioner.models.run import AppRecord, Run, RunState, StepRecord, StepState

NOW = datetime(2026, 1, 1, tzinfo=UTC)
HOUR = timedelta(hours=1)
ENTRY = DnsEntry(type="CNAME", name="docs.example.org", value="host.example")


def run(*apps: AppRecord, **fields: object) -> Run:
    return Run(
        id="r1",
        hub="nairobi",
        title="Nairobi",
        state=RunState.RUNNING,
        digest="d1",
        started_at=NOW,
        apps=apps,
    ).model_copy(update=fields)


def app(*steps: StepRecord, id: str = "docs") -> AppRecord:
    return AppRecord(id=id, app="docs-site", dns=(ENTRY,), steps=steps)


def step(action: str, state: StepState, wake_in: timedelta | None = None) -> StepRecord:
    wake_at = None if wake_in is None else NOW + wake_in
    return StepRecord(action=action, state=state, wake_at=wake_at)


def test_only_the_step_at_which_an_app_stands_wakes_it() -> None:
    """An older journal may hold a wake time of a later step that has passed."""
    stands = step("fork-repository", StepState.FAILED)
    stale = step("verify-dns", StepState.WAITING, -HOUR)

    assert concluded(run(app(stands, stale)), NOW).wake_at is None


def test_the_app_that_wakes_first_wakes_the_run() -> None:
    one = app(step("verify-dns", StepState.WAITING, 2 * HOUR))
    other = app(
        step("fork-repository", StepState.PENDING), step("p", StepState.FAILED, HOUR), id="b"
    )

    seen = concluded(run(one, other), NOW)

    assert (seen.state, seen.wake_at) == (RunState.FAILED, NOW + HOUR)


def task(digest: str) -> HubTask:
    return HubTask("nairobi", "Nairobi", digest, (AppTask("docs", "docs-site", "Docs", ()),))


def test_entries_of_a_former_file_are_asked_of_nobody() -> None:
    before = run(app(), state=RunState.WAITING)
    plans = {"docs": AppAssessment((), (Assessment(Verdict.BLOCKED),))}

    resumed = opened(task("d1"), before, plans, "r2", NOW)
    changed = opened(task("d2"), before, plans, "r2", NOW)

    assert (resumed.apps[0].dns, changed.apps[0].dns) == ((ENTRY,), ())


def test_entries_that_the_plan_has_seen_are_shown_at_once() -> None:
    plans = {"docs": AppAssessment((), (Assessment(Verdict.KEEP, dns=(ENTRY,)),))}

    assert opened(task("d2"), None, plans, "r1", NOW).apps[0].dns == (ENTRY,)


def test_where_people_could_not_be_told_a_run_is_woken_more_and_more_rarely_and_then_no_more() -> (
    None
):
    waits = [woken_to_tell(run(untold=times), NOW).wake_at for times in (0, 1, 2, 7, 11, 12)]

    assert waits == [
        None,
        NOW + timedelta(minutes=10),
        NOW + timedelta(minutes=20),
        NOW + 6 * HOUR,
        NOW + 6 * HOUR,
        None,
    ]


def test_what_wakes_it_anyway_comes_first() -> None:
    woken = run(untold=1, wake_at=NOW + 9 * HOUR)

    assert woken_to_tell(woken, NOW) == woken
