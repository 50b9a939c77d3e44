"""GitHub's payloads to our models and back. Pure: no I/O, no clock of its own."""

import base64
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from provisioner.answers import Answer, believable, part, wait_until
from provisioner.foreign_json import json_or_none
from provisioner.models.remote import (
    Account,
    ChangedFile,
    Comment,
    Commit,
    PullRequest,
    Repository,
    Tree,
    TreeEntry,
    WrittenCommit,
)

LEAST_SECONDARY_WAIT = 60.0
MOST_LISTED = 1000
"""So many entries of a folder are listed (docs.github.com: rest/repos/contents)."""


@dataclass(frozen=True)
class Refusal:
    """Why GitHub said no: its message, a code of ours for what we must tell apart, a wait."""

    message: str
    code: str = ""
    retry_after: float | None = None
    body: object = None


def refusal_of(answer: Answer, now: datetime) -> Refusal:
    """Read an error answer; it may be JSON, HTML or nothing at all."""
    body = json_or_none(answer.text)
    if not isinstance(body, dict):
        return Refusal(message="", code=_limit_code(answer, ""), retry_after=_wait(answer, "", now))
    message = _message(body)
    return Refusal(message, _limit_code(answer, message), _wait(answer, message, now), body)


def _message(body: Mapping[str, Any]) -> str:
    parts = [str(body.get("message") or "")]
    errors = body.get("errors")
    for item in errors if isinstance(errors, list) else ():
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
    if code == "primary-limit" and reset.isascii() and reset.isdigit():
        return wait_until(float(reset), now)
    return LEAST_SECONDARY_WAIT


@dataclass(frozen=True)
class Remaining:
    """Calls that a token has left, and when the count begins anew, in seconds since the epoch."""

    calls: int
    reset: int

    def resets_in(self, now: datetime) -> float:
        return believable(self.reset - now.timestamp())


def remaining_of(answer: Answer) -> Remaining | None:
    """What stands at the head of every answer (docs.github.com: rate limits for the REST API)."""
    told = [answer.headers.get(f"x-ratelimit-{name}", "") for name in ("remaining", "reset")]
    if not all(number.isascii() and number.isdigit() and len(number) < 16 for number in told):
        return None
    return Remaining(calls=int(told[0]), reset=int(told[1]))


def repository(payload: Any) -> Repository:
    parent = payload.get("parent") or {}
    template = payload.get("template_repository") or {}
    return Repository(
        id=part(payload, "id"),
        full_name=part(payload, "full_name"),
        owner=part(payload, "owner", "login"),
        default_branch=part(payload, "default_branch"),
        parent=parent.get("full_name") if payload.get("fork") else None,
        template=template.get("full_name"),
        is_template=bool(payload.get("is_template")),
        private=bool(payload.get("private")),
    )


def owner_and_name(payload: Any) -> tuple[str, str]:
    """A repository in a list: its owner's login and its full name."""
    return str(part(payload, "owner", "login")), str(part(payload, "full_name"))


def branch_head(payload: Any) -> str:
    return str(part(payload, "commit", "sha"))


def first_commit(payload: Any) -> tuple[Commit, ...]:
    """A list's first commit; nothing of an empty list."""
    if not isinstance(payload, list):
        raise TypeError("not a list")
    return tuple(_commit(item) for item in payload[:1])


def _commit(item: Any) -> Commit:
    return Commit(
        sha=part(item, "sha"),
        message=part(item, "commit", "message"),
        committed_at=part(item, "commit", "committer", "date"),
    )


def account(payload: Any) -> Account:
    return Account(login=login(payload), personal=part(payload, "type") == "User")


def account_id(payload: Any) -> int:
    number = part(payload, "id")
    if not isinstance(number, int) or isinstance(number, bool):
        raise TypeError("not a number")
    return number


def login(payload: Any) -> str:
    return str(part(payload, "login"))


def pull_request(payload: Any) -> PullRequest:
    head_repository = part(payload, "head").get("repo") or {}
    return PullRequest(
        number=part(payload, "number"),
        author=_author(payload),
        author_id=(payload.get("user") or {}).get("id"),
        base_branch=part(payload, "base", "ref"),
        head_repository=head_repository.get("full_name"),
        head_branch=part(payload, "head", "ref"),
        head_sha=part(payload, "head", "sha"),
        base_sha=part(payload, "base", "sha"),
        merged=bool(payload.get("merged") or payload.get("merged_at")),
        merge_commit=payload.get("merge_commit_sha"),
        mergeable=payload.get("mergeable"),
        state=part(payload, "state"),
        opened_at=moment_in(payload.get("created_at")),
    )


def moment_in(value: object) -> datetime | None:
    """A time as GitHub writes it; `None` for what is none."""
    try:
        moment = datetime.fromisoformat(str(value))
    except ValueError:
        return None
    return moment if moment.tzinfo else None


def changed_file(payload: Any) -> ChangedFile:
    return ChangedFile(
        path=part(payload, "filename"),
        status=part(payload, "status"),
        sha=payload.get("sha") or "",
        previous_path=payload.get("previous_filename"),
    )


def tree(payload: Any) -> Tree | None:
    """A whole tree; `None` where GitHub had to cut it."""
    if part(payload, "truncated") is not False:
        return None
    entries = [_tree_entry(item) for item in part(payload, "tree")]
    return Tree(entries={entry.name: entry for entry in entries})


def _tree_entry(item: Any) -> TreeEntry:
    return TreeEntry(
        name=part(item, "path"),
        mode=part(item, "mode"),
        sha=part(item, "sha"),
        size=item.get("size"),
    )


def blob(payload: Any) -> bytes:
    if part(payload, "encoding") != "base64":
        raise ValueError("not a blob")
    return base64.b64decode(part(payload, "content"))


def written_commit(payload: Any) -> WrittenCommit:
    parents = tuple(part(item, "sha") for item in part(payload, "parents"))
    return WrittenCommit(sha=part(payload, "sha"), parents=parents)


def commit_status(payload: Any) -> tuple[str, str]:
    """The context and the state of one commit status."""
    return str(part(payload, "context")), str(part(payload, "state"))


def comment(payload: Any) -> Comment:
    return Comment(id=part(payload, "id"), author=_author(payload), body=payload.get("body") or "")


def _author(payload: Any) -> str:
    """Who has left GitHub is shown as `ghost`, as on its pages."""
    return str((payload.get("user") or {}).get("login", "ghost"))


def file_content(payload: Any) -> tuple[bytes, str]:
    """The bytes and the blob id of a file (at most 1 MB through the contents API)."""
    if part(payload, "type") != "file" or payload.get("encoding") != "base64":
        raise ValueError("not a file")
    return base64.b64decode(part(payload, "content")), str(part(payload, "sha"))


def file_names(payload: Any) -> list[str]:
    """The plain files of a folder; none of what is not a folder."""
    items = payload if isinstance(payload, list) else ()
    return [str(part(item, "name")) for item in items if part(item, "type") == "file"]


def whole_folder(payload: Any) -> list[str]:
    """The same; `ValueError` for a folder that may hold more than is listed."""
    if isinstance(payload, list) and len(payload) >= MOST_LISTED:
        raise ValueError("a folder of more entries than GitHub lists")
    return file_names(payload)


def blob_written(payload: Any) -> str:
    return str(part(payload, "content", "sha"))


def object_id(payload: Any) -> str:
    """Of a git object that was made."""
    return str(part(payload, "sha"))
