"""One request over HTTP: sent once, never longer than it may, its failure told with its effect."""

import itertools
import json
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import partial

import httpcore
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from provisioner.clock import ManualClock
from provisioner.errors import Effect, RemoteError, UnexpectedResponse, Unreachable
from provisioner.github.session import GitHubSession
from provisioner.github.throttle import Throttle
from provisioner.sandbox.server import Sandbox
from provisioner.sockets import Bounds, addresses, looked_up
from provisioner.transport import USUAL, HttpClient, Patience, http_client
from tests.unit.answering import Given, answering, writing


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
        HttpClient("Telegram", http_client()).send("GET", url, label="getMe")

    assert "SECRET" not in json.dumps([caught.value.message, caught.value.hint, str(caught.value)])


def test_what_is_left_of_the_time_is_all_that_a_wait_may_take() -> None:
    times = iter([0.0, 1.0, 44.0, 46.0])
    bounds = Bounds(45.0, 1, lambda: next(times))

    assert bounds.left(30.0, httpcore.ReadTimeout) == 30.0
    assert bounds.left(30.0, httpcore.ReadTimeout) == 1.0
    with pytest.raises(httpcore.ReadTimeout):
        bounds.left(30.0, httpcore.ReadTimeout)


Send = Callable[[str, str, Patience], object]


def with_http(method: str, url: str, patience: Patience) -> object:
    return client(patience).send(method, f"{url}/x", label="/x")


def with_github(method: str, url: str, patience: Patience) -> object:
    clock = ManualClock()
    session = GitHubSession(url, "a-token", clock, Throttle(clock), "GITHUB_TOKEN", patience)
    return session.send(method, "/x")


CLIENTS = pytest.mark.parametrize("send", [with_http, with_github])
EFFECTS = pytest.mark.parametrize(
    ("method", "effect"), [("GET", Effect.NONE), ("POST", Effect.UNKNOWN)]
)
SHORT = Patience(connect=1.0, read=5.0, total=0.3, most=1000)
HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"


ENDLESS: dict[str, Callable[[], Iterator[bytes]]] = {
    "interim answers": lambda: itertools.repeat(b"HTTP/1.1 100 Continue\r\n\r\n"),
    "early hints": lambda: itertools.repeat(b"HTTP/1.1 103 Early Hints\r\n\r\n"),
    "a status line": lambda: itertools.repeat(b"H"),
    "headers": lambda: itertools.chain([HEAD], itertools.repeat(b"X-A: b\r\n")),
    "a body": lambda: itertools.chain([HEAD, b"\r\n"], itertools.repeat(b" ")),
}


@CLIENTS
@EFFECTS
@pytest.mark.parametrize("kind", ENDLESS)
def test_whatever_comes_without_an_end_ends_at_the_deadline(
    send: Send, method: str, effect: Effect, kind: str
) -> None:
    with writing(ENDLESS[kind], pause=0.02) as url:
        began = time.monotonic()
        with pytest.raises(RemoteError, match="took too long") as caught:
            send(method, url, SHORT)

    assert time.monotonic() - began < 1.0
    assert (caught.value.effect, caught.value.status) == (effect, None)


@CLIENTS
def test_redirects_share_one_deadline(send: Send) -> None:
    led = b"HTTP/1.1 302 Found\r\nLocation: /x\r\nContent-Length: 0\r\n\r\n"
    with writing(lambda: itertools.chain([b""] * 9, [led]), pause=0.02) as url:
        began = time.monotonic()
        with suppress(RemoteError):
            send("GET", url, SHORT)

    assert time.monotonic() - began < 1.0


@CLIENTS
@EFFECTS
@pytest.mark.parametrize(
    "answer",
    [
        b"HTTP/1.1 100 Continue\r\n\r\n" * 200_000 + HEAD + b"Content-Length: 2\r\n\r\n{}",
        HEAD + b"X-A: " + b"a" * 200_000 + b"\r\n\r\n{}",
        HEAD + b"X-A: b\r\n" * 300 + b"\r\n{}",
        b"HTTP/9 abc\r\n\r\n",
        b"\x00\xff" * 100,
    ],
    ids=["interim", "long header", "300 headers", "9", "bytes"],
)
def test_a_head_that_is_too_large_or_none_is_an_answer_that_is_lost(
    send: Send, method: str, effect: Effect, answer: bytes
) -> None:
    with writing(lambda: iter([answer])) as url, pytest.raises(RemoteError) as caught:
        send(method, url, Patience(total=20.0, most=1000))

    assert (caught.value.effect, caught.value.status) == (effect, None)
    assert "broke" in caught.value.message


