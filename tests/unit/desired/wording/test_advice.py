"""The place of a text is known by its pointer, and a command for it names only what is a name."""

import pytest

from provisioner.desired.wording.advice import Place, fits, slug
from provisioner.models.hub import APP_ID_PATTERN, HUB_ID_PATTERN


@pytest.mark.parametrize(
    ("parts", "key", "variable"),
    [
        ((), "", None),
        (("name",), "name", None),
        (("apps", "bot", "env"), "env", None),
        (("apps", "bot", "env", "TOKEN"), "TOKEN", "TOKEN"),
        (("apps", "bot", "env", "TOKEN", "sealed"), "sealed", "TOKEN"),
        (("apps", "bot", "domains", "0"), "0", None),
        (("env", "apps", "bot", "TOKEN"), "TOKEN", None),
    ],
)
def test_a_place_is_a_variables_below_env_alone(
    parts: tuple[str, ...], key: str, variable: str | None
) -> None:
    place = Place("nairobi", parts)
    assert (place.key, place.variable) == (key, variable)


def test_a_key_of_many_lines_is_said_on_one() -> None:
    place = Place("nairobi", ("apps", "bot", "env", "A\nB"))
    assert (place.key, place.variable) == ("A B", "A B")


@pytest.mark.parametrize(
    ("hub", "parts", "command"),
    [
        ("nairobi", ("apps", "bot", "env", "TOKEN"), "nairobi bot TOKEN"),
        ("nairobi", ("apps", "bot", "env", "TOKEN", "sealed"), "nairobi bot TOKEN"),
        ("nairobi", ("name",), "nairobi APP NAME"),
        ("nairobi", (), "nairobi APP NAME"),
        ("; rm -r", ("apps", "bot", "env", "TOKEN"), "HUB bot TOKEN"),
        ("nairobi", ("apps", "$(x)", "env", "TOKEN"), "nairobi APP TOKEN"),
        ("nairobi", ("apps", "bot", "env", "A B"), "nairobi bot NAME"),
    ],
)
def test_a_command_names_what_is_a_name_and_nothing_else(
    hub: str, parts: tuple[str, ...], command: str
) -> None:
    assert Place(hub, parts).seal_command == f"provisioner seal {command}"


def test_a_text_fits_a_pattern_as_a_whole() -> None:
    assert fits(HUB_ID_PATTERN, "nairobi")
    assert not fits(HUB_ID_PATTERN, "nairobi\n")
    assert not fits(HUB_ID_PATTERN, "Nairobi")


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Nairobi Commons", "nairobi-commons"),
        ("Ñairobi", "nairobi"),
        ("--our__docs--", "our-docs"),
        ("2020 docs", "docs"),
        ("2020", None),
        ("", None),
        ("x" * 21, None),
    ],
)
def test_a_name_is_made_of_a_text_where_one_can_be(text: str, name: str | None) -> None:
    assert slug(text, APP_ID_PATTERN) == name
