"""Variables between Vercel and us: a secret cannot be read back, and no refusal echoes one."""

import json
from collections.abc import Mapping
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from provisioner.answers import Answer
from provisioner.errors import Effect, RemoteError, TokenRefused, UnexpectedResponse
from provisioner.hosting.problems import HostProblem, Problem
from provisioner.hosting.vercel import wire
from provisioner.hosting.vercel.variable_wire import (
    MOST_CODE,
    refused_in,
    some_refused,
    variable,
    variable_body,
    without_values,
)
from provisioner.models.remote import VariableSetting

VARIABLE: dict[str, Any] = {"id": "v1", "key": "SITE_TITLE", "type": "encrypted"}
SENT = {"SITE_TITLE", "TELEGRAM_TOKEN"}


def refused(body: dict[str, Any], status: int = 400, wait: float | None = None) -> RemoteError:
    """As the session raises it."""
    found = wire.refusal_of(Answer(status, {}, json.dumps(body)))
    return RemoteError(
        f"Vercel answered {status}: {found.message}",
        service="Vercel",
        effect=Effect.NONE,
        status=status,
        code=found.code,
        body=found.error,
        said=found.message,
        retry_after=wait,
    )


def test_a_secret_is_sent_so_that_it_cannot_be_read_back() -> None:
    secret = VariableSetting(key="TOKEN", value="x", secret=True, comment="c")

    assert variable_body(secret) == {
        "key": "TOKEN",
        "value": "x",
        "type": "sensitive",
        "target": ["production", "preview"],
        "comment": "c",
    }
    plain = secret.model_copy(update={"secret": False})
    assert variable_body(plain)["type"] == "encrypted"


def test_a_good_answer_names_what_it_refuses() -> None:
    payload = {
        "created": [],
        "failed": [
            {"error": {"code": "ENV_CONFLICT", "envVarKey": "SITE_TITLE", "value": "s3cret"}},
            {"error": {"code": "BAD=s3cret", "key": "TELEGRAM_TOKEN"}},
            {"error": {"code": "X", "key": "s3cret"}},
        ],
    }
    named = refused_in(payload, SENT)

    assert named == {"SITE_TITLE": "ENV_CONFLICT", "TELEGRAM_TOKEN": "refused", "": "X"}
    assert "s3cret" not in some_refused(named).message


def test_a_refusal_of_the_request_names_every_variable_it_is_about() -> None:
    body = {
        "error": {"code": "ENV_CONFLICT", "message": "SITE_TITLE=s3cret", "key": "SITE_TITLE"},
        "failed": [{"error": {"code": "BAD_REQUEST", "key": "TELEGRAM_TOKEN"}}],
    }
    error = without_values(refused(body), SENT)

    assert refused_by(error) == {"SITE_TITLE": "ENV_CONFLICT", "TELEGRAM_TOKEN": "BAD_REQUEST"}
    assert "s3cret" not in error.message


def refused_by(error: RemoteError) -> Mapping[str, str]:
    assert isinstance(error, HostProblem)
    assert error.problem is Problem.VARIABLES_REFUSED
    return error.variables


@given(st.text(alphabet="abc0123-_=", min_size=6), st.sampled_from([400, 402, 403, 409, 500, 503]))
def test_no_error_about_variables_holds_what_was_sent(value: str, status: int) -> None:
    echo = {"message": f"K={value}", "value": value, "key": f"K{value}", "code": f"e {value}"}
    error = without_values(refused({"error": echo}, status), SENT)

    seen = json.dumps([error.message, error.hint, error.code, error.said, error.body, str(error)])
    assert value not in seen


def test_a_limit_on_variables_stays_a_limit_and_a_bad_token_a_bad_token() -> None:
    limited = refused({"error": {"code": "rate_limited", "message": "x"}}, 429, 30.0)
    limited.message = "Vercel takes no more requests for now"
    bad = TokenRefused("no", service="Vercel", effect=Effect.NONE, status=403, said="no")

    kept = without_values(limited, SENT)
    assert (kept.retry_after, kept.message) == (30.0, limited.message)
    assert isinstance(without_values(bad, SENT), TokenRefused)


def test_an_answer_that_was_lost_is_told_in_our_own_words() -> None:
    lost = RemoteError("Vercel did not answer", service="Vercel", effect=Effect.UNKNOWN)
    assert without_values(lost, SENT) is lost


def test_a_variable_is_read_as_it_is_listed() -> None:
    listed = {
        **VARIABLE,
        "target": ["production", "preview"],
        "comment": "ours",
        "updatedAt": 2_000,
        "createdAt": 1_000,
    }
    found = variable(listed)
    assert (found.id, found.key, found.secret) == ("v1", "SITE_TITLE", False)
    assert (found.targets, found.comment) == (("production", "preview"), "ours")
    assert found.updated_at.timestamp() == 2
    assert variable({**VARIABLE, "type": "sensitive"}).secret


