"""Plans and runs the apps of one hub, side by side; what others replace comes last.

Keeps no record of its own and decides nothing about the hub's run.
"""

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from provisioner.clock import Clock
from provisioner.engine import planner
from provisioner.engine.bugs import bug_of, protected
from provisioner.engine.claims import claims_for, claims_of
from provisioner.engine.guard import guarded
from provisioner.engine.limits import Redact
from provisioner.engine.planner import AppAssessment
from provisioner.engine.recorder import Recorder
from provisioner.engine.retry import Retrier
from provisioner.engine.run_record import failed_app, listed_steps
from provisioner.engine.runner import AppRunner
from provisioner.engine.side_by_side import side_by_side
from provisioner.engine.step_log import StepLog
from provisioner.engine.succession import may_go, why_not_yet
from provisioner.engine.tasks import AppTask, HubTask
from provisioner.models.run import Run

Plans = dict[str, AppAssessment]

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Mode:
    """How apps are run. Without `hold`, which is asked before each change, nothing is changed.

    `broke_off`: an earlier process may have made what its record does not tell.
    """

    hold: Callable[[], None] | None = None
    broke_off: bool = False


@dataclass(frozen=True)
class Apps:
    """The apps of one hub's task."""

    task: HubTask
    clock: Clock
    retrier: Retrier
    redact: Redact = str
    deadline: datetime | None = None

    def assess(self, before: Run | None, anew: bool = False) -> Plans:
        """A plan for each app. Only looks; raises `TokenRefused` and `Unreachable`.

        `anew`: what was seen for an earlier plan is not remembered.
        """
        return self._assessed(self.task.apps, before, anew)

    def run(self, recorder: Recorder, plans: Plans, mode: Mode) -> None:
        """Run every app as far as it goes. What happened is in the recorder.

        What others replace comes last, and by a plan of its own: what was seen before the
        others were changed is void.
        """
        coming = [app for app in self.task.apps if not app.after]
        self._run_each(coming, recorder, plans, mode)
        leaving = [app for app in self.task.apps if app.after]
        ready = [app for app in leaving if may_go(app, recorder.run)]
        for app in leaving:
            if app not in ready:
                self._runner(app, recorder, mode).wait_for_others(why_not_yet(app, self.task))
        if mode.hold is not None:
            plans = self._assessed(ready, recorder.run, anew=True)
        self._run_each(ready, recorder, plans, mode)

    def _run_each(
        self, apps: Sequence[AppTask], recorder: Recorder, plans: Plans, mode: Mode
    ) -> None:
        runs = [partial(self._run_one, app, recorder, plans[app.id], mode) for app in apps]
        side_by_side(runs, self.clock)

    def _run_one(self, app: AppTask, recorder: Recorder, plan: AppAssessment, mode: Mode) -> None:
        try:
            self._runner(app, recorder, mode).run(plan, claims_of(recorder.run, app.id))
        except Exception as error:  # beside its steps: the other apps go on
            bug = bug_of(error)
            log.error("%s/%s: %s", self.task.hub, app.id, bug.message)
            recorder.change_app(app.id, lambda record: failed_app(record, bug))

    def _runner(self, app: AppTask, recorder: Recorder, mode: Mode) -> AppRunner:
        steps = StepLog(recorder, app.id, self.clock, self.redact)
        return AppRunner(self.clock, self.retrier, steps, self.deadline, mode.hold, mode.broke_off)

    def _assessed(self, apps: Sequence[AppTask], before: Run | None, anew: bool) -> Plans:
        plans = side_by_side([partial(self._plan, app, before, anew) for app in apps], self.clock)
        return {app.id: plan for app, plan in zip(apps, plans, strict=True)}

    def _plan(self, app: AppTask, before: Run | None, anew: bool) -> AppAssessment:
        planning = app.steps if anew else app.planning or app.steps
        steps = [guarded(step, self.retrier, self.redact) for step in planning]
        begun = listed_steps(before, self.task, app.id)
        plan = planner.assess(steps, claims_for(app, before), begun)
        return plan.with_steps([protected(step, self.redact) for step in app.steps])
