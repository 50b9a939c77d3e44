"""Where keys belong is known by the schema: for keys that lost their indentation."""

import pytest

from provisioner.desired.schema.structure import homes_of, is_required, lost_children


def lost(data: object, *path: str | int) -> tuple[str, ...]:
    return lost_children(data, "hub", path)


def test_keys_that_belong_below_an_empty_one_are_lost() -> None:
    docs = {"docs": None, "app": "docs-site", "env": "x"}
    assert lost({"apps": docs}, "apps", "docs") == ("app", "env")


def test_a_key_that_belongs_where_it_stands_ends_the_search() -> None:
    data = {"github": None, "owner": "a", "name": "x", "team": "b"}
    assert lost(data, "github") == ("owner",)


def test_a_key_that_belongs_nowhere_ends_the_search() -> None:
    assert lost({"github": None, "odd": 1, "owner": "a"}, "github") == ()


def test_what_stands_before_the_empty_key_is_not_lost() -> None:
    assert lost({"owner": "a", "github": None}, "github") == ()


def test_below_a_group_of_free_names_any_name_may_be_lost() -> None:
    assert lost({"apps": None, "docs": {}, "bot": {}, "name": "x"}, "apps") == ("docs", "bot")


def test_below_a_group_of_free_names_that_stands_in_another_nothing_is_lost() -> None:
    data = {"apps": {"docs": None, "odd": 1}}
    assert lost(data, "apps", "docs") == ()


def test_below_a_group_within_an_app_a_key_of_the_app_ends_the_search() -> None:
    docs: dict[str, object] = {
        "app": "docs-site",
        "env": None,
        "SITE_TITLE": "x",
        "domains": [],
        "OTHER": "y",
    }
    assert lost({"apps": {"docs": docs}}, "apps", "docs", "env") == ("SITE_TITLE",)


def test_only_a_group_can_have_lost_its_keys() -> None:
    assert lost({"name": None, "owner": "x"}, "name") == ()
    assert lost({"maintainers": [None, "x"]}, "maintainers", 0) == ()


@pytest.mark.parametrize(
    ("path", "required"),
    [
        (("name",), True),
        (("apps",), True),
        (("github",), False),
        (("github", "owner"), True),
        (("apps", "docs", "app"), True),
        (("apps", "docs", "env"), False),
        (("apps", "docs"), False),
        (("odd", "key"), False),
    ],
)
def test_a_key_is_required_where_the_schema_says_so(
    path: tuple[str | int, ...], required: bool
) -> None:
    assert is_required("hub", path) is required


def test_every_key_has_its_home() -> None:
    homes = homes_of("hub")
    assert homes["name"] == "at the left margin, in no group"
    assert homes["apps"] == "at the left margin, in no group"
    assert homes["owner"] == "below `github:`, two spaces further in"
    assert homes["team"] == "below `vercel:`, two spaces further in"
    entry = "below the name of an entry of `apps:`, two spaces further in"
    assert {homes[key] for key in ("app", "domains", "env", "adopt")} == {entry}
    assert "docs" not in homes
