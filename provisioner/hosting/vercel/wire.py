"""Vercel's payloads to our models and back. Pure: no I/O.

Field names follow Vercel's published API description; what the host's own
command line reads beyond it (`conflicts`, `ipStatus`) is optional here.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from provisioner.models.app import BuildSettings
from provisioner.models.dns import DnsEntry, DnsState
from provisioner.models.remote import (
    AttachedDomain,
    Deployment,
    DeploymentState,
    DomainAdvice,
    Project,
    Variable,
    VariableSetting,
)
from provisioner.transport import Answer

OWN_SUFFIX = ".vercel.app"
LEAST_LIMIT_WAIT = 60.0
TARGETS = ("production", "preview")

_BUILD_KEYS = {
    "framework": "framework",
    "root_directory": "rootDirectory",
    "build_command": "buildCommand",
    "install_command": "installCommand",
    "output_directory": "outputDirectory",
}

_STATES = {
    "QUEUED": DeploymentState.QUEUED,
    "INITIALIZING": DeploymentState.BUILDING,
    "BUILDING": DeploymentState.BUILDING,
    "READY": DeploymentState.READY,
    "ERROR": DeploymentState.ERROR,
    "CANCELED": DeploymentState.CANCELED,
    "DELETED": DeploymentState.CANCELED,
    "BLOCKED": DeploymentState.BLOCKED,
}


@dataclass(frozen=True)
class Refusal:
    """Why Vercel said no. `error` is the body's `error` object; it may echo secret values."""

    message: str
    code: str
    error: Mapping[str, Any]


def refusal_of(answer: Answer) -> Refusal:
    """Read an error answer; it may be JSON, HTML or nothing at all."""
    try:
        body = json.loads(answer.text)
    except ValueError:
        body = None
    error = body.get("error") if isinstance(body, dict) else None
    if not isinstance(error, dict):
        return Refusal("", "", {})
    return Refusal(str(error.get("message") or ""), str(error.get("code") or ""), error)


def limit_wait(reason: Refusal, status: int, now: datetime) -> float | None:
    """Seconds until a limit resets: `limit.reset` (seconds since the epoch) or `resetMs`.

    A 429 that does not say is given a minute.
    """
    limit = reason.error.get("limit")
    if not isinstance(limit, dict):
        return LEAST_LIMIT_WAIT if status == 429 else None
    if isinstance(limit.get("resetMs"), int | float):
        return max((moment(limit["resetMs"]) - now).total_seconds(), 1.0)
    if isinstance(limit.get("reset"), int | float):
        return max((moment(limit["reset"] * 1000) - now).total_seconds(), 1.0)
    return LEAST_LIMIT_WAIT if status == 429 else None


def project(payload: Mapping[str, Any]) -> Project:
    link = payload.get("link") or {}
    linked = link.get("org") and link.get("repo")
    production = (payload.get("targets") or {}).get("production") or {}
    return Project(
        id=payload["id"],
        name=payload["name"],
        repository=f"{link['org']}/{link['repo']}" if linked else None,
        repository_id=link.get("repoId"),
        production_branch=link.get("productionBranch"),
        build=BuildSettings(**{ours: payload.get(theirs) for ours, theirs in _BUILD_KEYS.items()}),
        paused=bool(payload.get("paused")),
        aliases=_own_names(production.get("alias")),
    )


def _own_names(aliases: Any) -> tuple[str, ...]:
    """The host's own names among all: they answer whatever becomes of the hub's domains."""
    return tuple(alias for alias in aliases or () if alias.endswith(OWN_SUFFIX))


def build_body(build: BuildSettings) -> dict[str, Any]:
    """What is stated; the rest is left to Vercel."""
    stated = build.stated()
    return {theirs: stated[ours] for ours, theirs in _BUILD_KEYS.items() if ours in stated}


def variable(payload: Mapping[str, Any]) -> Variable:
    targets = payload.get("target") or ()
    return Variable(
        id=payload["id"],
        key=payload["key"],
        targets=(targets,) if isinstance(targets, str) else tuple(targets),
        secret=payload["type"] == "sensitive",
        comment=payload.get("comment") or "",
        updated_at=moment(payload.get("updatedAt") or payload.get("createdAt") or 0),
    )


def variable_body(setting: VariableSetting) -> dict[str, Any]:
    return {
        "key": setting.key,
        "value": setting.value,
        "type": "sensitive" if setting.secret else "encrypted",
        "target": list(TARGETS),
        "comment": setting.comment,
    }


