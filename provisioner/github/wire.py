"""GitHub's payloads to our models and back. Pure: no I/O, no clock of its own."""

import base64
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from provisioner.models.remote import Account, ChangedFile, Comment, PullRequest, Repository
from provisioner.transport import Answer

LEAST_SECONDARY_WAIT = 60.0


@dataclass(frozen=True)
class Refusal:
    """Why GitHub said no: its message, a code of ours for what we must tell apart, a wait."""

    message: str
    code: str = ""
    retry_after: float | None = None
    body: object = None


def refusal_of(answer: Answer, now: datetime) -> Refusal:
    """Read an error answer; it may be JSON, HTML or nothing at all."""
    body = _json_or_none(answer.text)
    if not isinstance(body, dict):
        return Refusal(message="", code=_limit_code(answer, ""), retry_after=_wait(answer, "", now))
    message = _message(body)
    return Refusal(message, _limit_code(answer, message), _wait(answer, message, now), body)


def _message(body: Mapping[str, Any]) -> str:
    parts = [str(body.get("message") or "")]
    for item in body.get("errors") or []:
        if isinstance(item, dict) and item.get("message"):
            parts.append(str(item["message"]))
        elif isinstance(item, str):
            parts.append(item)
    return ": ".join(part for part in parts if part)


def _limit_code(answer: Answer, message: str) -> str:
    """GitHub says a limit with 403 or 429 (docs.github.com: rate limits for the REST API)."""
    if answer.status not in (403, 429):
        return ""
    if answer.headers.get("x-ratelimit-remaining") == "0":
        return "primary-limit"
    text = message.lower()
    if "rate limit" in text or "abuse" in text or "retry-after" in answer.headers:
        return "secondary-limit"
    return "rate-limit" if answer.status == 429 else ""


def _wait(answer: Answer, message: str, now: datetime) -> float | None:
    """Obey `retry-after`, else the reset time when nothing remains, else at least a minute."""
    code = _limit_code(answer, message)
    if not code:
        return None
    reset = answer.headers.get("x-ratelimit-reset", "")
    if code == "primary-limit" and reset.isdigit():
        return max((datetime.fromtimestamp(int(reset), UTC) - now).total_seconds(), 1.0)
    return LEAST_SECONDARY_WAIT


def _json_or_none(text: str) -> object:
    try:
        return json.loads(text)
    except ValueError:
        return None


def repository(payload: Mapping[str, Any]) -> Repository:
    parent = payload.get("parent") or {}
    template = payload.get("template_repository") or {}
    return Repository(
        id=payload["id"],
        full_name=payload["full_name"],
        owner=payload["owner"]["login"],
        default_branch=payload["default_branch"],
        parent=parent.get("full_name") if payload.get("fork") else None,
        template=template.get("full_name"),
        is_template=bool(payload.get("is_template")),
        private=bool(payload.get("private")),
    )


def account(payload: Mapping[str, Any]) -> Account:
    return Account(login=payload["login"], personal=payload["type"] == "User")


def pull_request(payload: Mapping[str, Any]) -> PullRequest:
    head_repository = payload["head"].get("repo") or {}
    return PullRequest(
        number=payload["number"],
        author=(payload.get("user") or {}).get("login", "ghost"),
        head_repository=head_repository.get("full_name"),
        head_branch=payload["head"]["ref"],
        head_sha=payload["head"]["sha"],
        base_sha=payload["base"]["sha"],
        merged=bool(payload.get("merged") or payload.get("merged_at")),
        merge_commit=payload.get("merge_commit_sha"),
        state=payload["state"],
    )


def changed_file(payload: Mapping[str, Any]) -> ChangedFile:
    return ChangedFile(
        path=payload["filename"],
        status=payload["status"],
        previous_path=payload.get("previous_filename"),
    )


def comment(payload: Mapping[str, Any]) -> Comment:
    return Comment(
        id=payload["id"],
        author=(payload.get("user") or {}).get("login", "ghost"),
        body=payload.get("body") or "",
    )


def file_content(payload: Mapping[str, Any]) -> tuple[bytes, str]:
    """The bytes and the blob id of a file (at most 1 MB through the contents API)."""
    if payload["type"] != "file" or payload.get("encoding") != "base64":
        raise ValueError("not a file")
    return base64.b64decode(payload["content"]), payload["sha"]
