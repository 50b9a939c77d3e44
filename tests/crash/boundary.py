"""Where a process can die: a request by a name that is the same in every run, and a phase of it."""

import json
import re
import threading
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

ID = re.compile(r"\b(?:prj|dpl)_\w+")
JOURNAL = re.compile(r".*/contents/hubs/([^/]+)\.json$")
COMMENT = re.compile(r".*/issues/(?:\d+/comments|comments/\d+)$")
BOT = re.compile(r"/bot(\d+):[^/]*")


class Phase(StrEnum):
    UNSENT = "before it is sent"
    UNANSWERED = "done, not answered"
    ANSWERED = "answered"


@dataclass(frozen=True, order=True)
class Boundary:
    """The nth request of one name, and how far it has got."""

    label: str
    number: int
    phase: Phase

    @property
    def writes(self) -> bool:
        return not self.label.startswith("GET ")

    def __str__(self) -> str:
        return f"{self.label} #{self.number}: {self.phase}"


class Labels:
    """Names requests. Generated ids give way to the names of what they stand for.

    The apps of a hub run side by side, so a request is known by what it is
    about, never by when it came.
    """

    def __init__(self) -> None:
        self._names: dict[str, str] = {}
        self._lock = threading.Lock()

    def of(self, method: str, path: str, params: Mapping[str, Any] | None, body: object) -> str:
        plain = BOT.sub(r"/bot \1", self._without_ids(path))
        about = self._about(params or {}, body)
        return f"{_kind(method, path)}{method} {plain}{f' for {about}' if about else ''}"

    def learn(self, text: str) -> None:
        """Note the names of the projects and deployments that an answer tells of."""
        try:
            payload = json.loads(text)
        except ValueError:
            return
        found = payload.get("deployments", [payload]) if isinstance(payload, dict) else []
        with self._lock:
            for item in found:
                if isinstance(item, dict) and "name" in item:
                    self._names[str(item.get("id") or item.get("uid"))] = str(item["name"])

    def _without_ids(self, path: str) -> str:
        with self._lock:
            named = ID.sub(lambda found: f"({self._names.get(found[0], '?')})", path)
        return re.sub(r"/comments/\d+", "/comments/(ours)", named)

    def _about(self, params: Mapping[str, Any], body: object) -> str:
        if "projectId" in params:
            return self._without_ids(str(params["projectId"])).strip("()")
        named = isinstance(body, dict) and isinstance(body.get("project") or body.get("name"), str)
        return str(body["name"]) if named and isinstance(body, dict) else ""


class Ledger:
    """How often each request was made in a story so far, over all of its processes."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._counts: Counter[str] = Counter()

    def next(self, label: str) -> int:
        """This request's number, from 1."""
        with self._lock:
            self._counts[label] += 1
            return self._counts[label]

    def boundaries(self) -> list[Boundary]:
        """Three for each request, in an order that does not depend on threads."""
        with self._lock:
            return sorted(
                Boundary(label, number, phase)
                for label, count in self._counts.items()
                for number in range(1, count + 1)
                for phase in Phase
            )


def _kind(method: str, path: str) -> str:
    """What the issue of durable runs asks for by name: journal writes and comment edits."""
    if method == "GET":
        return ""
    if found := JOURNAL.match(path):
        return f"journal of {found[1]}: "
    return "comment: " if COMMENT.match(path) else ""
