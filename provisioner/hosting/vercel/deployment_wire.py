"""Vercel's payloads about deployments to our models. Pure: no I/O."""

from collections.abc import Mapping
from typing import Any

from provisioner.hosting.vercel.wire import BUILD_KEYS, moment, production_names
from provisioner.models.app import BuildSettings
from provisioner.models.remote import Deployment, DeploymentState

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


def deployment(payload: Mapping[str, Any]) -> Deployment:
    """From a single read (`id`) or a list (`uid`). Unknown states count as building."""
    word = str(payload.get("readyState") or payload.get("state"))
    state = _STATES.get(word, DeploymentState.BUILDING)
    meta = payload.get("meta") or {}
    source = payload.get("gitSource") or {}
    return Deployment(
        id=payload.get("id") or payload["uid"],
        state=state,
        aliased=state is DeploymentState.READY and bool(payload.get("aliasAssigned")),
        failure=_failure(state, payload),
        build=_build(payload.get("projectSettings")),
        commit=meta.get("githubCommitSha") or source.get("sha"),
        repository_id=_number(meta.get("githubRepoId") or source.get("repoId")),
        labels={key: value for key, value in meta.items() if isinstance(value, str)},
        created_at=moment(payload.get("createdAt") or payload["created"]),
        aliases=production_names(payload),
        page=payload.get("inspectorUrl") or "",
    )


def _number(told: Any) -> int | None:
    """A repository's number: text in `meta`, a number or text elsewhere."""
    text = str(told)
    return int(text) if text.isascii() and text.isdecimal() else None


def _build(settings: Any) -> BuildSettings | None:
    """What is told of the settings it was built with; the rest stays unset."""
    if not isinstance(settings, Mapping):
        return None
    return BuildSettings(
        **{ours: settings[theirs] for ours, theirs in BUILD_KEYS.items() if theirs in settings}
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
    """The text of build events asked for newest first, as lines with the oldest first.

    An item may hold its text under `payload`; an item, or all of them, may be null.
    """
    items = [item for item in payload or () if isinstance(item, Mapping)]
    timed = [(_time(item), line) for item in reversed(items) for line in _lines(item)]
    return tuple(line for _, line in sorted(timed, key=lambda pair: pair[0]))


def _lines(item: Mapping[str, Any]) -> list[str]:
    text = item.get("text") or (item.get("payload") or {}).get("text") or ""
    return [line for line in str(text).splitlines() if line.strip()]


def _time(item: Mapping[str, Any]) -> float:
    inner = item.get("payload") or {}
    return float(item.get("created") or item.get("date") or inner.get("date") or 0)
