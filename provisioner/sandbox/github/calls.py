"""The shape of one call to GitHub's API, its refusals and its pages. Knows no operation.

See docs.github.com: rest/using-the-rest-api (pagination, troubleshooting).
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, TypeVar
from urllib.parse import urlencode

from provisioner.sandbox.github.accounts import Actor
from provisioner.sandbox.github.payload_basics import DOCS, Payload
from provisioner.sandbox.github.records import Permission, Repository
from provisioner.sandbox.github.state import GitHubWorld

T = TypeVar("T")

PER_PAGE = 30
MAX_PER_PAGE = 100


SAFE = frozenset({"GET", "HEAD"})


class ApiError(Exception):
    """A refusal in GitHub's own shape."""

    def __init__(
        self,
        status: int,
        message: str,
        *,
        errors: Sequence[Payload] = (),
        headers: Mapping[str, str] | None = None,
        **more: Any,
    ) -> None:
        super().__init__(message)
        self.status = status
        self.headers = dict(headers or {})
        listed = {"errors": list(errors)} if errors else {}
        self.body: Payload = {
            "message": message,
            **listed,
            **more,
            "documentation_url": DOCS,
            "status": str(status),
        }


def not_found(message: str = "Not Found") -> ApiError:
    return ApiError(404, message)


def unprocessable(message: str) -> ApiError:
    return ApiError(422, message)


def invalid(resource: str, field_name: str, message: str, code: str = "custom") -> ApiError:
    """A field whose value GitHub does not take."""
    error = {"resource": resource, "field": field_name, "code": code, "message": message}
    return ApiError(422, "Validation Failed", errors=[error])


def empty_repository() -> ApiError:
    """Also what a fork answers whose commits cannot be read yet."""
    return ApiError(409, "Git Repository is empty.")


@dataclass(frozen=True)
class Reply:
    """`body` None sends nothing at all."""

    status: int
    body: Any = None
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Call:
    """One request by somebody whose token is valid. `url` is the address without the query."""

    github: GitHubWorld
    actor: Actor
    path: Mapping[str, str]
    query: Mapping[str, str]
    body: Mapping[str, Any]
    url: str
    found: Repository | None = None

    @property
    def repository(self) -> Repository:
        """The repository that the path names."""
        if self.found is None:
            raise not_found()
        return self.found

    @property
    def readable(self) -> Repository:
        """The repository, refused while it has no commits that can be read."""
        if not self.has_commits:
            raise empty_repository()
        return self.repository

    @property
    def has_commits(self) -> bool:
        repository = self.repository
        ready = self.github.repositories.is_readable(repository)
        return ready and bool(repository.git.branches())

    def text(self, name: str, default: str | None = None) -> str:
        """A text of the body; without a default it has to be there."""
        value = self.body.get(name, default)
        if not isinstance(value, str):
            kind = "nil" if value is None else type(value).__name__
            raise unprocessable(
                f"Invalid request.\n\nFor 'properties/{name}', {kind} is not a string."
            )
        return value

    def number(self, name: str) -> int:
        """A number in the path; what is none leads nowhere."""
        text = self.path[name]
        if not text.isdecimal():
            raise not_found()
        return int(text)

    def commit(self, name: str) -> str:
        """The commit that a branch, tag or SHA in the path stands for."""
        sha = self.readable.git.resolve(name)
        if sha is None or self.readable.git.commit(sha) is None:
            raise unprocessable(f"No commit found for SHA: {name}")
        return sha


Handler = Callable[[Call], Reply]


@dataclass(frozen=True)
class Route:
    """`path` as Flask writes it; `needs` is what the token must be allowed in the repository."""

    method: str
    path: str
    handler: Handler
    needs: Permission = "read"


def time_in(text: str) -> datetime:
    """A time that a client wrote; one without a zone is UTC."""
    try:
        when = datetime.fromisoformat(text)
    except ValueError:
        raise unprocessable(f"{text} is not a time") from None
    return when if when.tzinfo else when.replace(tzinfo=UTC)


def paged(
    call: Call, items: Sequence[T], show: Callable[[T], Payload], key: str | None = None
) -> Reply:
    """One page of a list and the links to the others; with `key` wrapped in an object."""
    per_page = min(max(_whole(call.query.get("per_page"), PER_PAGE), 1), MAX_PER_PAGE)
    page = max(_whole(call.query.get("page"), 1), 1)
    shown = [show(one) for one in items[(page - 1) * per_page : page * per_page]]
    last = max(-(-len(items) // per_page), 1)
    body = shown if key is None else {"total_count": len(items), key: shown}
    return Reply(200, body, _links(call, page, last))


def _whole(text: str | None, default: int) -> int:
    return int(text) if text is not None and text.isdecimal() else default


def _links(call: Call, page: int, last: int) -> dict[str, str]:
    wanted = {"prev": page - 1, "next": page + 1, "last": last, "first": 1}
    shown = {
        name: number
        for name, number in wanted.items()
        if 1 <= number <= last and not (name == "last" and page >= last) and _is_useful(name, page)
    }
    links = (
        f'<{call.url}?{urlencode({**call.query, "page": number})}>; rel="{name}"'
        for name, number in shown.items()
    )
    return {"Link": ", ".join(links)} if shown else {}


def _is_useful(name: str, page: int) -> bool:
    return page > 1 if name in {"prev", "first"} else True
