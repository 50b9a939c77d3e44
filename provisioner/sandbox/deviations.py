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
)

DEVIATIONS: tuple[Deviation, ...] = (*_GITHUB,)

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


def described_path(api: str, path: str) -> str:
    """The path under which the description has what is found at this one."""
    if api == "github":
        return _BY_ID.sub("/repos/by/id", path)
    # GET /v7/deployments answers like v6, the newest that is described.
    return path.replace("/v7/deployments", "/v6/deployments") if api == "vercel" else path
