"""The apps of a hub: which plans they rest on, and in which order they are run."""

import random
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import pytest

from provisioner.clock import ManualClock
from provisioner.engine.apps import Apps, Mode
from provisioner.engine.planner import AppAssessment
from provisioner.engine.recorder import Recorder
from provisioner.engine.retry import Retrier, RetryPolicy
from provisioner.engine.run_record import start_run
from provisioner.engine.step import Assessment, Claims, Step
from provisioner.engine.tasks import AppTask
from provisioner.errors import Effect, RemoteError
from provisioner.models.plan import Verdict
from provisioner.models.run import Run, RunState, StepState
from tests.unit.engine.given import (
    CREATE,
    NOW,
    THERE,
    WAITS,
    app_record,
    app_task,
    hub_task,
    run_of,
    step,
    step_record,
    thing,
)

OFFLINE = Assessment(Verdict.REMOVE, "Take it offline.")
MAY = Mode(hold=lambda: None)


def apps(*tasks: AppTask, **fields: Any) -> Apps:
    clock = ManualClock(NOW)
    retrier = Retrier(RetryPolicy(), clock, random.Random(1))
    return Apps(hub_task(*tasks), clock, retrier, **fields)


def run_of_them(them: Apps, mode: Mode = MAY) -> Run:
    """What becomes of them in one run."""
    plans = them.assess(None)
    recorder = Recorder(start_run(them.task, None, plans, "r1", them.clock.now()))
    them.run(recorder, plans, mode)
    return recorder.run


def states(run: Run) -> list[StepState]:
    return [step.state for app in run.apps for step in app.steps]


@dataclass
class Made:
    """Something that a step makes; in a list with what others make."""

    name: str
    order: list[str] = field(default_factory=list)
    looks: int = 0
    claims: list[Claims] = field(default_factory=list)
    unkeyed: bool = False

    def step(self) -> Step:
        return Step(self.name, self._assess, self._perform, timedelta(minutes=1))

    def _assess(self, claims: Claims, _handle: str | None) -> Assessment:
        self.looks += 1
        self.claims.append(claims)
        if self.name in self.order:
            return THERE
        return Assessment(
            Verdict.CREATE, "Make it.", resources=(thing(self.name),), unkeyed=self.unkeyed
        )

    def _perform(self, _look: Assessment) -> None:
        self.order.append(self.name)


def looking(look: Callable[[], Assessment]) -> Step:
    return Step("step", lambda _claims, _handle: look(), lambda _look: None, timedelta(minutes=1))


def test_a_plan_may_rest_on_memory_and_one_that_is_made_anew_does_not() -> None:
    them = apps(app_task("docs", step(CREATE), planning=(step(WAITS),)))

    assert not them.assess(None)["docs"].changes
    assert them.assess(None, anew=True)["docs"].changes


def test_where_nothing_is_remembered_a_plan_looks_by_the_steps_themselves() -> None:
    them = apps(app_task("docs", step(CREATE)), app_task("bot", step(THERE)))

    plans = them.assess(None)

    assert [(id, plan.changes) for id, plan in plans.items()] == [("docs", True), ("bot", False)]


def test_a_plan_knows_what_is_the_apps_own() -> None:
    made = Made("copy")
    before = run_of(app_record("docs", resources=(thing("copy"),)))

    apps(app_task("docs", made.step(), takes=(thing("domain"),))).assess(before)

    assert made.claims == [{("thing", "copy"), ("thing", "domain")}]


def test_a_plan_lists_what_the_run_that_goes_on_has_begun() -> None:
    before = run_of(app_record("docs", step_record(action="tidy")), state=RunState.WAITING)
    them = apps(app_task("docs", step(THERE, "tidy", optional=True)))

    assert len(them.assess(before)["docs"].steps) == 1
    assert len(them.assess(None)["docs"].steps) == 0


def test_a_look_that_fails_while_planning_is_tried_again_and_then_says_why() -> None:
    looks: list[int] = []

    def away() -> Assessment:
        looks.append(1)
        raise RemoteError("swordfish is away", service="Host", effect=Effect.NONE, status=503)

    them = apps(
        app_task("docs", looking(away)), redact=lambda text: text.replace("swordfish", "•••")
    )

    (look,) = them.assess(None)["docs"].assessments

    assert (len(looks), look.seen) == (RetryPolicy().attempts, False)
    assert look.detail.startswith("••• is away")


