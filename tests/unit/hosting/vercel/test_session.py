"""A refusal of Vercel's own says why. Another is somebody's on the way, and proves nothing."""

import json

import pytest

from provisioner.engine.retry import is_transient
from provisioner.errors import Effect, RemoteError, TokenRefused, UnexpectedResponse
from provisioner.hosting.problems import HostProblem, Problem
from tests.unit.hosting.vercel.client import CALLS, READS, WRITES, accounts, vercel

PAGE = "<html>404: This page could not be found.</html>"
NO_REASON = [PAGE, "", "null", "[]", '{"error": "not_found"}', '{"error": {}}', '{"error": [1]}']


def reason(code: str, **more: object) -> str:
    return json.dumps({"error": {"code": code, "message": "No.", **more}})


@pytest.mark.parametrize("text", NO_REASON)
def test_a_404_without_a_reason_is_no_evidence_that_a_project_is_missing(text: str) -> None:
    with pytest.raises(UnexpectedResponse, match="gave a 404 without its reason to GET") as caught:
        vercel(404, text).project("team", "project")

    assert is_transient(caught.value)


def test_a_404_with_its_reason_is() -> None:
    assert vercel(404, reason("not_found")).project("team", "project") is None


@pytest.mark.parametrize("status", [403, 404])
@pytest.mark.parametrize("call", CALLS)
def test_a_page_of_somebody_on_the_way_is_no_word_of_vercels(call: str, status: int) -> None:
    with pytest.raises(UnexpectedResponse) as caught:
        CALLS[call](vercel(status, PAGE))

    assert (caught.value.effect, caught.value.status) == (Effect.NONE, status)


@pytest.mark.parametrize("status", [403, 404])
def test_nor_does_it_say_that_there_is_no_such_team(status: int) -> None:
    with pytest.raises(UnexpectedResponse):
        accounts(status, PAGE).team("nairobi")

    assert accounts(status, reason("forbidden")).team("nairobi") is None


def test_a_limit_needs_no_reason() -> None:
    with pytest.raises(RemoteError, match="no more requests for now") as caught:
        READS["project"](vercel(403, PAGE, retry_after="90"))

    assert caught.value.retry_after == 90
    assert not isinstance(caught.value, UnexpectedResponse)


@pytest.mark.parametrize("status", [400, 409, 418])
def test_another_refusal_without_a_reason_stays_what_it_is(status: int) -> None:
    with pytest.raises(RemoteError) as caught:
        READS["deployment"](vercel(status, PAGE))

    assert type(caught.value) is RemoteError


def test_what_vercel_itself_forbids_is_final() -> None:
    with pytest.raises(HostProblem) as caught:
        WRITES["create_project"](vercel(403, reason("forbidden")))

    assert caught.value.problem is Problem.NO_ENTRY


@pytest.mark.parametrize(
    ("status", "text"), [(401, PAGE), (403, reason("forbidden", invalidToken=True))]
)
def test_a_token_that_is_not_accepted_is_told_as_such_and_named(status: int, text: str) -> None:
    with pytest.raises(TokenRefused) as caught:
        READS["project"](vercel(status, text))

    assert caught.value.hint.startswith("VERCEL_TOKEN is not accepted")
