"""What an answer says: effect, wait, field; and never what nobody may see."""

import json
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from pydantic import TypeAdapter

from provisioner.answers import (
    MOST_SAID,
    MOST_WAIT,
    Answer,
    Call,
    decoded,
    parsed,
    part,
    refused,
    retry_after,
    wait_until,
)
from provisioner.errors import Effect, TokenRefused, UnexpectedResponse
from provisioner.models.hub import Frozen

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
READ, WRITE = Call("Vercel", "GET", "GET /x"), Call("Vercel", "POST", "POST /x")


class Thing(Frozen):
    id: int
    name: str


def thing(payload: Any) -> Thing:
    return Thing(id=part(payload, "id"), name=part(payload, "owner", "name"))


@pytest.mark.parametrize(
    ("call", "status", "effect"),
    [
        (READ, 400, Effect.NONE),
        (READ, 502, Effect.NONE),
        (WRITE, 422, Effect.NONE),
        (WRITE, 500, Effect.UNKNOWN),
        (WRITE, 503, Effect.UNKNOWN),
    ],
)
def test_a_refusal_says_what_it_did_to_the_world(call: Call, status: int, effect: Effect) -> None:
    error = refused(call, Answer(status, {}, ""), message="No", now=NOW)

    assert error.effect is effect
    assert (error.status, error.said) == (status, "No")


def test_a_token_that_is_not_accepted_is_an_error_of_its_own() -> None:
    assert isinstance(refused(READ, Answer(401, {}, ""), message="", now=NOW), TokenRefused)
    forbidden = refused(READ, Answer(403, {}, ""), message="", now=NOW, token_refused=True)
    assert isinstance(forbidden, TokenRefused)


def test_a_limit_is_told_in_plain_words_and_asks_nothing_of_anybody() -> None:
    answer = Answer(429, {"retry-after": "120"}, "")

    error = refused(WRITE, answer, message="Too many requests (code: X)", now=NOW)

    assert error.message == "Vercel takes no more requests for now"
    assert error.hint.startswith("Nothing is needed")
    assert (error.retry_after, error.effect) == (120.0, Effect.NONE)


def test_the_header_is_believed_before_the_body() -> None:
    answer = Answer(429, {"retry-after": "120"}, "")
    assert refused(WRITE, answer, message="", now=NOW, wait=7.0).retry_after == 120.0
    assert refused(WRITE, Answer(429, {}, ""), message="", now=NOW, wait=7.0).retry_after == 7.0


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        ("30", 30.0),
        ("Sun, 01 Mar 2026 12:01:00 GMT", 60.0),
        ("Sun, 01 Mar 2026 11:00:00 GMT", 0.0),
        ("", None),
        ("soon", None),
        ("²", None),
        ("9" * 400, MOST_WAIT),
    ],
)
def test_retry_after_is_seconds_or_a_date(value: str, seconds: float | None) -> None:
    assert retry_after({"retry-after": value}, NOW) == seconds


@given(st.text())
def test_whatever_retry_after_holds_the_wait_can_be_waited(value: str) -> None:
    seconds = retry_after({"retry-after": value}, NOW)
    assert seconds is None or 0 <= seconds <= MOST_WAIT
    timedelta(seconds=seconds or 0)


@given(st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text()))
@example(float("nan"))
@example(10**400)
def test_whatever_a_reset_time_is_the_wait_can_be_waited(moment: object) -> None:
    for per_second in (1, 1000):
        seconds = wait_until(moment, NOW, per_second)
        assert seconds is None or 1 <= seconds <= MOST_WAIT


def test_an_answer_that_is_not_json_has_happened_all_the_same() -> None:
    with pytest.raises(UnexpectedResponse) as caught:
        decoded(WRITE, Answer(200, {}, "<html>"))

    assert caught.value.effect is Effect.HAPPENED
    assert "<html>" not in caught.value.message
    assert decoded(WRITE, Answer(204, {}, "")) is None


