"""Faults to order: what a client sees on its socket when something goes wrong."""

import time
from typing import Any

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from provisioner.clock import ManualClock
from provisioner.sandbox.faults import Fault, Faults, InvalidFault, read_faults
from provisioner.sandbox.github.people import ControlError
from provisioner.sandbox.server import Sandbox
from tests.unit.sandbox.client import NETWORK, github

WRITE = {"title": "Drift"}


def _issues(sandbox: Sandbox) -> int:
    return len(sandbox.control.world()["github"]["issues"])


def _write(sandbox: Sandbox, fault: dict[str, Any], timeout: float = 5.0) -> httpx.Response:
    """Open an issue while a fault is in force."""
    sandbox.control.add_faults({"method": "POST", **fault})
    with github(sandbox, maintainer=True) as client:
        client.timeout = httpx.Timeout(timeout)
        return client.post(f"{NETWORK}/issues", json=WRITE)


@pytest.mark.parametrize(
    ("fault", "error"),
    [
        ({"kind": "reset"}, httpx.ReadError),
        ({"kind": "truncated"}, httpx.RemoteProtocolError),
        ({"kind": "timeout"}, httpx.ReadTimeout),
    ],
)
@pytest.mark.parametrize("when", ["before", "after"])
def test_a_connection_breaks_before_or_after_the_effect(
    sandbox: Sandbox, fault: dict[str, Any], error: type[Exception], when: str
) -> None:
    with pytest.raises(error):
        _write(sandbox, {**fault, "when": when}, 0.1 if fault["kind"] == "timeout" else 5.0)

    assert _issues(sandbox) == (1 if when == "after" else 0)
    assert sandbox.control.requests()[-1].status is None


def test_a_refused_connection_has_no_effect(sandbox: Sandbox) -> None:
    with pytest.raises(httpx.ReadError):
        _write(sandbox, {"kind": "refused"})

    assert _issues(sandbox) == 0


@pytest.mark.parametrize("status", [500, 502, 503])
@pytest.mark.parametrize("when", ["before", "after"])
def test_an_error_is_answered_before_or_after_the_effect(
    sandbox: Sandbox, status: int, when: str
) -> None:
    fault = {"kind": "status", "status": status, "retry_after": 7, "when": when}

    answer = _write(sandbox, fault)

    assert (answer.status_code, answer.headers["retry-after"]) == (status, "7")
    assert _issues(sandbox) == (1 if when == "after" else 0)
    assert sandbox.control.requests()[-1].status == status


def test_githubs_secondary_limit_is_worded_as_github_does(sandbox: Sandbox) -> None:
    answer = _write(sandbox, {"kind": "secondary-limit"})

    assert answer.status_code == 403
    assert "retry-after" not in answer.headers
    assert answer.json()["message"].startswith("You have exceeded a secondary rate limit")


def test_githubs_primary_limit_says_when_it_is_over(sandbox: Sandbox, clock: ManualClock) -> None:
    answer = _write(sandbox, {"kind": "primary-limit", "retry_after": 90})

    assert answer.headers["x-ratelimit-remaining"] == "0"
    assert int(answer.headers["x-ratelimit-reset"]) == int(clock.now().timestamp()) + 90


def test_the_hosts_limit_comes_with_its_own_numbers(sandbox: Sandbox, clock: ManualClock) -> None:
    sandbox.control.add_faults({"api": "vercel", "kind": "rate-limit", "retry_after": 30})

    answer = httpx.get(f"{sandbox.environment['VERCEL_API_URL']}/v2/user")

    assert (answer.status_code, answer.headers["retry-after"]) == (429, "30")
    error = answer.json()["error"]
    assert (error["code"], error["limit"]["remaining"]) == ("rate_limited", 0)
    assert error["limit"]["reset"] == int(clock.now().timestamp()) + 30


def test_telegrams_limit_says_how_long_in_the_body(sandbox: Sandbox) -> None:
    sandbox.control.add_faults({"api": "telegram", "kind": "rate-limit", "retry_after": 5})

    answer = httpx.get(f"{sandbox.environment['TELEGRAM_API_URL']}/bot1:x/getMe")

    assert answer.json()["parameters"] == {"retry_after": 5}
    assert sandbox.control.requests()[-1].path == "/bot***/getMe"


def test_a_cut_answer_may_claim_to_be_whole(sandbox: Sandbox) -> None:
    answer = _write(sandbox, {"kind": "truncated", "content_length": "cut", "when": "after"})

    with pytest.raises(ValueError, match=r"Expecting|Unterminated|delimiter"):
        answer.json()


def test_an_answer_may_be_of_another_type(sandbox: Sandbox) -> None:
    sandbox.control.add_faults({"kind": "wrong-type", "when": "after", "times": 2})
    client = github(sandbox, maintainer=True)

    assert client.get(NETWORK).json() == ["unexpected"]
    assert client.get(f"{NETWORK}/pulls").json() == {"unexpected": True}