@pytest.mark.parametrize(
    ("times", "seconds"), [({"createdAt": 1_000}, 1), ({"updatedAt": None}, 0), ({}, 0)]
)
def test_a_variable_that_was_never_changed_is_as_old_as_it_is(
    times: dict[str, Any], seconds: int
) -> None:
    assert variable({**VARIABLE, **times}).updated_at.timestamp() == seconds


@pytest.mark.parametrize(
    ("told", "targets"), [("production", ("production",)), (None, ()), ([], ())]
)
def test_one_target_may_be_told_without_a_list(told: object, targets: tuple[str, ...]) -> None:
    found = variable({**VARIABLE, "target": told, "comment": None})
    assert (found.targets, found.comment) == (targets, "")


def test_where_nothing_is_refused_nothing_is_named() -> None:
    assert refused_in({"failed": None}, SENT) == {}
    assert refused_in({"failed": [{}]}, SENT) == {"": "refused"}


def test_what_a_good_answer_refuses_leaves_the_others_set() -> None:
    error = some_refused({"TELEGRAM_TOKEN": "B", "": "A"})
    assert error.message == "Vercel did not take a variable (A), TELEGRAM_TOKEN (B)"
    assert (error.effect, error.status, error.service) == (Effect.HAPPENED, 400, "Vercel")
    assert refused_by(error) == {"TELEGRAM_TOKEN": "B", "": "A"}


@pytest.mark.parametrize(
    ("code", "shown"),
    [
        ("ENV_CONFLICT-2", "ENV_CONFLICT-2"),
        ("x" * MOST_CODE, "x" * MOST_CODE),
        ("x" * (MOST_CODE + 1), "refused"),
        ("é", "refused"),
        ("two words", "refused"),
        ("", "refused"),
        (None, "refused"),
        (5, "5"),
    ],
)
def test_a_code_is_one_word_and_anything_else_could_be_an_echo(code: object, shown: str) -> None:
    assert MOST_CODE == 40
    failed = {"failed": [{"error": {"code": code, "key": "SITE_TITLE"}}]}
    assert refused_in(failed, SENT) == {"SITE_TITLE": shown}


def test_a_refusal_of_the_request_as_a_whole_names_no_variable() -> None:
    error = without_values(refused({"error": {"code": "forbidden", "message": "no"}}, 403), SENT)
    assert error.message == "Vercel answered 403 to the variables (forbidden)"
    assert (error.code, error.status, error.body) == ("forbidden", 403, None)


def test_only_a_bad_request_is_about_single_variables() -> None:
    body = {"error": {"code": "X", "message": "no", "key": "SITE_TITLE"}}
    assert refused_by(without_values(refused(body, 400), SENT)) == {"SITE_TITLE": "X"}
    assert without_values(refused(body, 409), SENT).code == "X"


def test_a_refusal_in_another_form_is_still_told() -> None:
    body = {"error": {"code": "X", "message": "no", "key": "SITE_TITLE"}, "failed": [5]}
    assert refused_by(without_values(refused(body), SENT)) == {"SITE_TITLE": "X"}
    wrong = refused({"error": {"code": "X", "message": "no"}, "failed": 5})
    assert without_values(wrong, SENT).code == "X"
    odd = refused({"error": {"code": "X", "message": "no"}})
    odd.body = ["SITE_TITLE"]
    assert without_values(odd, SENT).message == "Vercel answered 400 to the variables (X)"


@pytest.mark.parametrize("status", [500, 503])
def test_a_wait_of_a_server_in_trouble_is_told_without_its_words(status: int) -> None:
    error = without_values(refused({"error": {"message": "s3cret"}}, status, 30.0), SENT)
    assert error.message == f"Vercel answered {status} to the variables (refused)"
    assert error.retry_after == 30.0


def test_an_answer_without_a_status_is_told_without_its_words() -> None:
    lost = RemoteError("K=s3cret", service="Vercel", effect=Effect.UNKNOWN, said="s3cret")
    assert without_values(lost, SENT).message == "Vercel answered None to the variables (refused)"
    waiting = RemoteError(
        "s3cret", service="Vercel", effect=Effect.UNKNOWN, body={}, retry_after=1.0
    )
    assert "s3cret" not in without_values(waiting, SENT).message


def test_a_body_of_vercels_is_never_kept() -> None:
    error = refused({"error": {"code": "X", "message": ""}}, 409)
    error.said = ""
    assert without_values(error, SENT).body is None


def test_a_variable_without_its_name_is_unexpected() -> None:
    with pytest.raises((KeyError, TypeError, UnexpectedResponse)):
        variable({"id": "v1", "type": "plain"})


def test_a_limit_of_any_kind_keeps_our_own_words() -> None:
    limited = refused({"error": {"message": "x"}}, 499, 30.0)
    limited.message = "Vercel takes no more requests for now"
    assert without_values(limited, SENT).message == limited.message
