"""Turns steps into a plan by looking at the world. Holds readers only: it cannot write."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from provisioner.engine.step import Assessment, Claims, Progress, Step
from provisioner.models.dns import DnsEntry
from provisioner.models.plan import Actor, AppPlan, PlannedStep, Resource, Verdict


@dataclass(frozen=True)
class AppAssessment:
    """The plan of one app together with the looks it rests on."""

    steps: tuple[Step, ...]
    assessments: tuple[Assessment, ...]

    def with_steps(self, steps: Sequence[Step]) -> "AppAssessment":
        """The same looks, for steps of the same actions that are to be run."""
        by_action = {step.action: step for step in steps}
        return AppAssessment(tuple(by_action[step.action] for step in self.steps), self.assessments)

    @property
    def changes(self) -> bool:
        return any(one.changes for one in self.assessments)

    @property
    def satisfied(self) -> bool:
        return all(one.satisfied for one in self.assessments)

    @property
    def blocked(self) -> Assessment | None:
        return next(
            (one for one in self.assessments if one.verdict is Verdict.BLOCKED),
            None,
        )

    @property
    def resources(self) -> tuple[Resource, ...]:
        """What the app's steps may touch, without what a blocked step saw of others'."""
        return tuple(
            resource
            for one in self.assessments
            for resource in one.resources
            if one.verdict is not Verdict.BLOCKED or not resource.existed
        )


def assess(
    steps: Sequence[Step], claims: Claims, begun: frozenset[str] = frozenset()
) -> AppAssessment:
    """Observe once for each step, in order; nothing behind a step that is blocked, or that could
    not be observed.

    Optional steps that would do nothing are left out, unless the run has `begun`
    them. Raises what the observations raise.
    """
    kept: list[Step] = []
    assessments: list[Assessment] = []
    for step in steps:
        behind = _behind(assessments[-1]) if assessments else None
        assessment = behind or step.assess(claims, None)
        listed = step.action in begun or not step.optional
        if not listed and (assessment.satisfied or behind):
            continue
        kept.append(step)
        assessments.append(assessment)
    return AppAssessment(tuple(kept), tuple(assessments))


def _behind(assessment: Assessment) -> Assessment | None:
    if assessment.verdict is Verdict.BLOCKED:
        return replace(_AFTER_BLOCKED, seen=assessment.seen)
    return None if assessment.seen else _AFTER_UNSEEN


_AFTER_BLOCKED = Assessment(Verdict.BLOCKED, "Not before the step above.")
_AFTER_UNSEEN = Assessment(
    Verdict.KEEP,
    "Not looked at, because the step above could not be.",
    progress=Progress.WAITING,
    seen=False,
)


_FOLLOWS = "Follows once the steps above are done."


def app_plan(id: str, app: str, title: str, assessed: AppAssessment) -> AppPlan:
    """The plan as people and reports see it."""
    url: str | None = None
    dns: tuple[DnsEntry, ...] = ()
    planned = []
    changing = False
    for step, assessment in zip(assessed.steps, assessed.assessments, strict=True):
        url = assessment.url or url
        dns = assessment.dns if assessment.dns is not None else dns
        follows = changing and assessment.progress is not Progress.SETTLED
        changing = changing or assessment.changes
        planned.append(
            PlannedStep(
                action=step.action,
                verdict=assessment.verdict,
                detail=_FOLLOWS if follows else assessment.detail,
                hint="" if follows else assessment.hint,
                who=Actor.NOBODY if follows else assessment.who,
                checked=assessment.seen,
                resources=assessment.resources,
            )
        )
    return AppPlan(id=id, app=app, title=title, url=url, dns=dns, steps=tuple(planned))