def deployment(payload: Mapping[str, Any]) -> Deployment:
    """From a single read (`id`) or a list (`uid`). Unknown states count as building."""
    state = _STATES.get(
        str(payload.get("readyState") or payload.get("state")), DeploymentState.BUILDING
    )
    meta = payload.get("meta") or {}
    return Deployment(
        id=payload.get("id") or payload["uid"],
        state=state,
        aliased=state is DeploymentState.READY and bool(payload.get("aliasAssigned")),
        failure=_failure(state, payload),
        commit=meta.get("githubCommitSha") or (payload.get("gitSource") or {}).get("sha"),
        labels={key: value for key, value in meta.items() if isinstance(value, str)},
        created_at=moment(payload.get("createdAt") or payload["created"]),
        aliases=_own_names(payload.get("alias")),
        page=payload.get("inspectorUrl") or "",
    )


def _failure(state: DeploymentState, payload: Mapping[str, Any]) -> str:
    if state is DeploymentState.BLOCKED:
        block = payload.get("seatBlock") or {}
        return str(block.get("blockCode") or "BLOCKED")
    if state is DeploymentState.CANCELED:
        return "the build was cancelled"
    if state is DeploymentState.ERROR:
        parts = (payload.get("errorCode"), payload.get("errorMessage"))
        return ": ".join(str(part) for part in parts if part) or "the build failed"
    if payload.get("aliasError"):
        return f"its names could not be set: {payload['aliasError'].get('message', '')}"
    return "its checks failed" if _checks_failed(payload) else ""


def _checks_failed(payload: Mapping[str, Any]) -> bool:
    alias_check = (payload.get("checks") or {}).get("deployment-alias") or {}
    return payload.get("checksConclusion") == "failed" or alias_check.get("state") == "failed"


def log_lines(payload: Any) -> tuple[str, ...]:
    """The text of build events, oldest first; an item may hold its text under `payload`."""
    lines: list[tuple[float, str]] = []
    for item in payload if isinstance(payload, list) else ():
        inner = item.get("payload") or {}
        text = item.get("text") or inner.get("text") or ""
        created = item.get("created") or item.get("date") or inner.get("date") or 0
        lines.extend((created, line) for line in str(text).splitlines() if line.strip())
    return tuple(text for _, text in sorted(lines, key=lambda line: line[0]))


def domain(payload: Mapping[str, Any]) -> AttachedDomain:
    zone = payload["apexName"]
    challenges = tuple(
        DnsEntry(type=item["type"], name=item["domain"], value=item["value"], zone=zone)
        for item in payload.get("verification") or ()
    )
    return AttachedDomain(
        name=payload["name"], zone=zone, verified=bool(payload["verified"]), challenges=challenges
    )


def advice(payload: Mapping[str, Any], domain: AttachedDomain) -> DomainAdvice:
    """The entries of rank 1: an A record for the zone itself, else a CNAME.

    This is the rule of Vercel's own command line; nothing is hard-coded, because
    the values differ from project to project.
    """
    apex = domain.name == domain.zone
    wanted = _wanted_addresses(payload, domain) if apex else _wanted_alias(payload, domain)
    must_change = payload.get("ipStatus") == "required-change"
    return DomainAdvice(
        misconfigured=bool(payload["misconfigured"]) or must_change,
        wanted=wanted,
        conflicts=tuple(_conflict(item, domain) for item in payload.get("conflicts") or ()),
    )


def _first_rank(items: Any) -> Mapping[str, Any] | None:
    return min(items or (), key=lambda item: item["rank"], default=None)


def _wanted_addresses(payload: Mapping[str, Any], domain: AttachedDomain) -> tuple[DnsEntry, ...]:
    best = _first_rank(payload["recommendedIPv4"])
    values = best["value"] if best else ()
    return tuple(
        DnsEntry(type="A", name=domain.name, value=value, zone=domain.zone) for value in values
    )


def _wanted_alias(payload: Mapping[str, Any], domain: AttachedDomain) -> tuple[DnsEntry, ...]:
    best = _first_rank(payload["recommendedCNAME"])
    if best is None:
        return _wanted_addresses(payload, domain)
    value = best["value"].removesuffix(".")  # most registrars' forms want it without the dot
    return (DnsEntry(type="CNAME", name=domain.name, value=value, zone=domain.zone),)


def _conflict(item: Mapping[str, Any], domain: AttachedDomain) -> DnsEntry:
    name = item.get("name") or domain.name
    full = domain.zone if name == "@" else name
    return DnsEntry(
        type=item["type"],
        name=full,
        value=str(item.get("value", "")),
        zone=domain.zone,
        state=DnsState.REMOVE,
    )


def moment(milliseconds: float) -> datetime:
    """Vercel's times are milliseconds since the epoch."""
    return datetime.fromtimestamp(milliseconds / 1000, UTC)
