"""How a run's record begins and goes on: what it keeps, and when there is nothing to write."""

from datetime import timedelta

import pytest

from provisioner.engine.run_record import (
    Origin,
    agrees,
    comparable_state,
    listed_steps,
    start_run,
    was_at_work,
    with_origin,
)
from provisioner.engine.step import Assessment
from provisioner.engine.tasks import HubTask
from provisioner.models.dns import DnsEntry
from provisioner.models.plan import Verdict
from provisioner.models.run import Run, RunState, StepRecord, StepState
from tests.unit.engine.given import (
    BLOCKED,
    CREATE,
    NOW,
    THERE,
    app_record,
    app_task,
    hub_task,
    plan,
    run_of,
    step,
    step_record,
    thing,
)

HOUR = timedelta(hours=1)
ENTRY = DnsEntry(type="CNAME", name="docs.example.org", value="host.example")
OTHER_ENTRY = DnsEntry(type="A", name="docs.example.org", value="192.0.2.1")
DOCS = app_task("docs", step(action="step-0"))
WAITING = step_record(StepState.WAITING, "step-0", attempts=3, made="dpl_1", detail="Not yet.")
UNFINISHED = sorted(set(RunState) - {RunState.COMPLETED, RunState.SUPERSEDED})


def begun(before: Run | None, task: HubTask | None = None, look: Assessment = THERE) -> Run:
    task = task or hub_task(DOCS)
    return start_run(task, before, {app.id: plan(look) for app in task.apps}, "r2", NOW + HOUR)


def test_a_new_run_is_of_its_task() -> None:
    task = hub_task(DOCS, blob="b10b", retiring=True, notes=("Nothing is deleted.",))

    run = begun(None, task)

    assert (run.id, run.hub, run.title) == ("r2", "nairobi", "Nairobi")
    assert (run.state, run.digest, run.blob) == (RunState.RUNNING, "d1", "b10b")
    assert (run.started_at, run.retiring) == (NOW + HOUR, True)
    assert run.notes == ("Nothing is deleted.",)
    (app,) = run.apps
    assert (app.id, app.app, app.title, app.retiring) == ("docs", "docs-site", "Docs", False)
    assert app.steps == (StepRecord(action="step-0"),)


def test_notes_are_few_and_short() -> None:
    run = begun(None, hub_task(DOCS, notes=("x" * 10_000,) * 100))

    assert len(run.notes) == 20
    assert {len(note) for note in run.notes} == {1_000}


@pytest.mark.parametrize("state", UNFINISHED)
def test_a_run_goes_on_until_its_desired_state_is_reached(state: RunState) -> None:
    before = run_of(
        app_record("docs", WAITING), state=state, pull_request=7, ended_at=NOW, wake_at=NOW
    )

    run = begun(before)

    assert (run.id, run.started_at, run.pull_request) == ("r1", NOW, 7)
    assert (run.state, run.ended_at, run.wake_at) == (RunState.RUNNING, None, None)
    assert run.apps[0].steps == (WAITING,)


@pytest.mark.parametrize(
    "before",
    [
        run_of(app_record("docs", WAITING), state=RunState.COMPLETED),
        run_of(app_record("docs", WAITING), state=RunState.SUPERSEDED),
        run_of(app_record("docs", WAITING), state=RunState.WAITING, digest="d0"),
        run_of(app_record("docs", WAITING), state=RunState.WAITING, retiring=True),
    ],
    ids=["reached", "superseded", "another file", "it was leaving"],
)
def test_otherwise_a_new_one_begins_and_keeps_of_each_step_only_what_it_made(before: Run) -> None:
    run = begun(before)

    assert run.id == "r2"
    assert run.apps[0].steps == (StepRecord(action="step-0", made="dpl_1"),)


def test_a_step_that_a_resumed_run_gains_is_still_to_come() -> None:
    before = run_of(app_record("docs", WAITING), state=RunState.WAITING)
    task = hub_task(DOCS)

    run = start_run(task, before, {"docs": plan(THERE, CREATE)}, "r2", NOW)

    assert run.apps[0].steps == (WAITING, StepRecord(action="step-1"))


@pytest.mark.parametrize("digest", ["d1", "d2"])
def test_an_app_keeps_its_address_and_what_it_claims(digest: str) -> None:
    before = run_of(
        app_record("docs", url="https://docs.example.org", resources=(thing("old"),)),
        state=RunState.WAITING,
    )
    look = Assessment(Verdict.CREATE, resources=(thing("new"),))

    (app,) = begun(before, hub_task(DOCS, digest=digest), look).apps

    assert app.url == "https://docs.example.org"
    assert app.resources == (thing("new"), thing("old"))


def test_an_app_that_leaves_says_so() -> None:
    assert begun(None, hub_task(app_task("docs", retiring=True))).apps[0].retiring


def test_entries_of_a_former_file_are_asked_of_nobody() -> None:
    before = run_of(app_record("docs", dns=(ENTRY,)), state=RunState.WAITING)

    resumed = begun(before, hub_task(DOCS), BLOCKED)
    changed = begun(before, hub_task(DOCS, digest="d2"), BLOCKED)

    assert (resumed.apps[0].dns, changed.apps[0].dns) == ((ENTRY,), ())


def test_entries_that_the_plan_saw_last_are_shown_at_once() -> None:
    looks = [Assessment(Verdict.KEEP, dns=dns) for dns in ((ENTRY,), (), (OTHER_ENTRY,))]
    before = run_of(app_record("docs", dns=(ENTRY,)), state=RunState.WAITING)

    run = start_run(hub_task(DOCS), before, {"docs": plan(*looks, THERE)}, "r2", NOW)

    assert run.apps[0].dns == (OTHER_ENTRY,)


