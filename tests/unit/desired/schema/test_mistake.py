"""One mistake as it was found: what was asked for, what stands there, and where."""

import pytest

from provisioner.desired.schema.mistake import Mistake, mistakes, pointer_of

GOOD: dict[str, object] = {
    "name": "Nairobi",
    "maintainers": ["amina-k"],
    "apps": {"docs": {"app": "docs-site"}},
}


def only(**changes: object) -> Mistake:
    (mistake,) = mistakes("hub", {**GOOD, **changes})
    return mistake


def test_where_nothing_is_wrong_there_is_none() -> None:
    assert list(mistakes("hub", GOOD)) == []


def test_a_wrong_type_is_told_with_its_place_and_an_example() -> None:
    found = only(name=5)
    assert (found.rule, found.limit, found.given) == ("type", "string", 5)
    assert (found.path, found.pointer) == (("name",), "/name")
    assert (found.of_name, found.inner) == (False, ())
    assert found.example == "Nairobi Commons"


def test_a_place_within_a_list_has_its_number() -> None:
    found = only(maintainers=["amina-k", 5])
    assert (found.path, found.pointer) == (("maintainers", 1), "/maintainers/1")


def test_a_wrong_name_is_told_of_the_key_itself() -> None:
    found = only(apps={"Docs": {"app": "docs-site"}})
    assert (found.rule, found.of_name, found.given) == ("pattern", True, "Docs")
    assert found.pointer == "/apps"


def test_a_schema_without_an_example_has_none() -> None:
    found = only(apps={"docs": {"app": "docs-site", "env": {"A": {"sealed": "x"}}}})
    (sealed,) = found.inner[1]
    assert sealed.rule == "pattern"
    assert sealed.example is None


def test_of_a_choice_it_is_told_what_was_wrong_with_each() -> None:
    found = only(apps={"docs": {"app": "docs-site", "env": {"A": 5}}})
    assert found.rule == "anyOf"
    assert [[each.rule for each in inner] for inner in found.inner] == [["type"], ["type"]]
    assert [inner[0].limit for inner in found.inner] == ["string", "object"]
    assert found.pointer == "/apps/docs/env/A"


def test_a_rule_that_lists_things_without_a_choice_has_nothing_within() -> None:
    (found,) = mistakes("hub", {key: value for key, value in GOOD.items() if key != "name"})
    assert (found.rule, found.inner) == ("required", ())


def test_another_kind_of_file_has_its_own_schema() -> None:
    assert {each.rule for each in mistakes("network", GOOD)} >= {"required"}


@pytest.mark.parametrize(
    ("path", "pointer"),
    [((), ""), (("a", 0, "b"), "/a/0/b"), (("a/b", "c~d"), "/a~1b/c~0d")],
)
def test_a_path_is_written_as_a_pointer(path: tuple[str | int, ...], pointer: str) -> None:
    assert pointer_of(path) == pointer
