"""Requests to GitHub: sent once, followed where they lead, never slept through."""

import threading
import time
from collections.abc import Iterator

import pytest

from provisioner.clock import ManualClock
from provisioner.errors import Effect, RemoteError, TokenRefused, UnexpectedResponse, Unreachable
from provisioner.github.connection import _Http, _Https
from provisioner.github.session import GitHubSession
from provisioner.github.throttle import Throttle
from provisioner.sandbox.server import Sandbox
from provisioner.transport import USUAL, Patience
from tests.unit.answering import Given, Server, answering

LIMITED = {"X-RateLimit-Remaining": "0", "X-RateLimit-Reset": "1767226200"}  # ten minutes on


def session(url: str, clock: ManualClock, patience: Patience = USUAL) -> GitHubSession:
    return GitHubSession(url, "a-token", clock, Throttle(clock), "GITHUB_TOKEN", patience)


@pytest.fixture
def elsewhere() -> Iterator[Server]:
    with answering() as server:
        yield server


def test_a_refused_write_is_sent_once(clock: ManualClock) -> None:
    with answering(Given(502, "<html>")) as server:
        with pytest.raises(RemoteError) as caught:
            session(server.url, clock).send("POST", "/repos/a/b/forks", {})

        assert server.asked == [("POST", "/repos/a/b/forks")]
    assert (caught.value.status, caught.value.effect) == (502, Effect.UNKNOWN)


def test_a_refused_read_is_sent_once(clock: ManualClock) -> None:
    with answering(Given(503)) as server:
        with pytest.raises(RemoteError):
            session(server.url, clock).send("GET", "/user")
        assert len(server.asked) == 1


def test_one_connection_serves_many_requests_of_a_thread(clock: ManualClock) -> None:
    with answering() as server:
        one = session(server.url, clock)
        for _ in range(5):
            one.send("GET", "/user")

        assert len(server.connections) == 1


def test_threads_do_not_share_a_client(clock: ManualClock) -> None:
    with answering() as server:
        one = session(server.url, clock)
        threads = [threading.Thread(target=one.send, args=("GET", "/user")) for _ in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

        assert len(server.asked) == 4
        assert len(server.connections) == 4


@pytest.mark.parametrize("status", [301, 302, 307, 308])
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_a_redirect_is_followed_with_the_same_method_and_its_query(
    clock: ManualClock, status: int, method: str
) -> None:
    moved = Given(status, "{}", {"Location": "/repositories/1/forks?page=2"})
    with answering(moved, Given(200, '{"id": 1}')) as server:
        assert session(server.url, clock).send(method, "/repos/a/b/forks") == {"id": 1}

        assert server.asked[1] == (method, "/repositories/1/forks?page=2")


def test_a_redirect_to_another_host_gets_no_token(clock: ManualClock, elsewhere: Server) -> None:
    away = Given(301, "{}", {"Location": f"{elsewhere.url}/repos"})
    with answering(away) as server, pytest.raises(RemoteError) as caught:
        session(server.url, clock).send("GET", "/repos/a/b")

    assert elsewhere.asked == []
    assert "redirects elsewhere" in caught.value.message


def test_a_redirect_in_circles_ends(clock: ManualClock) -> None:
    with answering(Given(301, "{}", {"Location": "/repos/a/b"})) as server:
        with pytest.raises(RemoteError):
            session(server.url, clock).send("GET", "/repos/a/b")
        assert len(server.asked) <= 6


def test_an_answer_that_is_not_ready_is_not_slept_for(clock: ManualClock) -> None:
    began = time.monotonic()
    with answering(Given(202)) as server:
        with pytest.raises(RemoteError, match="not ready yet") as caught:
            session(server.url, clock).send("GET", "/repos/a/b")
        assert len(server.asked) == 1

    assert caught.value.effect is Effect.NONE
    assert time.monotonic() - began < 1.5


@pytest.mark.parametrize(
    ("given", "code", "wait"),
    [
        (Given(403, '{"message": "secondary rate limit"}'), "secondary-limit", 60),
        (Given(429, '{"message": "slow down"}'), "rate-limit", 60),
        (Given(403, "{}", {"Retry-After": "7"}), "secondary-limit", 7),
        (Given(403, '{"message": "API rate limit exceeded"}', LIMITED), "primary-limit", 600),
        (Given(403, '{"message": "Resource not accessible"}'), "", None),
        (Given(403, "<html>"), "", None),
    ],
)
def test_a_limit_is_told_from_a_refusal(
    clock: ManualClock, given: Given, code: str, wait: float | None
) -> None:
    with answering(given) as server, pytest.raises(RemoteError) as caught:
        session(server.url, clock).send("POST", "/repos/a/b/forks")

    assert (caught.value.code, caught.value.retry_after) == (code, wait)


def test_a_token_that_is_not_accepted_is_named(clock: ManualClock) -> None:
    bad = Given(401, '{"message": "Bad credentials"}')
    with answering(bad) as server, pytest.raises(TokenRefused) as caught:
        session(server.url, clock).send("GET", "/user")

    assert "GITHUB_TOKEN" in caught.value.hint
    assert "a-token" not in caught.value.message + caught.value.hint


def test_nothing_there_is_nothing_and_not_an_error(clock: ManualClock) -> None:
    with answering(Given(404)) as server:
        assert session(server.url, clock).get("/repos/a/b") is None


def test_where_nobody_listens_nothing_was_sent(clock: ManualClock) -> None:
    with answering() as server:
        url = server.url

    with pytest.raises(Unreachable):
        session(url, clock).send("POST", "/repos/a/b/forks")


@pytest.mark.parametrize(("method", "effect"), [("GET", Effect.NONE), ("POST", Effect.UNKNOWN)])
@pytest.mark.parametrize("fault", [{"kind": "reset"}, {"kind": "timeout"}, {"kind": "truncated"}])
def test_an_answer_that_is_lost_leaves_a_write_in_doubt(
    sandbox: Sandbox, clock: ManualClock, method: str, effect: Effect, fault: dict[str, object]
) -> None:
    sandbox.control.add_faults({**fault, "delay": 5})
    url = sandbox.environment["GITHUB_API_URL"]

    with pytest.raises(RemoteError) as caught:
        session(url, clock, Patience(1.0, 0.2, 1.0)).send(method, "/repos/a/b/forks")

    assert (caught.value.effect, caught.value.status) == (effect, None)


def test_bytes_that_trickle_in_for_too_long_are_an_answer_that_is_lost(
    sandbox: Sandbox, clock: ManualClock
) -> None:
    sandbox.control.add_faults({"kind": "trickle", "delay": 20})
    impatient = session(sandbox.environment["GITHUB_API_URL"], clock, Patience(1.0, 5.0, 0.5))
    began = time.monotonic()

    with pytest.raises(RemoteError, match="took too long"):
        impatient.send("GET", "/user")

    assert time.monotonic() - began < 5


def test_a_body_that_is_cut_off_is_no_json(sandbox: Sandbox, clock: ManualClock) -> None:
    sandbox.control.add_faults({"kind": "truncated", "content_length": "cut"})

    with pytest.raises(UnexpectedResponse):
        session(sandbox.environment["GITHUB_API_URL"], clock).send("GET", "/user")


@pytest.mark.parametrize(("kind", "port"), [(_Https, 443), (_Http, 80)])
def test_an_address_without_a_port_has_the_usual_one(
    kind: type[_Https] | type[_Http], port: int
) -> None:
    assert kind("api.github.com").port == kind("api.github.com", None, retry=None).port == port
    assert kind("api.github.com", 8443).port == 8443