@CLIENTS
@pytest.mark.parametrize(("method", "effect"), [("GET", Effect.NONE), ("POST", Effect.HAPPENED)])
def test_a_good_answer_that_is_too_long_is_unexpected_and_has_happened(
    send: Send, method: str, effect: Effect
) -> None:
    with (
        answering(Given(200, json.dumps(["a" * 2000]))) as server,
        pytest.raises(UnexpectedResponse, match="too many bytes") as caught,
    ):
        send(method, server.url, Patience(most=1000))

    assert caught.value.effect is effect


def test_a_refusal_that_is_too_long_is_a_refusal_all_the_same() -> None:
    with answering(Given(403, "no " * 2000)) as server:
        answer = client(Patience(most=1000)).send("POST", server.url, label="/x")

    assert (answer.status, len(answer.text)) == (403, 1000)


def test_no_answer_is_unpacked() -> None:
    """A packed body of a few bytes may hold gigabytes."""
    with answering(Given(200, "{}", {"Content-Encoding": "gzip"})) as server:
        assert client().send("GET", server.url, label="/x").text == "{}"
        assert server.encodings == ["identity"]


def test_a_name_that_nobody_looks_up_in_time_was_not_reached() -> None:
    given_up = threading.Event()

    def ask(_host: str, _port: int) -> list[tuple[str, int]]:
        given_up.wait()
        return []

    with pytest.raises(httpcore.ConnectTimeout):
        looked_up("nobody.invalid", 443, 0.05, ask)
    given_up.set()


def test_a_name_is_looked_up_by_this_machines_own_resolver() -> None:
    assert ("127.0.0.1", 443) in looked_up("localhost", 443, float("inf"))
    assert addresses("nobody.invalid", 443) == ()


def test_the_time_of_one_exchange_does_not_bind_another_thread() -> None:
    def slowly() -> None:
        with suppress(RemoteError):
            with_http("GET", slow, SHORT)

    with writing(ENDLESS["a body"], pause=0.02) as slow, answering() as quick:
        other = threading.Thread(target=slowly)
        other.start()
        time.sleep(SHORT.total / 2)
        assert client().send("GET", quick.url, label="/x").status == 200
        other.join()


@settings(max_examples=60)
@given(st.binary(max_size=300), st.sampled_from(["GET", "POST"]))
def test_whatever_a_server_writes_is_an_answer_or_a_remote_error(data: bytes, method: str) -> None:
    for start in (b"", HEAD + b"Content-Length: 5\r\n\r\n", b"HTTP/1.1 500 No\r\n"):
        with writing(partial(_once, start + data)) as url:
            for send in (with_http, with_github):
                with suppress(RemoteError):
                    send(method, url, Patience(total=2.0))


def _once(data: bytes) -> Iterator[bytes]:
    return iter([data])


NOT_IN_HEADERS = dict.fromkeys([*range(32), 127])
NUMBERS = st.text(max_size=30) | st.sampled_from(["9" * 400, "nan", "inf", "-1", "1e400", "0"])


@settings(max_examples=60)
@given(
    st.sampled_from([200, 202, 204, 301, 401, 403, 404, 429, 500]),
    st.dictionaries(
        st.sampled_from(
            [
                "X-RateLimit-Limit",
                "X-RateLimit-Remaining",
                "X-RateLimit-Reset",
                "Retry-After",
                "Location",
                "X-OAuth-Scopes",
            ]
        ),
        NUMBERS.map(lambda text: text.encode("ascii", "ignore").decode().translate(NOT_IN_HEADERS)),
    ),
)
def test_whatever_headers_hold_is_an_answer_or_a_remote_error(
    status: int, headers: dict[str, str]
) -> None:
    lines = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
    answer = f"HTTP/1.1 {status} Said\r\n{lines}Content-Length: 2\r\n\r\n{{}}".encode()
    with writing(lambda: iter([answer])) as url, suppress(RemoteError):
        with_github("GET", url, Patience(total=2.0))
