"""What can go wrong with one request, as orders to the sandbox, and which requests there are."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from provisioner.sandbox.requests import Logged
from provisioner.transport import USUAL, Patience
from tests.crash.stories import Story

GENERATED = re.compile(r"\b(?:prj|dpl)_\w+|(?<=/comments/)\d+")
TIMES: tuple[int | str, ...] = (1, 3, "forever")

IMPATIENT = Patience(connect=5.0, read=0.15, total=5.0)
HURRIED = Patience(connect=5.0, read=5.0, total=0.1)


@dataclass(frozen=True)
class Trouble:
    """One kind of fault. `api` is the only one that has it, where not all have.

    `nowhere`: the connection itself is refused, which only the client can meet.
    """

    name: str
    order: tuple[tuple[str, Any], ...] = ()
    patience: Patience = USUAL
    api: str = ""
    nowhere: bool = False


def _trouble(name: str, patience: Patience = USUAL, api: str = "", **order: Any) -> Trouble:
    return Trouble(name, tuple(order.items()), patience, api)


TROUBLES = (
    Trouble("connection refused", (("kind", "refused"),), nowhere=True),
    _trouble("reset before the effect", kind="reset"),
    _trouble("reset after the effect", kind="reset", when="after"),
    _trouble("read timeout after the effect", IMPATIENT, kind="timeout", when="after"),
    _trouble("500 before the effect", kind="status", status=500),
    _trouble("500 after the effect", kind="status", status=500, when="after"),
    _trouble("502", kind="status", status=502, when="after"),
    _trouble("503 with Retry-After", kind="status", status=503, retry_after=20),
    _trouble("429", kind="rate-limit", retry_after=120),
    _trouble("403 secondary limit", api="github", kind="secondary-limit"),
    _trouble("truncated JSON", kind="truncated", when="after"),
    _trouble("cut JSON", kind="truncated", when="after", content_length="cut"),
    _trouble("wrong-typed JSON", kind="wrong-type", when="after"),
    _trouble("HTML body", kind="html", when="after"),
    _trouble("HTML 502", kind="html", status=502),
    _trouble("empty body", kind="empty", when="after"),
    _trouble("trickling answer", HURRIED, kind="trickle", when="after", delay=0.4),
)


@dataclass(frozen=True)
class Target:
    """The nth request of an act to one place."""

    act: int
    api: str
    method: str
    path: str
    number: int

    def __str__(self) -> str:
        return f"act {self.act + 1} {self.method} {self.path} #{self.number}"

    @property
    def writes(self) -> bool:
        return self.method != "GET"


@dataclass(frozen=True)
class Fault:
    """A case of the suite: one trouble at one request, so many times in a row."""

    story: Story
    target: Target
    trouble: Trouble
    times: int | str
    name: str = field(init=False)

    def __post_init__(self) -> None:
        often = f"{self.times} times" if isinstance(self.times, int) else "for ever"
        name = f"{self.story.name} | {self.target} | {self.trouble.name} | {often}"
        object.__setattr__(self, "name", name)

    def __str__(self) -> str:
        return self.name

    @property
    def possible(self) -> bool:
        return self.trouble.api in ("", self.target.api)

    @property
    def order(self) -> dict[str, Any]:
        return {
            "api": self.target.api,
            "method": self.target.method,
            "path": self.target.path,
            "nth": self.target.number,
            "times": self.times,
            **dict(self.trouble.order),
        }


def targets(act: int, requests: Iterable[Logged]) -> Iterator[Target]:
    """Every request of an act. Generated ids are left open."""
    seen: Counter[tuple[str, str, str]] = Counter()
    for request in requests:
        place = (request.api, request.method, GENERATED.sub("*", request.path))
        seen[place] += 1
        yield Target(act, *place, number=seen[place])