@pytest.mark.parametrize(
    ("payload", "said"),
    [
        ({"id": 1, "owner": {}}, "without `owner.name`"),
        ({"id": 1}, "without `owner`"),
        ({"id": 1, "owner": "amina"}, "without `owner.name`"),
        ({"id": "one", "owner": {"name": "x"}}, "unusable `id`"),
        (None, "an empty answer"),
        ([], "without `id`"),
    ],
)
def test_what_is_missing_or_of_another_type_is_named(payload: object, said: str) -> None:
    with pytest.raises(UnexpectedResponse, match=said):
        parsed(READ, payload, thing)


def test_what_was_not_promised_is_no_trouble() -> None:
    payload = {"id": 1, "owner": {"name": "x", "new": True}, "newer": []}
    assert parsed(READ, payload, thing) == Thing(id=1, name="x")


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: (
        st.lists(inner) | st.dictionaries(st.text() | st.sampled_from(["id", "owner"]), inner)
    ),
    max_leaves=8,
)


@given(JSON)
def test_whatever_comes_is_understood_or_said_to_be_unexpected(payload: object) -> None:
    with suppress(UnexpectedResponse):
        parsed(READ, payload, thing)


@pytest.mark.parametrize("call", [READ, WRITE])
@pytest.mark.parametrize(
    "body",
    [
        "[" * 100_000,
        "[" * 60 + "]" * 60,
        '{"a":' * 100_000,
        '{"id": ' + "9" * 5_000 + "}",
        '{"id": ' + "9" * 40 + "}",
        '{"id": 1e999}',
        '{"id": NaN}',
        '{"id": -Infinity}',
        '{"a"',
        "\x00",
    ],
    ids=["deep", "60", "objects", "5,000 digits", "40 digits", "1e999", "NaN", "-inf", "cut", "0"],
)
def test_json_that_only_harms_is_unexpected_and_never_another_error(call: Call, body: str) -> None:
    with pytest.raises(UnexpectedResponse) as caught:
        decoded(call, Answer(200, {}, body))

    assert caught.value.effect is (Effect.NONE if call.reads else Effect.HAPPENED)


@given(st.text() | st.binary().map(lambda data: data.decode("utf-8", "replace")))
def test_whatever_a_body_is_it_is_read_or_said_to_be_unexpected(text: str) -> None:
    with suppress(UnexpectedResponse):
        payload = decoded(READ, Answer(200, {}, text))
        json.dumps(payload, ensure_ascii=False).encode()


def test_what_a_service_says_is_short_wherever_it_is_told() -> None:
    long = refused(READ, Answer(400, {}, ""), message="n " * 4_500, code="x" * 9_000, now=NOW)

    assert (len(long.said), len(long.code)) == (MOST_SAID - 1, 100)  # no word is cut in two
    assert len(long.message) < 1200


def test_the_name_of_an_unusable_field_is_short() -> None:
    def parse(payload: Any) -> object:
        return TypeAdapter(dict[str, int]).validate_python(payload)

    with pytest.raises(UnexpectedResponse) as caught:
        parsed(READ, {"x" * 9_000: "one"}, parse)

    assert len(caught.value.message) < 400


@pytest.mark.parametrize("wait", [-5.0, 1e12])
def test_a_wait_from_the_body_can_be_waited(wait: float) -> None:
    asked = refused(WRITE, Answer(429, {}, ""), message="", now=NOW, wait=wait).retry_after

    assert asked is not None
    assert 0 <= asked <= MOST_WAIT


@pytest.mark.parametrize("before", range(MOST_SAID - 30, MOST_SAID + 1, 5))
def test_a_long_message_is_not_cut_within_a_word_that_may_be_a_secret(before: int) -> None:
    secret = "a-secret-that-is-echoed"
    message = f"{'x ' * (before // 2)}{secret} and so on"
    error = refused(READ, Answer(400, {}, ""), message=message, now=NOW)

    assert len(error.said) <= MOST_SAID
    assert secret in error.said or "a-sec" not in error.said


def test_a_message_without_spaces_is_left_out_where_it_is_too_long() -> None:
    error = refused(READ, Answer(400, {}, ""), message="x" * (MOST_SAID + 1), now=NOW)
    assert error.said == "…"
