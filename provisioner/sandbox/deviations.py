"""Where the services are known to differ from their own API descriptions, each with its reason.

The only place that excuses anything. An excuse names the narrowest set of
operations that it is true for.
"""

import re
from dataclasses import dataclass
from functools import cache


@dataclass(frozen=True)
class Deviation:
    """A status that an API answers although the description does not list it.

    `operations` is a regular expression for `METHOD /path/template`; `schema`
    names the component that the body still has to follow, if any.
    """

    api: str
    status: int
    operations: str
    reason: str
    schema: str = ""


_GITHUB = (
    Deviation(
        "github", 401, r".*", "said once for all, under authentication", schema="basic-error"
    ),
    Deviation(
        "github", 403, r".*", "said once for all, under permissions and limits", "basic-error"
    ),
    Deviation("github", 429, r".*", "said once for all, under rate limits", schema="basic-error"),
    Deviation(
        "github",
        404,
        r".* /repos/.*",
        "said once for all, under troubleshooting: also where a token may not see the resource",
        "basic-error",
    ),
    Deviation(
        "github",
        301,
        r"(GET|HEAD) /repos/.*",
        "said once for all, under redirects: a renamed repository",
        "basic-error",
    ),
    Deviation(
        "github",
        307,
        r"(POST|PUT|PATCH|DELETE) /repos/.*",
        "said once for all, under redirects: a renamed repository",
        "basic-error",
    ),
    Deviation(
        "github",
        400,
        r"(POST|PUT|PATCH) .*",
        "said once for all, under troubleshooting: problems parsing JSON",
        "basic-error",
    ),
    Deviation(
        "github",
        422,
        r"POST /repos/.*/generate",
        "a name that is taken; the description lists success alone",
        "validation-error",
    ),
    Deviation(
        "github",
        422,
        r"POST /repos/.*/(statuses/\{sha\}|check-runs)"
        r"|GET /repos/.*/commits/\{commit_sha\}/pulls",
        "a commit that is not there or a field that is wrong; the description lists success alone",
        "validation-error",
    ),
)

_VERCEL = (
    Deviation(
        "vercel",
        404,
        r".* /v\d+/(projects|deployments|domains)/.*",
        "said once for all, under errors: not_found, for a project, deployment or domain",
    ),
    Deviation("vercel", 429, r".*", "said once for all, under errors: rate_limited"),
    Deviation(
        "vercel",
        409,
        r"(POST|PATCH|DELETE) /v\d+/projects/.*",
        "a project in transfer takes no edits (vercel.com/docs/rest-api: create a deployment)",
    ),
)

DEVIATIONS: tuple[Deviation, ...] = (*_GITHUB, *_VERCEL)


@dataclass(frozen=True)
class Unlisted:
    """Properties of an answer that the service gives although its description lists them not."""

    api: str
    operations: str
    names: frozenset[str]
    reason: str


UNLISTED = (
    Unlisted(
        "vercel",
        r"GET /v6/domains/\{domain\}/config",
        frozenset(
            {
                "aValues",
                "cnames",
                "conflicts",
                "dnssecEnabled",
                "ipStatus",
                "nameservers",
                "serviceType",
            }
        ),
        "read by the service's own command line (github.com/vercel/vercel: get-domain-config-v6)",
    ),
    Unlisted(
        "vercel",
        r".* /v\d+/deployments(/.*)?",
        frozenset({"seatBlock"}),
        "in the service's newer SDK (github.com/vercel/sdk: getdeploymentresponsebody)",
    ),
)

# The newer SDK lists a state of deployments more (BLOCKED), and clients have to
# live with states that are newer still: any word is as good as one listed.
_STATE_PROPERTIES = frozenset({"readyState", "state", "status"})
_LISTED_STATES = frozenset(
    {"QUEUED", "INITIALIZING", "BUILDING", "READY", "ERROR", "CANCELED", "DELETED"}
)
_SHOWS_STATES = re.compile(r".* /v\d+/(deployments|projects)(/.*)?")

_SHOWS_PULLS = re.compile(r"GET /repos/.*/pulls(/\{pull_number\})?")

# GitHub's redirects after a rename lead to /repositories/<id>/…, which the
# description does not list; what is answered there is what /repos/… answers.
_BY_ID = re.compile(r"^/repositories/\d+")


@cache
def allowed(api: str, operation: str, status: int) -> Deviation | None:
    """The excuse for a status that an operation's description lacks, if there is one."""
    for one in DEVIATIONS:
        if (one.api, one.status) == (api, status) and re.fullmatch(one.operations, operation):
            return one
    return None


def as_described(api: str, operation: str, value: object) -> object:
    """An answer's value without what the description is known to lag behind in."""
    unlisted = [
        name
        for one in UNLISTED
        if one.api == api and re.fullmatch(one.operations, operation)
        for name in one.names
    ]
    if api == "github":
        return _with_head_repository(value) if _SHOWS_PULLS.fullmatch(operation) else value
    states = api == "vercel" and _SHOWS_STATES.fullmatch(operation) is not None
    if not isinstance(value, dict) or not (unlisted or states):
        return value
    kept = {name: inner for name, inner in value.items() if name not in unlisted}
    return _with_listed_states(kept) if states else kept


def _with_head_repository(value: object) -> object:
    """A pull request whose fork was deleted has none, which the description does not allow."""
    if isinstance(value, list):
        return [_with_head_repository(one) for one in value]
    if not isinstance(value, dict) or not isinstance(value.get("head"), dict):
        return value
    if value["head"].get("repo", value) is not None:
        return value
    return {**value, "head": {**value["head"], "repo": value["base"]["repo"]}}


def _with_listed_states(value: object) -> object:
    if isinstance(value, list):
        return [_with_listed_states(one) for one in value]
    if not isinstance(value, dict):
        return value
    return {
        name: "BUILDING" if _is_newer_state(value, name) else _with_listed_states(inner)
        for name, inner in value.items()
    }


def _is_newer_state(value: dict[str, object], name: str) -> bool:
    """Only a deployment's own state, never another property of that name."""
    word = value[name]
    return (
        name in _STATE_PROPERTIES
        and "readyState" in value
        and isinstance(word, str)
        and word not in _LISTED_STATES
    )


def described_path(api: str, path: str) -> str:
    """The path under which the description has what is found at this one."""
    if api == "github":
        return _BY_ID.sub("/repos/by/id", path)
    # GET /v7/deployments answers like v6, the newest that is described.
    return path.replace("/v7/deployments", "/v6/deployments") if api == "vercel" else path
