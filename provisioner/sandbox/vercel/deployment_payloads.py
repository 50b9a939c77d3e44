"""Deployments as the API shows them: read alone, in a list, within a project. Reads only."""

from datetime import datetime
from typing import Any

from provisioner.sandbox.vercel.behaviour import Outcome
from provisioner.sandbox.vercel.builds import Progress, progress, serving
from provisioner.sandbox.vercel.hosts import automatic_hosts
from provisioner.sandbox.vercel.records import Deployment
from provisioner.sandbox.vercel.store import Store

NOT_BRIEF = frozenset({"projectId", "source", "inspectorUrl"})
BUILD_FIELDS = ("buildCommand", "devCommand", "installCommand", "outputDirectory", "framework")


def full(store: Store, deployment: Deployment) -> dict[str, Any]:
    """A single read: `id`, `createdAt`, `readyState`, `aliasAssigned` as a boolean."""
    made = progress(deployment, store.world.clock.now())
    return {
        **_common(store, deployment, made),
        **_as_built(deployment),
        **_times(deployment, made),
        "id": deployment.id,
        "status": made.state,
        "alias": aliases(store, deployment),
        "automaticAliases": automatic_hosts(deployment),
        "aliasAssigned": made.aliased_at is not None,
        "isInConcurrentBuildsQueue": made.state == "QUEUED",
        **_errors(deployment, made),
        **_block(deployment, made),
    }


def _as_built(deployment: Deployment) -> dict[str, Any]:
    """What never changes: the version of the answer, the settings, the place."""
    project = deployment.project
    return {
        "version": 2,
        "public": False,
        "buildSkipped": False,
        "isInSystemBuildsQueue": False,
        "build": {"env": sorted(deployment.environment)},
        "env": sorted(deployment.environment),
        "projectSettings": _settings(deployment),
        "project": {"id": project.id, "name": project.name, "framework": project.framework},
        "regions": ["iad1"],
        "routes": None,
        "plan": project.account.plan,
        "createdIn": "iad1",
        "ownerId": project.account.id,
        "gitSource": _git_source(deployment),
    }


def _settings(deployment: Deployment) -> dict[str, Any]:
    return {name: deployment.settings.get(name) for name in BUILD_FIELDS}


def _times(deployment: Deployment, made: Progress) -> dict[str, Any]:
    building = _ms(made.building_at) or deployment.created
    ready = _ms(made.ended_at) if made.state == "READY" else None
    shown = {"bootedAt": building, "buildingAt": building, "aliasAssignedAt": _ms(made.aliased_at)}
    return {**shown, "ready": ready} if ready else shown


def listed(store: Store, deployment: Deployment) -> dict[str, Any]:
    """An item of a list: `uid`, `created`, `state`, `aliasAssigned` as a time."""
    made = progress(deployment, store.world.clock.now())
    shown = {
        **_common(store, deployment, made),
        "uid": deployment.id,
        "created": deployment.created,
        "state": made.state,
        "aliasAssigned": _ms(made.aliased_at),
        "isRollbackCandidate": made.state == "READY",
        "projectSettings": {
            **_settings(deployment),
            "rootDirectory": deployment.settings.get("rootDirectory"),
        },
    }
    if made.building_at:
        shown["buildingAt"] = _ms(made.building_at)
    if made.ended_at and made.state == "READY":
        shown["ready"] = _ms(made.ended_at)
    errors = _errors(deployment, made)
    kept = ("errorCode", "errorMessage", "aliasError", "checksState", "checksConclusion", "checks")
    return {**shown, **{name: errors[name] for name in kept if name in errors}}


def brief(store: Store, deployment: Deployment) -> dict[str, Any]:
    """What a project says of a deployment of its own."""
    made = progress(deployment, store.world.clock.now())
    common = _common(store, deployment, made)
    return {
        **{name: value for name, value in common.items() if name not in NOT_BRIEF},
        "id": deployment.id,
        "alias": aliases(store, deployment),
        "automaticAliases": automatic_hosts(deployment),
        "aliasAssigned": _ms(made.aliased_at),
        "aliasError": _alias_error(deployment, made),
        "creator": {
            "uid": store.personal.id,
            "email": f"{store.personal.slug}@example.org",
            "username": store.personal.slug,
        },
        "createdIn": "iad1",
        "deploymentHostname": deployment.host.split(".")[0],
        "plan": deployment.project.account.plan,
        "private": deployment.git.private,
        "teamId": deployment.project.account.id,
        "userId": store.personal.id,
    }