OPTIONAL = step(action="tidy", optional=True)
BESIDE = hub_task(others=(app_task("docs", step(action="step-0"), OPTIONAL, takes=(thing("t"),)),))
LEFT = app_record("docs", WAITING, url="https://docs.example.org", dns=(ENTRY,))


def test_an_app_that_is_not_looked_at_is_still_to_come() -> None:
    (app,) = begun(None, BESIDE).apps

    assert (app.id, app.app, app.title, app.retiring) == ("docs", "docs-site", "Docs", False)
    assert app.steps == (StepRecord(action="step-0"),)
    assert (app.url, app.dns, app.resources) == (None, (), (thing("t"),))


def test_where_the_run_goes_on_it_stays_as_it_was() -> None:
    before = run_of(LEFT, state=RunState.WAITING)

    assert begun(before, BESIDE).apps == (LEFT.model_copy(update={"resources": (thing("t"),)}),)


def test_where_a_new_run_begins_it_begins_anew_with_what_is_known_of_it() -> None:
    (app,) = begun(run_of(LEFT, state=RunState.WAITING, digest="d0"), BESIDE).apps

    assert app.steps == (StepRecord(action="step-0", made="dpl_1"),)
    assert (app.url, app.dns) == ("https://docs.example.org", ()), (
        "asked of nobody by a former file"
    )


def test_apps_of_a_run_that_goes_on_are_not_forgotten() -> None:
    wiki = app_record("wiki", WAITING)
    before = run_of(app_record("docs"), wiki, state=RunState.WAITING)

    assert begun(before).apps[1:] == (wiki,)
    assert len(begun(before, hub_task(DOCS, digest="d2")).apps) == 1, "a new run has its own"


def test_steps_that_a_run_has_listed_stay_listed_as_long_as_it_goes_on() -> None:
    bot = app_record("bot", step_record(action="register"))
    before = run_of(app_record("docs", WAITING), bot, state=RunState.WAITING)

    assert listed_steps(before, hub_task(DOCS), "docs") == {"step-0"}
    assert listed_steps(before, hub_task(DOCS, digest="d2"), "docs") == frozenset()
    assert listed_steps(None, hub_task(DOCS), "docs") == frozenset()


REACHED = run_of(app_record("docs", step_record(action="step-0")), state=RunState.COMPLETED)


def test_a_journal_agrees_where_the_file_and_the_world_are_as_it_says() -> None:
    with_option = hub_task(app_task("docs", step(action="step-0"), OPTIONAL))
    with_more = run_of(*REACHED.apps, app_record("bot"), state=RunState.COMPLETED)

    assert agrees(REACHED, hub_task(DOCS), [plan(THERE)])
    assert agrees(with_more, with_option, [plan(THERE)])


@pytest.mark.parametrize(
    ("before", "task", "look"),
    [
        (run_of(*REACHED.apps, state=RunState.WAITING), hub_task(DOCS), THERE),
        (REACHED, hub_task(DOCS, digest="d2"), THERE),
        (REACHED, hub_task(DOCS, retiring=True), THERE),
        (REACHED, hub_task(DOCS, app_task("bot")), THERE),
        (REACHED, hub_task(app_task("docs", step(action="step-0"), step(action="new"))), THERE),
        (REACHED, hub_task(DOCS), CREATE),
    ],
    ids=["not reached", "another file", "it leaves", "another app", "another step", "a change"],
)
def test_otherwise_it_does_not(before: Run, task: HubTask, look: Assessment) -> None:
    assert not agrees(before, task, [plan(THERE), plan(look)])


def test_looking_again_differs_by_its_times_and_tries_alone() -> None:
    before = run_of(app_record("docs", WAITING))
    again = WAITING.model_copy(
        update={"attempts": 4, "started_at": NOW, "ended_at": NOW, "wake_at": NOW}
    )

    assert comparable_state(run_of(app_record("docs", again), wake_at=NOW)) == comparable_state(
        before
    )


@pytest.mark.parametrize(
    "after",
    [
        run_of(app_record("docs", WAITING), state=RunState.FAILED),
        run_of(app_record("docs", WAITING), digest="d2"),
        run_of(app_record("docs", WAITING, dns=(ENTRY,))),
        run_of(app_record("docs", WAITING.model_copy(update={"detail": "Almost."}))),
    ],
    ids=["the state", "the file", "the entries", "what a step says"],
)
def test_whatever_else_differs_is_news(after: Run) -> None:
    assert comparable_state(after) != comparable_state(run_of(app_record("docs", WAITING)))


def test_a_run_says_where_its_desired_state_came_from() -> None:
    origin = Origin("c0ffee", 8, "https://ci.example/2")
    run = run_of(commit="f00d", pull_request=7, actions_run_url="https://ci.example/1")

    known = with_origin(run, origin)

    assert (known.commit, known.pull_request, known.actions_run_url) == (
        "c0ffee",
        8,
        "https://ci.example/2",
    )


def test_a_run_that_goes_on_keeps_its_pull_request_where_nothing_newer_is_known() -> None:
    run = run_of(commit="f00d", pull_request=7, actions_run_url="https://ci.example/1")

    assert with_origin(run, Origin()) == run


@pytest.mark.parametrize("state", list(RunState))
def test_a_process_had_a_run_in_hand_that_runs_or_was_cancelled(state: RunState) -> None:
    at_work = state in (RunState.RUNNING, RunState.CANCELLED)

    assert was_at_work(run_of(state=state)) is at_work
