"""The apps of a hub: which plans they rest on, and in which order they are run."""

import random
from datetime import timedelta

from provisioner.clock import ManualClock
from provisioner.engine.apps import Apps, Mode
from provisioner.engine.recorder import Recorder
from provisioner.engine.retry import Retrier, RetryPolicy
from provisioner.engine.run_record import opened
from provisioner.engine.step import Assessment, Progress, Step
from provisioner.engine.tasks import AppTask, HubTask
from provisioner.models.plan import Verdict
from provisioner.models.run import Run, StepState

CREATE = Assessment(Verdict.CREATE, "Make it.")
THERE = Assessment(Verdict.KEEP)
WAITS = Assessment(Verdict.KEEP, "Not yet.", progress=Progress.WAITING)


def seen(look: Assessment, name: str = "step") -> Step:
    return Step(name, lambda _claims, _handle: look, lambda _look: None, timedelta(minutes=1))


def apps(*tasks: AppTask) -> Apps:
    clock = ManualClock()
    retrier = Retrier(RetryPolicy(), clock, random.Random(1))
    return Apps(HubTask("nairobi", "Nairobi", "d1", tasks), clock, retrier)


def run_of(them: Apps) -> Run:
    """What becomes of them in one run."""
    plans = them.assess(None)
    recorder = Recorder(opened(them.task, None, plans, "r1", them.clock.now()))
    them.run(recorder, plans, Mode(hold=lambda: None))
    return recorder.run


def test_a_plan_may_rest_on_memory_and_one_that_is_made_anew_does_not() -> None:
    them = apps(AppTask("docs", "docs-site", "Docs", (seen(CREATE),), planning=(seen(WAITS),)))

    assert not them.assess(None)["docs"].changes
    assert them.assess(None, anew=True)["docs"].changes


def test_what_leaves_waits_for_what_takes_its_place_and_wakes_nobody() -> None:
    run = run_of(
        apps(
            AppTask("docs", "docs-site", "Docs", (seen(WAITS),)),
            AppTask("docs@old", "docs-site", "Docs", (seen(CREATE),), True, after=("docs",)),
        )
    )

    (step,) = run.apps[1].steps
    assert (step.state, step.wake_at, step.attempts) == (StepState.WAITING, None, 0)
    assert "until Docs is live" in step.detail


def test_what_leaves_goes_when_what_takes_its_place_is_done() -> None:
    run = run_of(
        apps(
            AppTask("docs", "docs-site", "Docs", (seen(THERE),)),
            AppTask("docs@old", "docs-site", "Docs", (seen(THERE),), True, after=("docs",)),
        )
    )

    assert [app.steps[0].state for app in run.apps] == [StepState.DONE, StepState.DONE]
