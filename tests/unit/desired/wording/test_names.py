"""What does not fit a name's pattern comes with how it should be written."""

import pytest

from provisioner.desired.wording.advice import Advice, Place
from provisioner.desired.wording.names import advise, hub_id, is_placeholder, not_sealed_yet
from provisioner.models.hub import (
    APP_ID_PATTERN,
    HOST_NAME_PATTERN,
    LOGIN_PATTERN,
    SEALED_PATTERN,
    TEAM_PATTERN,
    TITLE_PATTERN,
    VALUE_PATTERN,
    VARIABLE_NAME_PATTERN,
)

TOKEN = Place("nairobi", ("apps", "bot", "env", "TOKEN", "sealed"))
NAME = Place("nairobi", ("name",))


def advice(pattern: str, text: str, place: Place = NAME) -> Advice:
    found = advise(pattern, text, place)
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("login", "hint"),
    [
        ("@amina-k", "write `amina-k`"),
        ("https://github.com/amina-k", "write `amina-k`"),
        ("http://www.github.com/amina-k/", "write `amina-k`"),
        ("github.com/amina-k/", "write `amina-k`"),
        (" “amina-k” ", "write `amina-k`"),
    ],
)
def test_a_login_within_something_else_is_taken_out(login: str, hint: str) -> None:
    found = advice(LOGIN_PATTERN, login)
    assert (found.code, found.hint) == ("wrong-login", hint)
    assert found.message.endswith("is not a GitHub name")


def test_an_address_of_mail_is_no_login() -> None:
    found = advice(LOGIN_PATTERN, "amina@example.org")
    assert (found.code, found.message) == (
        "wrong-login",
        "`amina@example.org` is an e-mail address, not a GitHub name",
    )
    assert found.hint == "write the name as it stands in github.com/<name>"


@pytest.mark.parametrize("login", ["Amina K", "-amina", "amina--k", "", "@"])
def test_what_holds_no_login_comes_with_what_one_is_made_of(login: str) -> None:
    found = advice(LOGIN_PATTERN, login)
    assert found.code == "wrong-login"
    assert found.hint.endswith("letters, digits and single hyphens")


def test_a_text_that_is_a_login_already_is_not_told_to_be_written_as_it_is() -> None:
    assert "single hyphens" in advice(LOGIN_PATTERN, "amina-k").hint


@pytest.mark.parametrize(
    ("team", "hint"),
    [
        ("https://vercel.com/nairobi", "write `nairobi`"),
        ("www.vercel.com/teams/Nairobi/", "write `nairobi`"),
        ("@nairobi", "write `nairobi`"),
        ("Nairobi", "write `nairobi`"),
        ("team_a1B2", "this is the team's id"),
        ("our team", "write it as it stands in vercel.com/<team>"),
    ],
)
def test_a_wrong_team(team: str, hint: str) -> None:
    found = advice(TEAM_PATTERN, team)
    assert found.code == "wrong-team"
    assert found.hint.startswith(hint)


@pytest.mark.parametrize(
    ("app", "hint"),
    [
        ("Docs", "write `docs`"),
        ("our docs", "write `our-docs`"),
        ("docs", "use at most 20 small letters"),
        ("2020", "use at most 20 small letters"),
        ("x" * 21, "use at most 20 small letters"),
    ],
)
def test_a_wrong_name_of_an_app(app: str, hint: str) -> None:
    found = advice(APP_ID_PATTERN, app)
    assert found.code == "wrong-app-name"
    assert found.hint.startswith(hint)


@pytest.mark.parametrize(
    ("hub", "file"), [("Nairobi Commons", "nairobi-commons"), ("2020", "your-hub")]
)
def test_a_wrong_name_of_a_hub(hub: str, file: str) -> None:
    found = hub_id(hub)
    assert found.code == "wrong-file-name"
    assert f"`{hub}` cannot be the name of a hub: 3 to 40" in found.message
    assert found.hint == f"rename the file to `{file}.yaml`"


@pytest.mark.parametrize(
    ("variable", "hint"),
    [
        ("SITE-TITLE", "write `SITE_TITLE`"),
        ("_A B_", "write `A_B`"),
        ("TÍTULO", "write `T_TULO`"),
        ("1A", "use letters, digits and underscores"),
        ("…", "use letters, digits and underscores"),
    ],
)
def test_a_wrong_name_of_a_variable(variable: str, hint: str) -> None:
    found = advice(VARIABLE_NAME_PATTERN, variable)
    assert found.code == "wrong-variable-name"
    assert found.hint.startswith(hint)


@pytest.mark.parametrize(
    "text", ["", "  ", "…", "...", "v1.…", "<token>", "xxx", "XXXX", "todo", "ChangeMe", "tbd"]
)
def test_what_stands_for_a_secret_still_to_come_is_a_placeholder(text: str) -> None:
    assert is_placeholder(text)
    found = advice(SEALED_PATTERN, text, TOKEN)
    assert found == not_sealed_yet(TOKEN)
    assert (found.code, found.message) == ("placeholder", "`TOKEN` holds no sealed value yet")
    assert found.hint.startswith("run `provisioner seal nairobi bot TOKEN`")


@pytest.mark.parametrize("text", ["xx", "todo list", "a <b>", "hunter2"])
def test_any_other_text_is_no_placeholder(text: str) -> None:
    assert not is_placeholder(text)


def test_a_sealed_value_that_was_cut_is_damaged() -> None:
    found = advice(SEALED_PATTERN, "v1.abc", TOKEN)
    assert (found.code, found.message) == (
        "damaged-sealed-value",
        "the sealed value of `TOKEN` is damaged",
    )
    assert "`provisioner seal nairobi bot TOKEN` printed" in found.hint


def test_what_was_not_sealed_may_be_the_secret_itself() -> None:
    found = advice(SEALED_PATTERN, "hunter2", TOKEN)
    assert found.code == "secret-in-plain-text"
    assert found.message.startswith("what stands in `TOKEN` was not sealed")
    assert found.hint.endswith("`provisioner seal nairobi bot TOKEN`")
    assert "hunter2" not in found.message + found.hint


def test_a_sealed_value_outside_of_a_variable_is_called_by_its_key() -> None:
    elsewhere = Place("nairobi", ("sealed",))
    assert advice(SEALED_PATTERN, "v1.abc", elsewhere).message.endswith("`sealed` is damaged")
    assert not_sealed_yet(elsewhere).message == "`sealed` holds no sealed value yet"


def test_an_empty_name_and_one_that_nobody_can_see_are_told_apart() -> None:
    empty, broken = advice(TITLE_PATTERN, " "), advice(TITLE_PATTERN, "a\nb")
    assert (empty.code, empty.message) == ("no-value", "`name` is empty")
    assert empty.hint == "write `name: Nairobi Commons`"
    assert (broken.code, broken.hint.partition(",")[0]) == ("wrong-text", "write it on one line")
    assert "line break or a control character" in broken.message


def test_a_value_that_no_variable_can_hold() -> None:
    found = advice(VALUE_PATTERN, "a\0b", Place("nairobi", ("apps", "docs", "env", "TITLE")))
    assert (found.code, found.hint) == ("wrong-text", "remove `\\0` from the value")
    assert "the value of `TITLE` holds a NUL character" in found.message


def test_a_host_name_has_advisers_of_its_own() -> None:
    assert advice(HOST_NAME_PATTERN, "docs").code == "wrong-host-name"


def test_of_a_pattern_that_is_not_known_nothing_is_said() -> None:
    assert advise("^x$", "y", NAME) is None
