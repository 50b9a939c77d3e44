"""Vercel's payloads to our models and back. Pure: no I/O.

Field names follow Vercel's published API description. Deployments, domains
and variables have rooms of their own.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from provisioner.answers import Answer, wait_until
from provisioner.foreign_json import json_or_none
from provisioner.hosting.base import MARK
from provisioner.models.app import BuildSettings
from provisioner.models.remote import Mark, Project

OWN_SUFFIX = ".vercel.app"
LEAST_LIMIT_WAIT = 60.0

BUILD_KEYS = {
    "framework": "framework",
    "root_directory": "rootDirectory",
    "build_command": "buildCommand",
    "install_command": "installCommand",
    "output_directory": "outputDirectory",
}


@dataclass(frozen=True)
class Refusal:
    """Why Vercel said no. `error` is the body's `error` object; it may echo secret values.

    What stands beside it of single variables is put into it as `failed`.
    """

    message: str
    code: str
    error: Mapping[str, Any]


def refusal_of(answer: Answer) -> Refusal:
    """Read an error answer; it may be JSON, HTML or nothing at all."""
    body = json_or_none(answer.text)
    body = body if isinstance(body, dict) else {}
    error = body.get("error")
    if not isinstance(error, dict):
        return Refusal("", "", {})
    failed = {"failed": body["failed"]} if "failed" in body else {}
    return Refusal(
        str(error.get("message") or ""), str(error.get("code") or ""), {**error, **failed}
    )


def limit_wait(reason: Refusal, status: int, now: datetime) -> float | None:
    """Seconds until a limit resets: `limit.reset` (seconds since the epoch) or `resetMs`.

    A 429 that does not say is given a minute.
    """
    limit = reason.error.get("limit")
    limit = limit if isinstance(limit, dict) else {}
    wait = wait_until(limit.get("resetMs"), now, per_second=1000)
    wait = wait_until(limit.get("reset"), now) if wait is None else wait
    return LEAST_LIMIT_WAIT if wait is None and status == 429 else wait


def project(payload: Mapping[str, Any]) -> Project:
    link = payload.get("link") or {}
    production = (payload.get("targets") or {}).get("production") or {}
    return Project(
        id=payload["id"],
        name=payload["name"],
        repository=_repository(link),
        repository_id=link.get("repoId"),
        production_branch=link.get("productionBranch"),
        build=BuildSettings(**{ours: payload.get(theirs) for ours, theirs in BUILD_KEYS.items()}),
        paused=bool(payload.get("paused")),
        aliases=production_names(production),
        serving=production.get("id"),
        mark=_mark(payload.get("env") or ()),
    )


def _repository(link: Mapping[str, Any]) -> str | None:
    """The linked repository's full name; words for one that is not at GitHub."""
    if link.get("org") and link.get("repo"):
        return f"{link['org']}/{link['repo']}"
    service = str(link.get("type") or "github")
    return None if service == "github" else f"a repository at {service}"


def _mark(variables: Any) -> Mark | None:
    """What the project says of itself. One whose value is not shown says nothing.

    A team's policy may make every variable sensitive, and then Vercel shows no value.
    """
    for item in variables:
        if item.get("key") == MARK and item.get("type") == "plain":
            return Mark(app=str(item.get("value")), made_at=moment(item.get("createdAt") or 0))
    return None


def production_names(deployment: Mapping[str, Any]) -> tuple[str, ...]:
    """The names that lead to a production deployment, Vercel's own before the hub's.

    The former answer whatever becomes of the hub's domains. Names that Vercel
    makes beside them (for the team, for the branch) are left out: under
    standard protection they ask visitors to log in.
    """
    made = frozenset(deployment.get("automaticAliases") or ())
    names = [name for name in deployment.get("alias") or () if name not in made]
    return tuple(sorted(names, key=lambda name: not name.endswith(OWN_SUFFIX)))


def repository_body(repository: str) -> dict[str, str]:
    return {"type": "github", "repo": repository}


def mark_body(mark: str) -> dict[str, Any]:
    """A variable that comes with the project, in the same call: never the one without the other."""
    if not mark:
        return {}
    variable = {"key": MARK, "value": mark, "type": "plain", "target": ["production"]}
    return {"environmentVariables": [variable]}


def build_body(build: BuildSettings) -> dict[str, Any]:
    """What is stated; the rest is left to Vercel."""
    stated = build.stated()
    return {theirs: stated[ours] for ours, theirs in BUILD_KEYS.items() if ours in stated}


def moment(milliseconds: float) -> datetime:
    """Vercel's times are milliseconds since the epoch."""
    return datetime.fromtimestamp(milliseconds / 1000, UTC)
