"""What is not in a list of Vercel's that goes on and on is never taken for absent."""

import itertools
import json
from collections.abc import Callable

import pytest

from provisioner.clock import ManualClock
from provisioner.engine.retry import is_transient
from provisioner.errors import RemoteError
from provisioner.hosting.vercel.api import Vercel
from provisioner.transport import HttpClient, http_client
from tests.unit.answering import Given, answering

MORE = {"count": 1, "next": 1, "prev": None}
DOMAIN = {"name": "a.example.org", "apexName": "example.org", "verified": True}
DEPLOYMENT = {"uid": "dpl_1", "readyState": "READY", "created": 1, "meta": {}}

ENDLESS: dict[str, tuple[Callable[[Vercel], object], object]] = {
    "domains": (
        lambda host: host.domains("team", "project"),
        {"domains": [DOMAIN], "pagination": MORE},
    ),
    "deployments": (
        lambda host: list(host.deployments("team", "prj_1")),
        {"deployments": [DEPLOYMENT], "pagination": MORE},
    ),
    "variables": (lambda host: host.variables("team", "project"), {"envs": [], "pagination": MORE}),
}


def vercel(url: str) -> Vercel:
    return Vercel(url, "a-token", HttpClient("Vercel", http_client()), ManualClock())


@pytest.mark.parametrize("what", ENDLESS)
def test_a_list_without_an_end_is_read_in_part_and_proves_nothing(what: str) -> None:
    ask, page = ENDLESS[what]

    with (
        answering(Given(200, json.dumps(page))) as server,
        pytest.raises(RemoteError, match="no more are read") as caught,
    ):
        ask(vercel(server.url))

    assert 1 <= len(server.asked) <= 20
    assert not is_transient(caught.value)


def test_the_newest_deployments_are_shown_before_the_end_is_missed() -> None:
    _, page = ENDLESS["deployments"]

    with answering(Given(200, json.dumps(page))) as server:
        found = list(itertools.islice(vercel(server.url).deployments("team", "prj_1"), 5))

    assert len(found) == 5
