"""GitHub's REST API over HTTP: routes, tokens, redirects after a rename, limits, refusals."""

import json
from collections.abc import Callable, Mapping
from datetime import UTC
from typing import Any

from flask import Blueprint, Response, request

from provisioner.sandbox.github import (
    api_accounts,
    api_actions,
    api_branches,
    api_checks,
    api_commits,
    api_contents,
    api_forks,
    api_git,
    api_issues,
    api_pulls,
    api_repositories,
)
from provisioner.sandbox.github.accounts import Actor
from provisioner.sandbox.github.calls import SAFE, ApiError, Call, Reply, Route, not_found
from provisioner.sandbox.github.records import Repository
from provisioner.sandbox.github.state import GitHubWorld

ROUTES: tuple[Route, ...] = (
    *api_accounts.ROUTES,
    *api_repositories.ROUTES,
    *api_forks.ROUTES,
    *api_branches.ROUTES,
    *api_contents.ROUTES,
    *api_git.ROUTES,
    *api_commits.ROUTES,
    *api_pulls.ROUTES,
    *api_issues.ROUTES,
    *api_checks.ROUTES,
    *api_actions.ROUTES,
)
NAMED = "/repos/<owner>/<repo>"
BY_ID = "/repositories/<repository_id>"


def blueprint(github: GitHubWorld) -> Blueprint:
    """Every operation; call it while holding the world's lock."""
    api = Blueprint("github", __name__)
    for route in ROUTES:
        paths = {route.path, route.path.replace(NAMED, BY_ID)}
        for path in paths:
            name = f"{route.method} {path}".replace(".", "_")
            api.add_url_rule(path, name, _view(github, route), methods=[route.method])
    return api


def _view(github: GitHubWorld, route: Route) -> Callable[..., Response]:
    def view(**path: str) -> Response:
        try:
            actor = _actor(github)
            reply = _within_limits(github, actor) or route.handler(
                _call(github, actor, route, path)
            )
        except ApiError as error:
            reply = Reply(error.status, error.body, error.headers)
        return _response(reply, _headers(github))

    return view


def _actor(github: GitHubWorld) -> Actor:
    header = request.headers.get("Authorization", "")
    actor = github.accounts.actor(header)
    if actor is None:
        raise ApiError(401, "Bad credentials" if header else "Requires authentication")
    return actor


def _call(github: GitHubWorld, actor: Actor, route: Route, path: Mapping[str, str]) -> Call:
    found = _repository(github, path)
    if found is not None:
        _check_access(github, actor, route, found)
    return Call(github, actor, path, request.args.to_dict(), _body(), request.base_url, found)


def _repository(github: GitHubWorld, path: Mapping[str, str]) -> Repository | None:
    """The repository that the path names; None where it names none."""
    if "repository_id" in path:
        key = path["repository_id"]
        found = github.repositories.by_id(int(key)) if key.isdecimal() else None
    elif "repo" in path:
        full_name = f"{path['owner']}/{path['repo']}"
        found = github.repositories.find(full_name)
        if found is None and (moved := github.repositories.moved(full_name)):
            raise _redirect(github, full_name, moved)
    else:
        return None
    if found is None:
        raise not_found()
    return found


def _redirect(github: GitHubWorld, old_name: str, moved: Repository) -> ApiError:
    """Reading is sent on with 301, everything else with 307."""
    rest = request.path.removeprefix(f"/repos/{old_name}")
    query = f"?{request.query_string.decode()}" if request.query_string else ""
    location = f"{github.url}/repositories/{moved.id}{rest}{query}"
    status, message = (
        (301, "Moved Permanently") if request.method in SAFE else (307, "Temporary Redirect")
    )
    return ApiError(status, message, headers={"Location": location}, url=location)


def _check_access(github: GitHubWorld, actor: Actor, route: Route, found: Repository) -> None:
    """What may not be read does not exist; what may not be changed is refused."""
    if not github.access.may(actor, found, "read"):
        raise not_found()
    if not github.access.may(actor, found, route.needs) or _is_beyond(github, actor, route):
        raise api_accounts.forbidden(actor)


def _is_beyond(github: GitHubWorld, actor: Actor, route: Route) -> bool:
    """Whether the copies' token lacks the permission, whatever its owner may do.

    docs/set-up.md asks for a fine-grained token with Administration (to write) and
    Contents (to read): good for forks, template copies and settings. A classic
    one may do what its owner may.
    """
    fine_grained = actor.makes_copies and github.token_scopes is None
    copies = route.path.endswith(("/forks", "/generate"))
    return fine_grained and route.method not in SAFE and route.needs != "admin" and not copies


def _body() -> Mapping[str, Any]:
    raw = request.get_data()
    if not raw:
        return {}
    try:
        body = json.loads(raw)
    except ValueError:
        raise ApiError(400, "Problems parsing JSON") from None
    if not isinstance(body, dict):
        raise ApiError(400, "Body should be a JSON object")
    return body


def _within_limits(github: GitHubWorld, actor: Actor) -> Reply | None:
    refusal = github.limits.spend(actor, writes=request.method not in SAFE)
    if refusal is None:
        return None
    wants = refusal.secondary and github.limits.enforced.retry_after
    headers = {"Retry-After": str(refusal.wait)} if wants else {}
    message = (
        "You have exceeded a secondary rate limit. Please wait a few minutes before you try again."
        if refusal.secondary
        else f"API rate limit exceeded for user ID {actor.account.id}."
    )
    error = ApiError(403, message, headers=headers)
    return Reply(403, error.body, headers)


def _headers(github: GitHubWorld) -> dict[str, str]:
    """What stands at the head of every answer."""
    actor = github.accounts.actor(request.headers.get("Authorization", ""))
    if actor is None:
        return {"X-GitHub-Media-Type": "github.v3; format=json"}
    usage = github.limits.usage(actor)
    return {
        **_token(github, actor),
        "X-GitHub-Media-Type": "github.v3; format=json",
        "X-RateLimit-Limit": str(usage.limit),
        "X-RateLimit-Remaining": str(usage.remaining),
        "X-RateLimit-Used": str(usage.used),
        "X-RateLimit-Reset": str(usage.reset),
        "X-RateLimit-Resource": "core",
    }


def _token(github: GitHubWorld, actor: Actor) -> dict[str, str]:
    """What a person's token says of itself; only a classic one names its scopes."""
    if actor.kind != "user":
        return {}
    said = {}
    if github.token_scopes is not None:
        said["X-OAuth-Scopes"] = ", ".join(github.token_scopes)
    if github.token_ends is not None:
        ends = github.token_ends.astimezone(UTC)
        said["GitHub-Authentication-Token-Expiration"] = f"{ends:%Y-%m-%d %H:%M:%S} UTC"
    return said


def _response(reply: Reply, headers: Mapping[str, str]) -> Response:
    text = "" if reply.body is None else json.dumps(reply.body)
    return Response(text, reply.status, {**headers, **reply.headers}, mimetype="application/json")
