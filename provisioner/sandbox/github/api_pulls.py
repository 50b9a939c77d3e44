"""Operations that read pull requests (docs.github.com: rest/pulls)."""

from provisioner.sandbox.github.calls import Call, Reply, Route, not_found, paged
from provisioner.sandbox.github.payload_commits import file_change
from provisioner.sandbox.github.payload_pulls import pull_payload, pull_simple
from provisioner.sandbox.github.records import PullRequest

FILES_LISTED = 3000


def _list(call: Call) -> Reply:
    """Open ones, newest first, unless asked otherwise."""
    by_update = call.query.get("sort") == "updated"
    ascending = call.query.get("direction", "desc") == "asc"
    found = sorted(
        (one for one in call.github.pulls.of(call.repository) if _fits(call, one)),
        key=lambda one: (one.issue.updated_at if by_update else one.issue.created_at, one.number),
        reverse=not ascending,
    )
    return paged(call, found, lambda one: pull_simple(call.github, one))


def _fits(call: Call, pull: PullRequest) -> bool:
    """`head` is `owner:branch`; GitHub takes no notice of one without an owner."""
    state, head = call.query.get("state", "open"), call.query.get("head", "")
    return (
        state in {"all", pull.issue.state}
        and (":" not in head or head.lower() == pull.label.lower())
        and call.query.get("base", pull.base_branch) == pull.base_branch
    )


def _read(call: Call) -> Reply:
    return Reply(200, pull_payload(call.github, _pull(call)))


def _files(call: Call) -> Reply:
    """GitHub lists 3,000 of them and does not say that there are more."""
    pull = _pull(call)
    return paged(
        call,
        call.github.pulls.files(pull)[:FILES_LISTED],
        lambda one: file_change(call.github, call.repository, pull.head_sha, one),
    )


def _pull(call: Call) -> PullRequest:
    found = call.github.pulls.find(call.repository, call.number("pull_number"))
    if found is None:
        raise not_found()
    return found


_PULLS = "/repos/<owner>/<repo>/pulls"
ROUTES: tuple[Route, ...] = (
    Route("GET", _PULLS, _list),
    Route("GET", f"{_PULLS}/<pull_number>", _read),
    Route("GET", f"{_PULLS}/<pull_number>/files", _files),
)
