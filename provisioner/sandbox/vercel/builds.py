"""How far a deployment has got at a moment, and which one a project serves.

Pure: everything follows from the time it began, its durations and its
outcome. Changes nothing.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from provisioner.sandbox.vercel.records import Deployment

QUEUED_PART = 0.8
"""The part of the waiting time that is QUEUED; the rest is INITIALIZING."""


@dataclass(frozen=True)
class Progress:
    """`building_at`, `ended_at` and `aliased_at` are None until they have happened."""

    state: str
    building_at: datetime | None = None
    ended_at: datetime | None = None
    aliased_at: datetime | None = None
    alias_failed: bool = False
    checks: str | None = None


def progress(deployment: Deployment, now: datetime) -> Progress:
    building_at = deployment.began + timedelta(seconds=deployment.queued_seconds)
    ended_at = building_at + timedelta(seconds=deployment.build_seconds)
    if deployment.cancelled_at is not None:
        begun = building_at if building_at <= deployment.cancelled_at else None
        return Progress("CANCELED", begun, deployment.cancelled_at)
    if deployment.outcome.state == "BLOCKED":
        return Progress("BLOCKED")
    if now < building_at:
        return Progress(_waiting_state(deployment, now))
    if now < ended_at:
        return Progress("BUILDING", building_at)
    if deployment.outcome.state != "READY":
        return Progress(deployment.outcome.state, building_at, ended_at)
    return _ready(deployment, now, building_at, ended_at)


def _waiting_state(deployment: Deployment, now: datetime) -> str:
    queued = timedelta(seconds=deployment.queued_seconds * QUEUED_PART)
    return "QUEUED" if now < deployment.began + queued else "INITIALIZING"


def _ready(
    deployment: Deployment, now: datetime, building_at: datetime, ended_at: datetime
) -> Progress:
    outcome = deployment.outcome
    due = ended_at + timedelta(seconds=deployment.alias_seconds)
    assigned = outcome.alias == "assigned" and outcome.checks != "failed"
    good = assigned or promotion(deployment, now) > 0
    return Progress(
        "READY",
        building_at,
        ended_at,
        aliased_at=due if good and now >= due else None,
        alias_failed=outcome.alias == "error" and not good and now >= due,
        checks=outcome.checks,
    )


def promotion(deployment: Deployment, now: datetime) -> int:
    """The time of its last promotion, once that is through; 0 where there is none."""
    through = deployment.promoted_at is not None and deployment.promoted_at <= now
    return deployment.promoted if through else 0


def serving(deployments: Iterable[Deployment], now: datetime) -> Deployment | None:
    """The one that the production names lead to: the newest aliased, or the last promoted."""
    aliased = [
        one
        for one in deployments
        if (one.target == "production" or promotion(one, now)) and progress(one, now).aliased_at
    ]
    return max(aliased, key=lambda one: max(one.created, promotion(one, now)), default=None)


def latest_production(deployments: Iterable[Deployment]) -> Deployment | None:
    """The newest production deployment, whatever became of it."""
    production = [one for one in deployments if one.target == "production"]
    return max(production, key=lambda one: one.created, default=None)
