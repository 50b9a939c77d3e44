"""Which permission of a job's token a request needs (docs.github.com: rest, each endpoint).

Knows only what the Actions workflows use; an unknown request is an error.
"""

import re
from collections.abc import Iterable

from provisioner.sandbox.requests import Logged
from tests.e2e.workflow_files import workflow

Permissions = dict[str, str]

NEEDED = (
    ("GET", r"", "metadata", "read"),
    ("GET", r"/environments", "actions", "read"),
    ("GET", r"/commits/[^/]+/status", "statuses", "read"),
    ("GET", r"/(contents|git|commits|compare|branches)(/.*)?", "contents", "read"),
    ("POST|PUT|PATCH", r"/(contents|git)/.*", "contents", "write"),
    ("GET", r"/commits/[^/]+/pulls", "pull-requests", "read"),
    ("GET", r"/pulls(/.*)?", "pull-requests", "read"),
    ("GET", r"/issues/.*", "pull-requests", "read"),
    ("POST|PATCH", r"/issues/.*", "pull-requests", "write"),
    ("POST", r"/statuses/.*", "statuses", "write"),
)

NEEDED_TO_SIGN = {"id-token": "write", "attestations": "write"}
"""What actions/attest needs (its README), which asks nothing of the sandbox here."""


def needed_by(calls: Iterable[Logged], repository: str) -> Permissions:
    """What requests to the network's own repository need, in the words of a workflow file."""
    needed: Permissions = {"contents": "read"}  # the checkout
    home = f"/repos/{repository}"
    for call in calls:
        if call.api == "github" and (call.path == home or call.path.startswith(f"{home}/")):
            scope, level = _needed(call.method, call.path.removeprefix(home))
            if scope != "metadata" and needed.get(scope) != "write":
                needed[scope] = level
    return needed


def _needed(method: str, path: str) -> tuple[str, str]:
    for methods, pattern, scope, level in NEEDED:
        if re.fullmatch(methods, method) and re.fullmatch(pattern, path):
            return scope, level
    raise AssertionError(f"no permission is known for {method} {path}")


def given_to(name: str) -> Permissions:
    """What the jobs of a workflow are given, taken together."""
    given: Permissions = {}
    for job in workflow(name)["jobs"].values():
        for scope, level in job["permissions"].items():
            if given.get(scope) != "write":
                given[scope] = level
    return given
