"""Deployments: create, read, list, cancel, promote, and the names that lead to one."""

from datetime import UTC, datetime, timedelta
from typing import Any

from provisioner.sandbox.vercel import deployment_payloads as payloads
from provisioner.sandbox.vercel.bodies import CreateDeployment
from provisioner.sandbox.vercel.builds import progress
from provisioner.sandbox.vercel.calls import Answer, Call, Route, project_of, read
from provisioner.sandbox.vercel.errors import bad_request, conflict, not_found
from provisioner.sandbox.vercel.frameworks import detect
from provisioner.sandbox.vercel.limits import spend
from provisioner.sandbox.vercel.records import Deployment, GitSource, Project
from provisioner.sandbox.vercel.starting import git_source, similar, start
from provisioner.sandbox.vercel.store import Store

FINAL = frozenset({"READY", "ERROR", "CANCELED", "BLOCKED"})
SETTINGS_MISSING = (
    "The `projectSettings` object is required for new projects, but is missing in the deployment "
    "payload"
)


def create(store: Store, call: Call) -> Answer:
    """Build a commit of the linked repository. Without `forceNew=1` a like one is given back."""
    body = read(CreateDeployment, call.body)
    project = _project(store, call, body)
    if body.git_source is None:
        raise bad_request("This stand-in deploys commits only: send `gitSource`.")
    if body.target not in {None, "production", "staging"}:
        raise bad_request("Invalid request: `target` should be equal to one of the allowed values.")
    git = git_source(store, body.git_source)
    target = body.target if body.target == "production" else None
    same = similar(store, project, git, target)
    if same is not None and call.args.get("forceNew") != "1":
        return 200, payloads.full(store, same)
    if call.args.get("skipAutoDetectionConfirmation") != "1":
        _confirm_framework(store, project, git, body)
    spend(store, call.account, "deployments")
    made = start(store, project, git, target, "api-trigger-git-deploy", body.meta)
    return 200, payloads.full(store, made)


def _project(store: Store, call: Call, body: CreateDeployment) -> Project:
    project = store.project(call.account, body.project or body.name)
    if project is None:
        raise not_found("Project not found.")
    if project.name in store.behaviour.in_transfer:
        raise conflict("The project is being transferred.", "project_being_transferred")
    return project


def _confirm_framework(
    store: Store, project: Project, git: GitSource, body: CreateDeployment
) -> None:
    """A first deployment needs its settings said, and what is said must fit what is detected."""
    detected = detect(store.repositories, git)
    first = not store.deployments_of(project)
    if first and body.project_settings is None:
        raise bad_request(
            SETTINGS_MISSING,
            "missing_project_settings",
            framework={"slug": detected},
            projectSettings={"framework": detected},
        )
    stated = body.project_settings.framework if body.project_settings else project.framework
    if stated != detected:
        message = (
            f"The detected framework `{detected or 'other'}` differs from the project's "
            f"`{stated or 'other'}`. Confirm it with `skipAutoDetectionConfirmation`."
        )
        raise bad_request(message, framework={"slug": detected})


def get(store: Store, call: Call) -> Answer:
    return 200, payloads.full(store, _deployment(store, call))


def _deployment(store: Store, call: Call) -> Deployment:
    found = store.deployment(call.account, call.path["deployment"])
    if found is None:
        raise not_found("The deployment couldn't be found.")
    return found


def list_deployments(store: Store, call: Call) -> Answer:
    """Newest first; pass `pagination.next` back as `until` for the next page.

    The list may be some seconds old: then it lacks what was begun since.
    """
    of = store.world.clock.now() - timedelta(seconds=store.behaviour.deployments_lag)
    listed = (one for one in _of_account(store, call) if one.began <= of)
    fitting = [one for one in listed if _fits(store, call, one)]
    page, pagination = call.page(fitting)
    shown = [payloads.listed(store, one) for one in page]
    return 200, {"deployments": shown, "pagination": pagination}


def _of_account(store: Store, call: Call) -> list[Deployment]:
    wanted = call.args.get("projectId") or call.args.get("app")
    projects = [
        one for one in store.projects_of(call.account) if wanted in {None, one.id, one.name}
    ]
    return [one for project in projects for one in store.deployments_of(project)]


def _fits(store: Store, call: Call, deployment: Deployment) -> bool:
    args = call.args
    to, start_at = call.number("to"), call.number("from")
    states = {one.strip().upper() for one in args.get("state", "").split(",") if one.strip()}
    state = progress(deployment, store.world.clock.now()).state
    target = deployment.target or "preview"
    return (
        args.get("target") in {None, target}
        and args.get("sha") in {None, deployment.git.sha}
        and args.get("branch") in {None, deployment.git.ref}
        and (not states or state in states)
        and (to is None or deployment.created < to)
        and (start_at is None or deployment.created > start_at)
    )


def cancel(store: Store, call: Call) -> Answer:
    deployment = _deployment(store, call)
    state = progress(deployment, store.world.clock.now()).state
    if state in FINAL:
        raise bad_request(f"The deployment is {state} and cannot be canceled.")
    deployment.cancelled_at = store.world.clock.now()
    return 200, payloads.full(store, deployment)


def promote(store: Store, call: Call) -> Answer:
    """Let the production names lead to a READY deployment soon, without building it again."""
    project, deployment = project_of(store, call, changes=True), _deployment(store, call)
    if deployment.project.id != project.id:
        raise not_found("The deployment couldn't be found.")
    if progress(deployment, store.world.clock.now()).state != "READY":
        raise bad_request("Only a deployment that is READY can be promoted.")
    lasts = timedelta(seconds=store.world.latency.alias)
    deployment.promoted = store.stamp()
    deployment.promoted_at = store.world.clock.now() + lasts
    return 201, None


def list_aliases(store: Store, call: Call) -> Answer:
    deployment = _deployment(store, call)
    created = datetime.fromtimestamp(deployment.created / 1000, UTC).isoformat()
    names = payloads.aliases(store, deployment)
    shown: list[dict[str, Any]] = [
        {"uid": f"als_{name}", "alias": name, "created": created, "redirect": None}
        for name in names
    ]
    return 200, {"aliases": shown}


ROUTES = (
    Route("POST", "/v13/deployments", create),
    Route("GET", "/v13/deployments/<deployment>", get),
    Route("GET", "/v6/deployments", list_deployments),
    Route("PATCH", "/v12/deployments/<deployment>/cancel", cancel),
    Route("POST", "/v10/projects/<project>/promote/<deployment>", promote),
    Route("GET", "/v2/deployments/<deployment>/aliases", list_aliases),
)
