"""Operations on issues, their labels and comments; pull requests are issues too.

See docs.github.com: rest/issues.
"""

from provisioner.sandbox.github.api_accounts import forbidden
from provisioner.sandbox.github.calls import Call, Reply, Route, invalid, not_found, paged, time_in
from provisioner.sandbox.github.issues import COMMENT_LIMIT
from provisioner.sandbox.github.payload_issues import comment_payload, issue_payload, labels_of
from provisioner.sandbox.github.records import Comment, Issue


def _list(call: Call) -> Reply:
    """Open ones, newest first, unless asked otherwise."""
    state = call.query.get("state", "open")
    labels = {one for one in call.query.get("labels", "").split(",") if one}
    by_update = call.query.get("sort") == "updated"
    found = sorted(
        (
            one
            for one in call.github.issues.of(call.repository)
            if state in {"all", one.state} and labels <= set(one.labels) and _is_since(call, one)
        ),
        key=lambda one: (one.updated_at if by_update else one.created_at, one.number),
        reverse=call.query.get("direction", "desc") != "asc",
    )
    return paged(call, found, lambda one: issue_payload(call.github, one))


def _is_since(call: Call, one: Issue | Comment) -> bool:
    since = call.query.get("since")
    return since is None or one.updated_at >= time_in(since)


def _create(call: Call) -> Reply:
    title = str(call.body.get("title") or "")
    if not title.strip():
        raise invalid("Issue", "title", "title can't be blank", code="missing_field")
    body = call.body.get("body")
    _check_length("Issue", str(body or ""))
    issue = call.github.issues.open(call.repository, call.actor.account, title, body)
    _set_lists(call, issue)
    return Reply(201, issue_payload(call.github, issue))


def _read(call: Call) -> Reply:
    return Reply(200, issue_payload(call.github, _issue(call)))


def _change(call: Call) -> Reply:
    issue = _issue(call)
    issue.title = str(call.body.get("title") or issue.title)
    issue.body = call.body.get("body", issue.body)
    _set_lists(call, issue)
    state = call.body.get("state", issue.state)
    if state == "closed" and issue.state == "open":
        reason = call.body.get("state_reason") or "completed"
        call.github.issues.close(issue, call.actor.account, reason)
    elif state == "open" and issue.state == "closed":
        call.github.issues.reopen(issue)
    issue.updated_at = call.github.world.clock.now()
    return _read(call)


def _set_lists(call: Call, issue: Issue) -> None:
    if "labels" in call.body:
        issue.labels = _names(call)
    if "assignees" in call.body:
        issue.assignees = [str(one) for one in call.body["assignees"]]


def _names(call: Call) -> list[str]:
    given = call.body.get("labels") or []
    return [str(one["name"] if isinstance(one, dict) else one) for one in given]


def _labels(call: Call) -> Reply:
    shown = labels_of(call.github, _issue(call))
    return paged(call, shown, lambda one: one)


def _add_labels(call: Call) -> Reply:
    issue = _issue(call)
    issue.labels = list(dict.fromkeys([*issue.labels, *_names(call)]))
    return Reply(200, labels_of(call.github, issue))


def _comments(call: Call) -> Reply:
    found = [one for one in call.github.issues.listed_on(_issue(call)) if _is_since(call, one)]
    return paged(call, found, lambda one: comment_payload(call.github, one))


def _comment(call: Call) -> Reply:
    issue, body = _issue(call), call.text("body")
    _check_length("IssueComment", body)
    comment = call.github.issues.comment(issue, call.actor.account, body)
    return Reply(201, comment_payload(call.github, comment))


def _read_comment(call: Call) -> Reply:
    return Reply(200, comment_payload(call.github, _known_comment(call)))


def _known_comment(call: Call) -> Comment:
    found = call.github.issues.find_comment(call.repository, call.number("comment_id"))
    if found is None:
        raise not_found()
    return found


def _edit_comment(call: Call) -> Reply:
    """Its author may, and whoever may write to the repository."""
    comment = _known_comment(call)
    own = comment.author is call.actor.account
    if not own and not call.github.access.may(call.actor, call.repository, "write"):
        raise forbidden(call.actor)
    body = call.text("body")
    _check_length("IssueComment", body)
    call.github.issues.edit_comment(comment, body)
    return Reply(200, comment_payload(call.github, comment))


def _check_length(resource: str, body: str) -> None:
    """GitHub counts characters; a comment has to have some."""
    if len(body) > COMMENT_LIMIT:
        too_long = f"Body is too long (maximum is {COMMENT_LIMIT} characters)"
        raise invalid(resource, "body", too_long, code="unprocessable")
    if resource == "IssueComment" and not body.strip():
        raise invalid(resource, "body", "Body can't be blank", code="missing_field")


def _issue(call: Call) -> Issue:
    found = call.github.issues.find(call.repository, call.number("issue_number"))
    if found is None:
        raise not_found()
    return found


_ISSUES = "/repos/<owner>/<repo>/issues"
ROUTES: tuple[Route, ...] = (
    Route("GET", _ISSUES, _list),
    Route("POST", _ISSUES, _create),
    Route("GET", f"{_ISSUES}/<issue_number>", _read),
    Route("PATCH", f"{_ISSUES}/<issue_number>", _change, needs="write"),
    Route("GET", f"{_ISSUES}/<issue_number>/labels", _labels),
    Route("POST", f"{_ISSUES}/<issue_number>/labels", _add_labels, needs="write"),
    Route("GET", f"{_ISSUES}/<issue_number>/comments", _comments),
    Route("POST", f"{_ISSUES}/<issue_number>/comments", _comment),
    Route("GET", f"{_ISSUES}/comments/<comment_id>", _read_comment),
    Route("PATCH", f"{_ISSUES}/comments/<comment_id>", _edit_comment),
)
