"""The way of one exchange through the sandbox: delay, fault, stand-in, contract, log.

The same for every API. Holds the world's lock while a stand-in answers, so
that each request is one change; never while it waits or writes to a socket.
"""

import time
import traceback
from collections.abc import Callable
from dataclasses import dataclass

from provisioner.errors import Interrupted
from provisioner.sandbox.contract import Contract
from provisioner.sandbox.exchange import Answer, Connection, Request
from provisioner.sandbox.faults import Fault, Faults
from provisioner.sandbox.misbehaviour import on_the_socket, spoilt
from provisioner.sandbox.requests import Logged, RequestLog, redacted
from provisioner.sandbox.world import World

CONTROL = "/_sandbox/"
UNROUTED = "X-Sandbox-Unrouted"
BROKEN = Answer(500, (("Content-Type", "application/json"),), b'{"message":"Sandbox"}')

Respond = Callable[[Request], Answer]


@dataclass(frozen=True)
class Shared:
    """What the gates of one sandbox have in common."""

    world: World
    log: RequestLog
    faults: Faults
    contract: Contract
    control: Respond


@dataclass(frozen=True)
class Gate:
    """One API's port. `name` tells the API of a request, because GitHub's port serves git too."""

    shared: Shared
    name: Callable[[Request], str]
    respond: Respond

    def serve(self, request: Request, connection: Connection) -> None:
        """Take one request to its end."""
        try:
            if request.path.startswith(CONTROL):
                connection.answer(self.shared.control(request))
            else:
                self._exchange(request, connection)
        except (Interrupted, ConnectionError):
            connection.close()

    def _exchange(self, request: Request, connection: Connection) -> None:
        began = time.monotonic()
        api, path = self.name(request), redacted(request.path)
        latency = self.shared.world.latency.request
        if latency:
            self.shared.world.clock.sleep(latency)
        fault = self.shared.faults.take(api, request.method, path)
        answer = None if fault and fault.when == "before" else self._answer(api, request)
        self.shared.contract.check(api, request, None if fault else answer)
        given = answer if fault is None else self._spoilt(fault, api, answer)
        self._log(api, request, given.status if given else None, fault, began)
        if given is not None:
            connection.answer(given)
        elif fault is not None:
            on_the_socket(fault, answer, connection)

    def _spoilt(self, fault: Fault, api: str, answer: Answer | None) -> Answer | None:
        return spoilt(fault, api, answer, self.shared.world.clock.now().timestamp())

    def _answer(self, api: str, request: Request) -> Answer:
        """The stand-in's answer; that it broke, or has none, is put on record."""
        asked = f"{request.method} {redacted(request.path)}"
        try:
            with self.shared.world.lock:
                answer = self.respond(request)
        except Exception:
            self.shared.contract.note(f"{api}: {asked} broke:\n{traceback.format_exc()}")
            return BROKEN
        if answer.header(UNROUTED):
            self.shared.contract.note(f"{api}: the stand-in has no {asked}")
        return answer

    def _log(
        self, api: str, request: Request, status: int | None, fault: Fault | None, began: float
    ) -> None:
        """Before the client can hear of it."""
        self.shared.log.add(
            Logged(
                api=api,
                method=request.method,
                path=redacted(request.path),
                query=request.query,
                status=status,
                time=self.shared.world.clock.now(),
                seconds=time.monotonic() - began,
                fault=fault.kind if fault else None,
                token=self.shared.world.tokens.variable(_token(request)),
            )
        )


def _token(request: Request) -> str:
    """What the request is authorised with; no part of it is kept."""
    return request.headers.get("authorization", "").partition(" ")[2].strip()
