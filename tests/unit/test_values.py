"""Every text in a value is changed, however deep it lies, and nothing else is."""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

import pytest

from provisioner.models.dns import DnsEntry
from provisioner.models.hub import Frozen
from provisioner.values import changed


class Colour(StrEnum):
    RED = "red"


class Note(Frozen):
    text: str
    number: int = 1


@dataclass(frozen=True)
class Leaf:
    text: str
    length: int = field(init=False, default=3)


class Text(str):
    """A text of a kind of its own."""


def louder(value: Any) -> Any:
    return changed(value, str.upper)


@pytest.mark.parametrize(
    ("value", "wanted"),
    [
        ("a", "A"),
        (["a", ["b", 1]], ["A", ["B", 1]]),
        (("a", None), ("A", None)),
        ({"key": {"deep": "a"}}, {"KEY": {"DEEP": "A"}}),
        ({1: "a"}, {1: "A"}),
        (Note(text="a"), Note(text="A")),
        ([Note(text="a", number=2)], [Note(text="A", number=2)]),
        (Leaf("a"), Leaf("A")),
        ({"leaf": Leaf("a")}, {"LEAF": Leaf("A")}),
    ],
)
def test_a_text_is_changed_wherever_it_stands(value: Any, wanted: Any) -> None:
    found = louder(value)

    assert found == wanted
    assert type(found) is type(value)


@pytest.mark.parametrize(
    "value", [5, None, True, b"a", Colour.RED, Text("a"), {"a"}, Leaf, DnsEntry]
)
def test_what_is_no_text_stays_the_very_same(value: Any) -> None:
    assert louder(value) is value


def test_a_field_that_stays_as_it_is_stays_the_same_object() -> None:
    class Holder(Frozen):
        note: Note
        title: str

    note = Note(text="A")
    assert louder(Holder(note=note, title="b")).note is note


def test_a_field_that_a_value_makes_by_itself_is_not_handed_back_to_it() -> None:
    assert louder(Leaf("a")).length == 3
