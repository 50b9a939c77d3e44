"""The way of an exchange: nothing that goes wrong inside goes unseen."""

from collections.abc import Iterator
from contextlib import contextmanager

import httpx

from provisioner.clock import ManualClock
from provisioner.sandbox.contract import Contract
from provisioner.sandbox.exchange import Answer, Request
from provisioner.sandbox.faults import Faults
from provisioner.sandbox.gate import UNROUTED, Gate, Respond, Shared
from provisioner.sandbox.listener import Listener
from provisioner.sandbox.requests import RequestLog
from provisioner.sandbox.world import World

CONTROLLED = Answer(200, (), b"control")


@contextmanager
def _served(respond: Respond, contract: Contract) -> Iterator[str]:
    world = World(ManualClock())
    shared = Shared(world, RequestLog(), Faults(), contract, lambda _: CONTROLLED)
    listener = Listener()
    listener.start(Gate(shared, lambda _: "telegram", respond).serve)
    try:
        yield listener.url
    finally:
        listener.stop()


def _break(request: Request) -> Answer:
    raise ZeroDivisionError(request.method)


def test_a_stand_in_that_breaks_answers_500_and_is_noted_without_tokens() -> None:
    contract = Contract(None)
    with _served(_break, contract) as url:
        answer = httpx.get(f"{url}/bot123:secret/getMe")

    (violation,) = contract.report()["violations"]
    assert answer.status_code == 500
    assert violation.startswith("telegram: GET /bot***/getMe broke:")
    assert "ZeroDivisionError: GET" in violation
    assert "secret" not in violation


def test_a_request_that_leads_nowhere_is_noted() -> None:
    contract = Contract(None)
    with _served(lambda _: Answer(404, ((UNROUTED, "404"),)), contract) as url:
        httpx.get(f"{url}/nothing")

    assert contract.report()["violations"] == ["telegram: the stand-in has no GET /nothing"]


def test_the_control_answers_whatever_the_stand_in_does() -> None:
    with _served(_break, Contract(None)) as url:
        answer = httpx.get(f"{url}/_sandbox/world")

    assert (answer.status_code, answer.text) == (200, "control")
