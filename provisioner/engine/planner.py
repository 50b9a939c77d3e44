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
    looks: tuple[Assessment, ...]

    def with_steps(self, steps: Sequence[Step]) -> "AppAssessment":
        """The same looks, for steps of the same actions that are to be run."""
        by_action = {step.action: step for step in steps}
        return AppAssessment(tuple(by_action[step.action] for step in self.steps), self.looks)

    @property
    def changes(self) -> bool:
        return any(look.changes for look in self.looks)

    @property
    def satisfied(self) -> bool:
        return all(look.satisfied for look in self.looks)

    @property
    def blocked(self) -> Assessment | None:
        return next((look for look in self.looks if look.verdict is Verdict.BLOCKED), None)

    @property
    def resources(self) -> tuple[Resource, ...]:
        """What the app's steps may touch, without what a blocked step saw of others'."""
        return tuple(
            resource
            for look in self.looks
            for resource in look.resources
            if look.verdict is not Verdict.BLOCKED or not resource.existed
        )


def assess(
    steps: Sequence[Step], claims: Claims, begun: frozenset[str] = frozenset()
) -> AppAssessment:
    """Look once for each step, in order; nothing is looked at behind a step that is blocked, or
    that could not be looked at.

    Optional steps that would do nothing are left out, unless the run has `begun`
    them. Raises what the looks raise.
    """
    kept: list[Step] = []
    looks: list[Assessment] = []
    for step in steps:
        behind = _behind(looks[-1]) if looks else None
        look = behind or step.assess(claims, None)
        listed = step.action in begun or not step.optional
        if not listed and (look.satisfied or behind):
            continue
        kept.append(step)
        looks.append(look)
    return AppAssessment(tuple(kept), tuple(looks))


def _behind(look: Assessment) -> Assessment | None:
    if look.verdict is Verdict.BLOCKED:
        return replace(_AFTER_BLOCKED, seen=look.seen)
    return None if look.seen else _AFTER_UNSEEN


_AFTER_BLOCKED = Assessment(Verdict.BLOCKED, "Not before the step above.")
_AFTER_UNSEEN = Assessment(
    Verdict.KEEP,
    "Not looked at, because the step above could not be.",
    progress=Progress.WAITING,
    seen=False,
)


_FOLLOWS = "Follows once the steps above are done."


def app_plan(id: str, app: str, title: str, assessment: AppAssessment) -> AppPlan:
    """The plan as people and reports see it."""
    url: str | None = None
    dns: tuple[DnsEntry, ...] = ()
    planned = []
    changing = False
    for step, look in zip(assessment.steps, assessment.looks, strict=True):
        url = look.url or url
        dns = look.dns if look.dns is not None else dns
        follows = changing and look.progress is not Progress.SETTLED
        changing = changing or look.changes
        planned.append(
            PlannedStep(
                action=step.action,
                verdict=look.verdict,
                detail=_FOLLOWS if follows else look.detail,
                hint="" if follows else look.hint,
                who=Actor.NOBODY if follows else look.who,
                checked=look.seen,
                resources=look.resources,
            )
        )
    return AppPlan(id=id, app=app, title=title, url=url, dns=dns, steps=tuple(planned))