def aliases(store: Store, deployment: Deployment) -> list[str]:
    """The names that lead to this deployment now; none before they are assigned."""
    now = store.world.clock.now()
    if progress(deployment, now).aliased_at is None:
        return []
    project = deployment.project
    if serving(store.deployments_of(project), now) is not deployment:
        return automatic_hosts(deployment) if deployment.target != "production" else []
    names = [one.name for one in project.domains.values() if one.verified]
    return [*names, *automatic_hosts(deployment)]


def _common(store: Store, deployment: Deployment, made: Progress) -> dict[str, Any]:
    account = deployment.project.account
    inspector = f"https://vercel.com/{account.slug}/{deployment.project.name}/{deployment.id[4:]}"
    return {
        "name": deployment.project.name,
        "projectId": deployment.project.id,
        "url": deployment.host,
        "type": "LAMBDAS",
        "target": deployment.target,
        "source": deployment.source,
        "meta": _meta(deployment),
        "readyState": made.state,
        "createdAt": deployment.created,
        "inspectorUrl": inspector,
        "creator": {"uid": store.personal.id, "username": store.personal.slug},
    }


def _meta(deployment: Deployment) -> dict[str, str]:
    git = deployment.git
    return {
        "githubDeployment": "1",
        "githubCommitSha": git.sha,
        "githubCommitRef": git.ref,
        "githubOrg": git.org,
        "githubRepo": git.repo,
        "githubRepoId": str(git.repository_id),
        **deployment.meta,
    }


def _git_source(deployment: Deployment) -> dict[str, Any]:
    git = deployment.git
    return {
        "type": "github",
        "repoId": git.repository_id,
        "org": git.org,
        "repo": git.repo,
        "ref": git.ref,
        "sha": git.sha,
    }


def _errors(deployment: Deployment, made: Progress) -> dict[str, Any]:
    """Why it failed, and what checks and names say; `aliasError` is null when all is well."""
    shown: dict[str, Any] = {"aliasError": _alias_error(deployment, made)}
    if made.state == "ERROR":
        shown |= _failure(deployment.outcome)
    if made.state == "CANCELED" and made.ended_at:
        shown["canceledAt"] = _ms(made.ended_at)
    if made.checks is not None:
        shown |= {"checksState": "completed", "checksConclusion": made.checks}
    if made.state == "READY":
        shown["checks"] = {"deployment-alias": _alias_check(made)}
    return shown


def _failure(outcome: Outcome) -> dict[str, str]:
    return {
        "errorCode": outcome.error_code,
        "errorMessage": outcome.error_message,
        "errorStep": outcome.error_step,
        "errorLink": outcome.error_link,
    }


def _alias_error(deployment: Deployment, made: Progress) -> dict[str, str] | None:
    outcome = deployment.outcome
    if not made.alias_failed:
        return None
    return {"code": outcome.alias_error_code, "message": outcome.alias_error_message}


def _alias_check(made: Progress) -> dict[str, Any]:
    started = _ms(made.ended_at)
    if made.alias_failed:
        return {"state": "failed", "startedAt": started, "completedAt": started}
    if made.aliased_at is None:
        return {"state": "pending", "startedAt": started}
    return {"state": "succeeded", "startedAt": started, "completedAt": _ms(made.aliased_at)}


def _block(deployment: Deployment, made: Progress) -> dict[str, Any]:
    if made.state != "BLOCKED":
        return {}
    return {"seatBlock": {"blockCode": deployment.outcome.block_code}}


def _ms(moment: datetime | None) -> int | None:
    return None if moment is None else int(moment.timestamp() * 1000)
