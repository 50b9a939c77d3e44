"""Knowing our variables again without their values, and when a new build is due."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from provisioner.actions.support.variables import (
    comment,
    fingerprint,
    inputs_digest,
    is_mark,
    is_ours,
    is_secret,
    variables_of,
)
from provisioner.errors import Effect, RemoteError
from provisioner.hosting.base import MARK
from provisioner.hosting.vercel.problems import READ
from provisioner.models.hub import Sealed, Value
from provisioner.models.remote import Variable
from tests.unit.actions.hosted import Hosted, app, as_told, readers, variable
from tests.unit.desired.given import SEALED

SITE = app(env={"SITE_TITLE": "Nairobi"})


@given(st.text(min_size=8, max_size=40))
def test_a_fingerprint_shows_nothing_of_a_value(value: str) -> None:
    told = comment(SITE, value)

    assert value not in told.removeprefix("Set from hubs/nairobi.yaml")
    assert is_ours(SITE, variable("X", value, of=SITE))


@given(st.text(max_size=20), st.text(max_size=20))
def test_two_values_differ_when_and_only_when_their_fingerprints_do(one: str, other: str) -> None:
    assert (fingerprint(one) == fingerprint(other)) == (one == other)
    assert fingerprint(one) != fingerprint(Sealed(sealed=SEALED))


def test_a_new_build_is_due_when_and_only_when_something_of_it_changes() -> None:
    digest = inputs_digest(SITE)
    build = SITE.entry.app.build.model_copy(update={"build_command": "make"})
    entry = SITE.entry.model_copy(
        update={"app": SITE.entry.app.model_copy(update={"build": build})}
    )

    assert inputs_digest(SITE.model_copy(update={"domains": ("a.example.org",)})) == digest
    assert inputs_digest(SITE.model_copy(update={"env": {}})) != digest
    assert inputs_digest(SITE.model_copy(update={"entry": entry})) != digest


def test_what_stands_beside_a_variable_says_which_file_it_is_from() -> None:
    assert comment(SITE, "x") == f"Set from hubs/nairobi.yaml · {fingerprint('x')}"
    assert len(fingerprint("x")) == 16


@pytest.mark.parametrize(
    ("item", "ours"),
    [
        (variable("X", "x", of=SITE), True),
        (variable("X", "x"), False),
        (variable("X", "x", of=app(hub="nairobi-2")), False),
    ],
    ids=["this hub's", "by hand", "another hub's"],
)
def test_ours_is_what_was_set_from_this_hubs_file(item: Variable, ours: bool) -> None:
    assert is_ours(SITE, item) is ours


def test_the_projects_mark_is_no_variable_of_a_file() -> None:
    assert is_mark(variable(MARK, "nairobi/docs"))
    assert not is_mark(variable("SITE_TITLE", "Nairobi"))


@pytest.mark.parametrize(
    ("key", "value", "secret"),
    [
        ("TELEGRAM_TOKEN", "plain", True),
        ("GRAPH_URI", Sealed(sealed=SEALED), True),
        ("GRAPH_URI", "plain", False),
        ("OF_THEIR_OWN", Sealed(sealed=SEALED), True),
        ("OF_THEIR_OWN", "plain", False),
    ],
)
def test_secret_is_what_is_sealed_or_what_the_catalog_says_is(
    key: str, value: Value, secret: bool
) -> None:
    assert is_secret(app("telegram-bot"), key, value) is secret


def test_the_order_in_which_a_file_names_its_variables_changes_nothing() -> None:
    one, other = {"A": "a", "B": "b"}, {"B": "b", "A": "a"}

    assert inputs_digest(app(env=one)) == inputs_digest(app(env=other))
    assert len(inputs_digest(SITE)) == 16


class Refusing(Hosted):
    """Does not show its variables."""

    status = 404

    def variables(self, team: str, project: str) -> tuple[Variable, ...]:
        error = RemoteError("no", service="Vercel", effect=Effect.NONE, status=self.status)
        raise as_told(READ, error)


def test_a_project_that_is_not_there_has_no_variables() -> None:
    held = [variable("X", "x")]

    assert variables_of(readers(Hosted(held=held)).host(SITE), SITE) == tuple(held)
    assert variables_of(readers(Refusing()).host(SITE), SITE) == ()


@pytest.mark.parametrize("status", [403, 500])
def test_what_could_not_be_looked_at_is_not_taken_for_none(status: int) -> None:
    host = Refusing()
    host.status = status

    with pytest.raises(RemoteError):
        variables_of(readers(host).host(SITE), SITE)
