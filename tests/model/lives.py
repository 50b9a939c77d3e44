"""A provisioner's process in the model: it may die, hang, or be shown lists of some seconds ago.

Builds on the mortal processes of `tests/crash`; the product knows nothing of it.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cached_property
from typing import Any, TypeVar

import httpx

from provisioner.answers import Answer
from provisioner.clock import Clock
from provisioner.engine.lease import Worker
from provisioner.transport import USUAL, HttpClient
from tests.crash.boundary import Phase
from tests.crash.mortal import MortalHttp, MortalWiring, Process

Result = TypeVar("Result")

LISTS = ("/v6/deployments", "/env", "/domains")
"""Ends of the paths of lists that may be behind."""

NEW_PROJECT = "/v11/projects"
"""After it nothing is known that was told of another one of its name."""


@dataclass
class Fate:
    """What befalls a process at its nth write: it dies in a phase, or hangs once it is answered."""

    write: int
    phase: Phase = Phase.ANSWERED
    meanwhile: Callable[[], object] | None = None
    reached: bool = False


JOURNAL = ("/contents/", "/git/")
"""In the paths of writes to the state branch, which refuses who comes too late."""


@dataclass
class Life(Process):
    """One process. `fates` are counted over its writes.

    `holds`: whether the hub is the process's just now. `strays`: what it changes although another
    one has taken the hub over.
    """

    ending: Fate | None = None
    writes: int = 0
    holds: Callable[[], bool] = bool
    strays: list[str] = field(default_factory=list)
    _lost: bool = False

    def request(self, label: str, send: Callable[[], Result]) -> Result:
        self._die_if(self.died.is_set())
        if self._lost and not label.startswith("GET ") and not any(one in label for one in JOURNAL):
            self.strays.append(label)
        fate = self._due(label)
        self._die_if(fate is not None and fate.phase is Phase.UNSENT)
        try:
            return send()
        finally:
            self._die_if(self.died.is_set())
            self._die_if(fate is not None and fate.phase is Phase.UNANSWERED)
            if fate is not None and fate.meanwhile:
                held = self.holds()
                fate.meanwhile()
                self._lost = held and not self.holds()
            elif fate is not None:
                self.died.set()

    def _due(self, label: str) -> Fate | None:
        if label.startswith("GET "):
            return None
        self.writes += 1
        if self.ending is None or self.ending.reached or self.ending.write != self.writes:
            return None
        self.ending.reached = True
        return self.ending


@dataclass
class Staleness:
    """Lists are so many seconds behind. Kept over processes.

    What was seen holds until the first write after it, and is shown for as long again.
    """

    seconds: float = 0.0
    _seen: dict[str, Answer] = field(default_factory=dict)
    _until: dict[str, datetime] = field(default_factory=dict)

    def old(self, key: str, now: datetime) -> Answer | None:
        """The answer of so many seconds ago, where that is another one than now."""
        until = self._until.get(key)
        behind = until is not None and now - until < timedelta(seconds=self.seconds)
        return self._seen.get(key) if behind else None

    def saw(self, key: str, answer: Answer) -> None:
        self._seen[key] = answer
        self._until.pop(key, None)

    def wrote(self, now: datetime, everything: bool) -> None:
        """`everything`: what was told is of another project, and is shown no more."""
        if everything:
            self._seen.clear()
        for key in self._seen.keys() - self._until.keys():
            self._until[key] = now


class ModelHttp(MortalHttp):
    """Vercel, as a process sees it whose lists may be behind."""

    def __init__(self, process: Process, service: str, clock: Clock, stale: Staleness) -> None:
        super().__init__(process, service, USUAL)
        self._clock, self._stale = clock, stale

    def send(
        self,
        method: str,
        url: str,
        *,
        label: str,
        params: Mapping[str, Any] | None = None,
        body: object = None,
        headers: Mapping[str, str] | None = None,
        extensions: Mapping[str, Any] | None = None,
    ) -> Answer:
        key = f"{httpx.URL(url).path}?{sorted((params or {}).items())}"
        listed = method == "GET" and httpx.URL(url).path.endswith(LISTS)
        old = self._stale.old(key, self._clock.now()) if listed and self._stale.seconds else None
        if old is not None:
            return old
        answer = super().send(
            method,
            url,
            label=label,
            params=params,
            body=body,
            headers=headers,
            extensions=extensions,
        )
        if listed and answer.status == 200:
            self._stale.saw(key, answer)
        elif method != "GET":
            self._stale.wrote(self._clock.now(), httpx.URL(url).path == NEW_PROJECT)
        return answer


class ModelWiring(MortalWiring):
    """The wiring of one life. `gone`: which other workers are known to have ended."""

    def __init__(
        self,
        environ: Mapping[str, str],
        clock: Clock,
        life: Life,
        seed: int,
        gone: Callable[[str], bool],
        stale: Staleness,
    ) -> None:
        super().__init__(environ, clock, life, seed=seed)
        self._gone, self._stale = gone, stale

    @cached_property
    def worker(self) -> Worker:
        return Worker(self._process.name, self._gone)

    def _http(self, service: str) -> HttpClient:
        if service != "Vercel":
            return super()._http(service)
        return ModelHttp(self._process, service, self.clock, self._stale)