def test_what_a_run_sees_holds_no_secret() -> None:
    secret = Assessment(Verdict.KEEP, url="https://swordfish.example.org")
    run = run_of_them(
        apps(
            app_task("docs", Made("a").step(), looking(lambda: secret)),
            redact=lambda text: text.replace("swordfish", "hidden"),
        )
    )

    assert run.apps[0].url == "https://hidden.example.org"


def test_a_change_claims_what_the_run_has_named() -> None:
    made = Made("copy")

    run_of_them(apps(app_task("docs", made.step())))

    assert made.claims == [frozenset(), {("thing", "copy")}]


def test_what_leaves_waits_for_what_takes_its_place_and_wakes_nobody() -> None:
    run = run_of_them(
        apps(
            app_task("docs", step(WAITS)),
            app_task("docs@old", step(CREATE), retiring=True, after=("docs",)),
        )
    )

    (waits,) = run.apps[1].steps
    assert (waits.state, waits.wake_at, waits.attempts) == (StepState.WAITING, None, 0)
    assert "until Docs is live" in waits.detail


def test_what_leaves_goes_when_what_takes_its_place_is_done() -> None:
    order: list[str] = []
    run = run_of_them(
        apps(
            app_task("docs@old", Made("old", order).step(), retiring=True, after=("docs",)),
            app_task("docs", Made("new", order).step()),
        )
    )

    assert states(run) == [StepState.DONE, StepState.DONE]
    assert order == ["new", "old"]


def test_what_leaves_goes_by_a_plan_of_its_own_made_after_the_others_were_changed() -> None:
    order: list[str] = []

    leaves = Step(
        "old",
        lambda _claims, _handle: THERE if order else OFFLINE,
        lambda _look: order.append("old"),
        timedelta(minutes=1),
    )

    run_of_them(
        apps(
            app_task("docs", Made("new", order).step()),
            app_task("docs@old", leaves, after=("docs",)),
        )
    )

    assert order == ["new"], "the change of the other app has done it already"


def test_that_plan_rests_on_no_memory() -> None:
    order: list[str] = []
    leaves = app_task(
        "docs@old", Made("old", order).step(), planning=(step(THERE, "old"),), after=("docs",)
    )

    run_of_them(apps(app_task("docs", step(THERE)), leaves))

    assert order == ["old"]


def test_who_may_change_nothing_looks_at_nothing_twice() -> None:
    leaves = Made("old", ["old"])
    them = apps(app_task("docs", step(THERE)), app_task("docs@old", leaves.step(), after=("docs",)))

    run = run_of_them(them, Mode())

    assert states(run) == [StepState.DONE, StepState.DONE]
    assert leaves.looks == 1


def test_without_leave_nothing_is_changed() -> None:
    made = Made("copy")

    run = run_of_them(apps(app_task("docs", made.step())), Mode())

    assert (states(run), made.order) == ([StepState.WAITING], [])


def test_what_an_earlier_process_may_have_made_is_looked_for_twice() -> None:
    made = Made("build", unkeyed=True)
    them = apps(app_task("docs", made.step()))

    run_of_them(them, Mode(hold=lambda: None, broke_off=True))

    assert made.order == ["build"]
    assert them.clock.now() > NOW
    assert not Mode().broke_off


def test_when_the_jobs_time_is_over_nothing_is_begun() -> None:
    made = Made("copy")

    run = run_of_them(apps(app_task("docs", made.step()), deadline=NOW))

    assert (states(run), made.order) == ([StepState.WAITING], [])


def test_a_bug_beside_an_apps_steps_ends_that_app_and_no_other(
    caplog: pytest.LogCaptureFixture,
) -> None:
    them = apps(app_task("docs", step(THERE)), app_task("bot", step(THERE)))
    plans = them.assess(None)
    recorder = Recorder(start_run(them.task, None, plans, "r1", NOW))

    them.run(recorder, plans | {"docs": AppAssessment((), (THERE,))}, MAY)

    assert states(recorder.run) == [StepState.FAILED, StepState.DONE]
    assert "This is a bug" in recorder.run.apps[0].steps[0].detail
    assert "nairobi/docs: This is a bug" in caplog.text


def test_a_bug_of_a_look_while_running_is_its_steps_own() -> None:
    looks = iter([CREATE])
    run = run_of_them(apps(app_task("docs", looking(lambda: next(looks)))))

    assert states(run) == [StepState.FAILED]
    assert "This is a bug" in run.apps[0].steps[0].detail
