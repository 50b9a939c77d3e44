"""Operations on Actions: runs, jobs, dispatches, permissions (docs.github.com: rest/actions)."""

from provisioner.sandbox.github.calls import (
    Call,
    Reply,
    Route,
    not_found,
    paged,
    unprocessable,
)
from provisioner.sandbox.github.git import HEADS
from provisioner.sandbox.github.payload_actions import job_payload, run_payload
from provisioner.sandbox.github.payload_repositories import api_url, html_url
from provisioner.sandbox.github.run_records import ActionsRun, Dispatch

PAYLOAD_KEYS = 10
INPUTS = 25


def _runs(call: Call) -> Reply:
    """The newest first."""
    found = [
        one
        for one in call.github.runs.values()
        if one.repository is call.repository and _fits(call, one)
    ]
    return paged(call, found[::-1], lambda one: run_payload(call.github, one), key="workflow_runs")


def _fits(call: Call, run: ActionsRun) -> bool:
    query = call.query
    return (
        query.get("head_sha", run.head_sha) == run.head_sha
        and query.get("branch", run.head_branch) == run.head_branch
        and query.get("event", run.event) == run.event
        and query.get("actor", run.actor.login) == run.actor.login
        and query.get("status") in {None, run.status, run.conclusion}
    )


def _run(call: Call) -> Reply:
    return Reply(200, run_payload(call.github, _found(call)))


def _jobs(call: Call) -> Reply:
    run = _found(call)
    return paged(call, run.jobs, lambda one: job_payload(call.github, run, one), key="jobs")


def _found(call: Call) -> ActionsRun:
    run = call.github.runs.get(call.number("run_id"))
    if run is None or run.repository is not call.repository:
        raise not_found()
    return run


def _dispatch_repository(call: Call) -> Reply:
    payload = call.body.get("client_payload") or {}
    if len(payload) > PAYLOAD_KEYS:
        raise unprocessable(
            f"No more than {PAYLOAD_KEYS} properties are allowed; {len(payload)} were supplied."
        )
    _record(call, "repository_dispatch", call.text("event_type"), call.repository.default_branch)
    return Reply(204)


def _dispatch_workflow(call: Call) -> Reply:
    """Nothing is answered unless the body asks for the run."""
    ref, name = call.text("ref").removeprefix(HEADS), call.path["workflow_id"]
    sha = call.readable.git.head(ref)
    if sha is None:
        raise unprocessable(f"No ref found for: {ref}")
    if len(call.body.get("inputs") or {}) > INPUTS:
        raise unprocessable(f"No more than {INPUTS} inputs are allowed")
    _record(call, "workflow_dispatch", name, ref)
    run = _queued(call, name, ref, sha)
    if call.body.get("return_run_details") is not True:
        return Reply(204)
    url, page = api_url(call.github, call.repository), html_url(call.github, call.repository)
    return Reply(
        200,
        {
            "workflow_run_id": run.id,
            "run_url": f"{url}/actions/runs/{run.id}",
            "html_url": f"{page}/actions/runs/{run.id}",
        },
    )


def _record(call: Call, event: str, name: str, ref: str) -> None:
    key = "inputs" if event == "workflow_dispatch" else "client_payload"
    call.github.dispatches.append(
        Dispatch(
            repository=call.repository,
            event=event,
            name=name,
            ref=ref,
            payload=dict(call.body.get(key) or {}),
            sender=call.actor.account,
            time=call.github.world.clock.now(),
        )
    )


def _queued(call: Call, name: str, ref: str, sha: str) -> ActionsRun:
    workflow = name.removesuffix(".yml").removesuffix(".yaml")
    return call.github.start_run(
        call.repository, workflow, "workflow_dispatch", ref, sha, call.actor.account
    )


def _permissions(call: Call) -> Reply:
    enabled = call.repository.has_actions
    if not enabled:
        return Reply(200, {"enabled": False})
    allowed = call.repository.allowed_actions
    return Reply(200, {"enabled": True, "allowed_actions": allowed, "sha_pinning_required": False})


_REPOSITORY = "/repos/<owner>/<repo>"
_RUNS = f"{_REPOSITORY}/actions/runs"
ROUTES: tuple[Route, ...] = (
    Route("GET", _RUNS, _runs),
    Route("GET", f"{_RUNS}/<run_id>", _run),
    Route("GET", f"{_RUNS}/<run_id>/jobs", _jobs),
    Route(
        "POST",
        f"{_REPOSITORY}/actions/workflows/<workflow_id>/dispatches",
        _dispatch_workflow,
        needs="write",
    ),
    Route("POST", f"{_REPOSITORY}/dispatches", _dispatch_repository, needs="write"),
    Route("GET", f"{_REPOSITORY}/actions/permissions", _permissions, needs="admin"),
)
