"""One request over HTTP: sent once, never longer than it may, its failure told with its effect."""

import json

import httpx
import pytest

from provisioner.errors import Effect, RemoteError, Unreachable
from provisioner.sandbox.server import Sandbox
from provisioner.transport import USUAL, HttpClient, Patience, http_client, read_within
from tests.unit.answering import Given, answering


def test_a_trickle_ends_at_the_deadline() -> None:
    times = iter([0.0, 1.0, 2.0, 31.0])

    with pytest.raises(TimeoutError):
        read_within(lambda: iter([b"a"] * 9), 30.0, lambda: next(times))


def client(patience: Patience = USUAL) -> HttpClient:
    return HttpClient("Vercel", http_client(patience=patience), patience)


def test_where_nobody_listens_nothing_was_sent() -> None:
    with answering() as server:
        url = server.url

    with pytest.raises(Unreachable) as caught:
        client().send("POST", url, label="POST /x")

    assert caught.value.effect is Effect.NONE


@pytest.mark.parametrize(
    ("method", "path", "effect"),
    [("GET", "/v2/user", Effect.NONE), ("POST", "/v1/projects/x/pause", Effect.UNKNOWN)],
)
@pytest.mark.parametrize("kind", ["reset", "timeout", "truncated"])
def test_an_answer_that_is_lost_leaves_a_write_in_doubt(
    sandbox: Sandbox, method: str, path: str, effect: Effect, kind: str
) -> None:
    sandbox.control.add_faults({"kind": kind, "delay": 5, "when": "before"})
    impatient = client(Patience(connect=1.0, read=0.2, total=1.0))

    with pytest.raises(RemoteError) as caught:
        impatient.send(method, sandbox.environment["VERCEL_API_URL"] + path, label="/x")

    assert caught.value.effect is effect
    assert caught.value.status is None


def test_bytes_that_trickle_in_for_too_long_are_an_answer_that_is_lost(sandbox: Sandbox) -> None:
    sandbox.control.add_faults({"kind": "trickle", "delay": 20})
    impatient = client(Patience(connect=1.0, read=5.0, total=0.5))

    with pytest.raises(RemoteError, match="took too long"):
        impatient.send("GET", f"{sandbox.environment['VERCEL_API_URL']}/v2/user", label="/x")


def test_every_status_is_an_answer_and_no_request_is_repeated() -> None:
    with answering(Given(502, "oops", {"Retry-After": "3"})) as server:
        answer = client().send("POST", f"{server.url}/v1", label="POST /v1", body={"a": 1})

        assert (answer.status, answer.text, answer.headers["retry-after"]) == (502, "oops", "3")
        assert server.asked == [("POST", "/v1")]


def test_a_redirect_is_not_followed_with_a_token() -> None:
    with answering(Given(302, "", {"Location": "http://127.0.0.1:1/elsewhere"})) as server:
        headers = {"Authorization": "Bearer secret"}
        answer = client().send("GET", server.url, label="GET /", headers=headers)

    assert answer.status == 302


def test_no_error_holds_the_url_or_the_token_that_is_in_it() -> None:
    url = "http://127.0.0.1:1/bot123:SECRET/getMe"

    with pytest.raises(RemoteError) as caught:
        HttpClient("Telegram", httpx.Client()).send("GET", url, label="getMe")

    assert "SECRET" not in json.dumps([caught.value.message, caught.value.hint, str(caught.value)])
