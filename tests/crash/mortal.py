"""The provisioner as a process that can die: at a request, and from then on it asks for nothing.

Only the outermost clients are replaced, by heirs that watch what passes; the
product knows nothing of it.
"""

import random
import socket
import ssl
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache, cached_property
from typing import Any, TypeVar

import httpx

from provisioner.answers import Answer
from provisioner.clock import Clock
from provisioner.engine.lease import Worker
from provisioner.github.session import GitHubSession
from provisioner.sandbox.faults import Faults
from provisioner.sandbox.requests import redacted
from provisioner.transport import USUAL, HttpClient, Patience, http_client
from provisioner.wiring import GITHUB_API, Wiring
from tests.crash.boundary import Boundary, Labels, Ledger, Phase

Result = TypeVar("Result")


class Crash(BaseException):
    """The process is dead. Not an Exception: nothing may handle it."""


@dataclass
class Process:
    """One life. `fate` is where it ends; without one it lives for as long as it has work.

    `refusals` tell which requests meet a port that nobody listens on: what
    cannot be ordered from a service that does listen.
    """

    name: str
    ledger: Ledger = field(default_factory=Ledger)
    labels: Labels = field(default_factory=Labels)
    fate: Boundary | None = None
    refusals: Faults = field(default_factory=Faults)
    died: threading.Event = field(default_factory=threading.Event)

    def request(self, label: str, send: Callable[[], Result]) -> Result:
        """Send, unless death comes first; what was sent has its effect all the same."""
        self._die_if(self.died.is_set())
        number = self.ledger.next(label)
        self._die_if(self.fate == Boundary(label, number, Phase.UNSENT))
        try:
            return send()
        finally:
            self._die_if(self.died.is_set())
            self._die_if(self.fate == Boundary(label, number, Phase.UNANSWERED))
            if self.fate == Boundary(label, number, Phase.ANSWERED):
                self.died.set()

    def _die_if(self, due: bool) -> None:
        if due:
            self.died.set()
            raise Crash(self.name)


class MortalSession(GitHubSession):
    """GitHub, as a process sees it that may die."""

    def __init__(self, process: Process, base_url: str, *arguments: Any) -> None:
        super().__init__(base_url, *arguments)
        self._process = process
        self._nowhere = GitHubSession(_closed_port(), *arguments)

    def send(
        self, method: str, path: str, body: object = None, params: Mapping[str, Any] | None = None
    ) -> Any:
        refused = self._process.refusals.take("github", method, path)
        send = self._nowhere.send if refused else super().send
        label = self._process.labels.of(method, path, None, None)
        return self._process.request(label, lambda: send(method, path, body, params))


class MortalHttp(HttpClient):
    """Vercel and Telegram, as a process sees them that may die."""

    def __init__(self, process: Process, service: str, patience: Patience) -> None:
        super().__init__(service, _plain_client(patience), patience)
        self._process = process

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
        path = httpx.URL(url).path
        if self._process.refusals.take(self.service.lower(), method, redacted(path)):
            url = _closed_port() + path
        inner = super().send

        def send() -> Answer:
            answer = inner(
                method,
                url,
                label=label,
                params=params,
                body=body,
                headers=headers,
                extensions=extensions,
            )
            self._process.labels.learn(answer.text)
            return answer

        return self._process.request(self._process.labels.of(method, path, params, body), send)


class MortalWiring(Wiring):
    """The wiring of one process. `knows_of_deaths`: it can tell that all others have ended."""

    def __init__(
        self,
        environ: Mapping[str, str],
        clock: Clock,
        process: Process,
        *,
        seed: int,
        patience: Patience = USUAL,
        knows_of_deaths: bool = True,
    ) -> None:
        super().__init__(environ, clock, random.Random(seed))
        self._process = process
        self._patience = patience
        self._knows_of_deaths = knows_of_deaths

    @cached_property
    def worker(self) -> Worker:
        return Worker(self._process.name, lambda _holder: self._knows_of_deaths)

    def _session(self, token: str, name: str, reserve: int = 0) -> GitHubSession:
        url = self.environ.get("GITHUB_API_URL") or GITHUB_API
        return MortalSession(
            self._process, url, token, self.clock, self._throttle, name, self._patience, reserve
        )

    def _http(self, service: str) -> HttpClient:
        return MortalHttp(self._process, service, self._patience)


def _plain_client(patience: Patience) -> httpx.Client:
    """The stand-ins of the APIs speak plain HTTP; making a TLS context takes its time."""
    return http_client(_tls(), patience)


@cache
def _tls() -> ssl.SSLContext:
    return ssl.create_default_context()


@cache
def _held_socket() -> socket.socket:
    """Bound and never listening: who connects is refused, and nobody else gets the port."""
    held = socket.socket()
    held.bind(("127.0.0.1", 0))
    return held


def _closed_port() -> str:
    return f"http://127.0.0.1:{_held_socket().getsockname()[1]}"