def test_an_answer_may_be_a_page_or_nothing(sandbox: Sandbox) -> None:
    page = _write(sandbox, {"kind": "html", "status": 502})
    nothing = _write(sandbox, {"kind": "empty"})

    assert (page.status_code, page.headers["content-type"]) == (502, "text/html")
    assert (nothing.status_code, nothing.content) == (200, b"")


def test_an_answer_may_trickle_longer_than_anybody_waits(sandbox: Sandbox) -> None:
    began = time.monotonic()

    answer = _write(sandbox, {"kind": "trickle", "delay": 0.6, "when": "after"}, timeout=0.4)

    assert answer.json()["title"] == "Drift"
    assert time.monotonic() - began >= 0.5


def test_a_client_that_gives_up_on_a_trickle_is_let_go(sandbox: Sandbox) -> None:
    sandbox.control.add_faults({"kind": "trickle", "delay": 60})
    began = time.monotonic()

    with github(sandbox) as client, client.stream("GET", NETWORK) as answer:
        next(answer.iter_raw(1))

    assert time.monotonic() - began < 5


def test_after_a_broken_connection_the_next_request_is_answered(sandbox: Sandbox) -> None:
    sandbox.control.add_faults({"kind": "reset"})
    client = github(sandbox, maintainer=True)

    with pytest.raises(httpx.ReadError):
        client.get(NETWORK)
    assert client.get(NETWORK).status_code == 200


def test_a_fault_waits_for_its_turn_and_ends_after_its_times(sandbox: Sandbox) -> None:
    fault = {"path": f"{NETWORK}/*", "kind": "status", "status": 500, "nth": 2, "times": 2}
    sandbox.control.add_faults(fault)
    client = github(sandbox, maintainer=True)

    unmatched = client.get(NETWORK).status_code
    statuses = [client.get(f"{NETWORK}/pulls").status_code for _ in range(4)]

    assert unmatched == 200
    assert statuses == [200, 500, 500, 200]
    assert sandbox.control.faults()[0]["matched"] == 4


def test_faults_for_ever_last_until_they_are_cleared(sandbox: Sandbox) -> None:
    sandbox.control.add_faults({"kind": "status", "status": 500, "times": "forever"})
    client = github(sandbox, maintainer=True)

    assert [client.get(NETWORK).status_code for _ in range(3)] == [500, 500, 500]
    sandbox.control.clear_faults()
    assert client.get(NETWORK).status_code == 200


@given(nth=st.integers(1, 5), times=st.integers(1, 5), calls=st.integers(0, 12))
def test_exactly_the_calls_that_were_named_are_spoilt(nth: int, times: int, calls: int) -> None:
    faults = Faults()
    faults.add(read_faults({"kind": "reset", "nth": nth, "times": times}))

    spoilt = [call for call in range(1, calls + 1) if faults.take("github", "GET", "/")]

    assert spoilt == [call for call in range(nth, nth + times) if call <= calls]


@pytest.mark.parametrize(
    ("path", "matched", "unmatched"),
    [
        ("/repos/*/forks", "/repos/a/b/forks", "/repos/a/b/forks/1"),
        ("re:/v\\d+/projects", "/v11/projects", "/v11/projects/x"),
        ("/bot***/setWebhook", "/bot***/setWebhook", "/bot***/getMe"),
    ],
)
def test_a_path_is_a_glob_or_a_regular_expression(path: str, matched: str, unmatched: str) -> None:
    fault = Fault(kind="reset", path=path)

    assert fault.matches("github", "GET", matched)
    assert not fault.matches("github", "GET", unmatched)


@pytest.mark.parametrize(
    ("fault", "complaint"),
    [
        ({}, "kind (fault 1): Field required"),
        ({"kind": "explode"}, "kind (fault 1): Input should be"),
        ({"kind": "status"}, "needs a `status`"),
        ({"kind": "refused", "when": "after"}, "a refused connection has no effect"),
        ({"kind": "reset", "nth": 0}, "nth (fault 1): Input should be greater than or equal to 1"),
        ({"kind": "reset", "path": "re:("}, "path: not a regular expression"),
        ({"kind": "reset", "pth": "/"}, "pth (fault 1): Extra inputs"),
        ([{"kind": "reset"}, {"kind": "x"}], "kind (fault 2)"),
        ("reset", "the fault (fault 1)"),
    ],
)
def test_a_fault_that_makes_no_sense_is_refused_with_the_reason(
    fault: object, complaint: str
) -> None:
    with pytest.raises(InvalidFault) as caught:
        read_faults(fault)

    assert complaint in str(caught.value)


def test_if_one_fault_of_a_list_is_wrong_none_is_taken(sandbox: Sandbox) -> None:
    with pytest.raises(ControlError):
        sandbox.control.add_faults([{"kind": "reset"}, {"kind": "explode"}])

    assert sandbox.control.faults() == []
