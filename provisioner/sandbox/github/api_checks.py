"""Operations on commit statuses and check runs.

See docs.github.com: rest/commits/statuses, rest/checks/runs.
"""

from provisioner.sandbox.github.api_accounts import forbidden
from provisioner.sandbox.github.calls import (
    Call,
    Reply,
    Route,
    invalid,
    time_in,
    unprocessable,
)
from provisioner.sandbox.github.payload_checks import (
    check_run_payload,
    combined_status,
    status_payload,
)
from provisioner.sandbox.github.run_records import CheckRun, Status

STATES = ("error", "failure", "pending", "success")
DESCRIPTION_LIMIT = 140
ANNOTATIONS_LIMIT = 50


def _create_status(call: Call) -> Reply:
    state, description = call.text("state"), call.body.get("description")
    if state not in STATES:
        raise invalid("Status", "state", "state is not included in the list", "invalid")
    if description is not None and len(str(description)) > DESCRIPTION_LIMIT:
        said = f"description is too long (maximum is {DESCRIPTION_LIMIT} characters)"
        raise invalid("Status", "description", said)
    status = Status(
        id=call.github.world.number(),
        repository=call.repository,
        sha=call.commit(call.path["sha"]),
        state=state,
        context=call.text("context", "default"),
        description=description,
        target_url=call.body.get("target_url"),
        creator=call.actor.account,
        created_at=call.github.world.clock.now(),
    )
    call.github.statuses.append(status)
    return Reply(201, status_payload(call.github, status))


def _combined_status(call: Call) -> Reply:
    sha = call.commit(call.path["ref"])
    return Reply(200, combined_status(call.github, call.repository, sha))


def _create_check_run(call: Call) -> Reply:
    """Only an App may, such as the one behind an Actions token."""
    if call.actor.kind != "actions":
        raise forbidden(call.actor)
    run = CheckRun(
        id=call.github.world.number(),
        repository=call.repository,
        head_sha=call.commit(call.text("head_sha")),
        name=call.text("name"),
        details={},
        started_at=call.github.world.clock.now(),
    )
    _take_details(call, run)
    call.github.check_runs[run.id] = run
    return Reply(201, check_run_payload(call.github, run))


def _take_details(call: Call, run: CheckRun) -> None:
    """A conclusion completes the run; annotations add to those that are there."""
    body = dict(call.body)
    annotations = (body.get("output") or {}).get("annotations") or []
    if len(annotations) > ANNOTATIONS_LIMIT:
        raise unprocessable(f"No more than {ANNOTATIONS_LIMIT} annotations may be sent at a time.")
    known = (run.details.get("output") or {}).get("annotations") or []
    if "output" in body:
        body["output"] = {**body["output"], "annotations": [*known, *annotations]}
    run.details.update(body)
    if "conclusion" in body:
        run.details["status"] = "completed"
        given = body.get("completed_at")
        now = call.github.world.clock.now()
        run.completed_at = time_in(given) if given else now


_REPOSITORY = "/repos/<owner>/<repo>"
ROUTES: tuple[Route, ...] = (
    Route("POST", f"{_REPOSITORY}/statuses/<sha>", _create_status, needs="write"),
    Route("GET", f"{_REPOSITORY}/commits/<path:ref>/status", _combined_status),
    Route("POST", f"{_REPOSITORY}/check-runs", _create_check_run, needs="write"),
)
