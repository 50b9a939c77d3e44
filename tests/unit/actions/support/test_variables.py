"""Knowing our variables again without their values, and which ones are to be set."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from provisioner.actions.remove_variables import RemoveVariables
from provisioner.actions.set_environment import SetEnvironment
from provisioner.actions.support.variable_refusals import not_taken
from provisioner.actions.support.variables import comment, fingerprint, inputs_digest, is_ours
from provisioner.models.hub import Sealed
from provisioner.models.plan import Verdict
from provisioner.models.remote import Variable
from tests.unit.actions.hosted import Hosted, app, readers, variable
from tests.unit.desired.given import SEALED

SITE = app(env={"SITE_TITLE": "Nairobi"})
ELSEWHERE = {"targets": ("development",), "comment": ""}


def look_at(held: list[Variable]) -> Verdict:
    step = SetEnvironment()
    return step.assess(SITE, readers(Hosted(held=held)), frozenset(), None).verdict


def ours(**changed: object) -> Variable:
    return variable("SITE_TITLE", "Nairobi", of=SITE).model_copy(update=changed)


def test_what_is_set_as_asked_for_is_kept() -> None:
    assert look_at([ours()]) is Verdict.KEEP


@pytest.mark.parametrize("first", [True, False])
def test_what_stands_beside_ours_under_the_same_name_changes_nothing(first: bool) -> None:
    beside = ours(id="other", **ELSEWHERE)
    assert look_at([beside, ours()] if first else [ours(), beside]) is Verdict.KEEP


@pytest.mark.parametrize(
    "changed",
    [{"comment": ""}, {"targets": ("preview",)}, {"comment": comment(SITE, "Mombasa")}],
)
def test_what_differs_is_set_again(changed: dict[str, object]) -> None:
    assert look_at([ours(**changed)]) is Verdict.UPDATE


def test_what_is_missing_is_set() -> None:
    assert look_at([]) is Verdict.CREATE


def test_a_secret_that_can_be_read_back_is_set_again_as_a_secret() -> None:
    value = Sealed(sealed=SEALED)
    bot = app("telegram-bot", id="bot", env={"TELEGRAM_TOKEN": value})
    held = variable("TELEGRAM_TOKEN", value, of=bot)

    def verdict(secret: bool) -> Verdict:
        hosted = Hosted(held=[held.model_copy(update={"secret": secret})])
        return SetEnvironment().assess(bot, readers(hosted), frozenset(), None).verdict

    assert verdict(secret=False) is Verdict.UPDATE
    assert verdict(secret=True) is Verdict.KEEP


def test_only_what_we_set_and_the_file_no_longer_names_is_removed() -> None:
    held = [
        ours(),
        variable("OLD", "x", of=SITE),
        variable("BY_HAND", "x"),
        variable("OTHERS", "x", of=app(hub="kigali")),
    ]
    look = RemoveVariables().assess(SITE, readers(Hosted(held=held)), frozenset(), None)

    assert look.verdict is Verdict.REMOVE
    assert look.found == ("OLD",)


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


@pytest.mark.parametrize("refused", [{"": "X"}, {"A": "ENV_CONFLICT", "B": "BAD_REQUEST"}])
def test_a_refusal_is_told_even_where_vercel_does_not_say_much(refused: dict[str, str]) -> None:
    error = not_taken(SITE, refused)

    assert error.hint
    assert all(name in error.message for name in refused)
