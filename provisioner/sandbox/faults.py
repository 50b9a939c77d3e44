"""Faults to order: which exchange goes wrong, when and how. Touches no socket.

`POST /_sandbox/faults` takes one fault or a list of them, as JSON objects:

    api             github, git, vercel, telegram or * (any, the default)
    method          GET, POST, … or * (the default)
    path            a glob such as /repos/*/forks, where * matches slashes too;
                    or a regular expression for the whole path after `re:`
    nth             the first matching call to spoil, from 1 (default 1)
    times           how many matching calls to spoil from there on, or "forever" (default 1)
    when            before or after the call has had its effect (default before)
    kind            one of:
      reset            the connection is reset
      refused          the same before any effect: as near to a refused connection
                       as a socket that was accepted can come
      timeout          no answer until the client gives up, at most `delay` seconds
      status           an error of `status` (such as 500, 502, 503), with `retry_after`
      secondary-limit  GitHub's secondary rate limit: `status` 403 (default) or 429
      primary-limit    GitHub's hourly limit, used up; resets after `retry_after` (default 3600)
      rate-limit       429 as the API words it, with `retry_after` where given
      truncated        the answer's JSON, cut off; `content_length` says "full" (default: the
                       header promises more than comes) or "cut"
      wrong-type       valid JSON of another type than promised
      html             an HTML page with `status` (default 200)
      empty            no body, with `status` (default 200)
      trickle          the answer byte by byte over `delay` seconds
    status, retry_after, delay, content_length: see above; delay is 60 by default

Each fault counts the calls that match it; the first one whose turn it is, in
the order they were given, spoils the call. `DELETE` forgets them all.
"""

import re
import threading
from collections.abc import Iterable
from fnmatch import translate
from functools import cached_property
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError, model_validator

Kind = Literal[
    "reset",
    "refused",
    "timeout",
    "status",
    "secondary-limit",
    "primary-limit",
    "rate-limit",
    "truncated",
    "wrong-type",
    "html",
    "empty",
    "trickle",
]


class InvalidFault(ValueError):
    """A fault that cannot be understood; the text says which and why."""


class Fault(BaseModel):
    """One order. The module's docstring says what each field means."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    api: Literal["github", "git", "vercel", "telegram", "*"] = "*"
    method: Annotated[str, Field(pattern=r"^([A-Z]+|\*)$")] = "*"
    path: str = "*"
    nth: Annotated[int, Field(ge=1)] = 1
    times: Annotated[int, Field(ge=1)] | Literal["forever"] = 1
    when: Literal["before", "after"] = "before"
    kind: Kind
    status: Annotated[int, Field(ge=200, le=599)] | None = None
    retry_after: Annotated[float, Field(ge=0)] | None = None
    delay: Annotated[float, Field(gt=0, le=600)] = 60.0
    content_length: Literal["full", "cut"] = "full"

    @model_validator(mode="after")
    def _makes_sense(self) -> "Fault":
        if self.kind == "status" and self.status is None:
            raise ValueError("kind `status` needs a `status`, such as 502")
        if self.kind == "refused" and self.when == "after":
            raise ValueError("a refused connection has no effect: leave `when` at before")
        if self.path.startswith("re:"):
            re.compile(self.path[3:])
        return self

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        is_regex = self.path.startswith("re:")
        return re.compile(self.path[3:] if is_regex else translate(self.path))

    def matches(self, api: str, method: str, path: str) -> bool:
        return (
            self.api in {"*", api}
            and self.method in {"*", method}
            and self.pattern.fullmatch(path) is not None
        )

    def is_due(self, call: int) -> bool:
        """Whether the `call`th matching call, from 1, is to be spoilt."""
        return call >= self.nth and (self.times == "forever" or call < self.nth + self.times)


_FAULTS = TypeAdapter(list[Fault])


def read_faults(data: object) -> list[Fault]:
    """One object or a list of them; raises `InvalidFault`."""
    try:
        return _FAULTS.validate_python(data if isinstance(data, list) else [data])
    except (ValidationError, re.error) as error:
        raise InvalidFault(_said_plainly(error)) from None


def _said_plainly(error: ValidationError | re.error) -> str:
    if isinstance(error, re.error):
        return f"path: not a regular expression: {error}"
    said = (
        f"{'.'.join(str(part) for part in one['loc'][1:]) or 'the fault'}"
        f" (fault {int(one['loc'][0]) + 1}): {one['msg']}"
        for one in error.errors()
    )
    return "; ".join(said)


class Faults:
    """The faults in force and how often each was matched. Thread-safe."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._faults: list[tuple[Fault, list[int]]] = []

    def add(self, faults: Iterable[Fault]) -> None:
        with self._lock:
            self._faults += [(fault, [0]) for fault in faults]

    def clear(self) -> None:
        with self._lock:
            self._faults.clear()

    def take(self, api: str, method: str, path: str) -> Fault | None:
        """Count this call with every fault that matches it; the one that spoils it, if any."""
        due = None
        with self._lock:
            for fault, calls in self._faults:
                if fault.matches(api, method, path):
                    calls[0] += 1
                    due = due or (fault if fault.is_due(calls[0]) else None)
        return due

    def as_json(self) -> list[dict[str, Any]]:
        """Every fault with `matched`, the number of calls that matched it so far."""
        with self._lock:
            return [
                {**fault.model_dump(exclude_none=True), "matched": calls[0]}
                for fault, calls in self._faults
            ]
