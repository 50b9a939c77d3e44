"""Whatever the bytes are, a file becomes a document with places, and what is wrong stands in it."""

import pytest

from provisioner.desired.read.load import START, Document, load, unreadable
from provisioner.desired.read.marks import Mark
from provisioner.desired.read.source import Source
from provisioner.models.finding import Finding

PROBLEM = Finding(code="too-large", message="too large")


def loaded(text: str) -> Document:
    return load(Source("hubs/nairobi.yaml", text.encode()))


def codes(document: Document) -> list[str]:
    return [each.code for each in document.findings]


def test_a_good_file_is_data_with_the_places_of_keys_and_values() -> None:
    document = loaded("name: x\napps:\n  docs: [a, b]\n")
    assert (document.path, document.name) == ("hubs/nairobi.yaml", "nairobi.yaml")
    assert document.data == {"name": "x", "apps": {"docs": ["a", "b"]}}
    assert document.lines == ("name: x", "apps:", "  docs: [a, b]", "")
    assert document.keys["/apps/docs"] == Mark(3, 3, 3, 7, "docs")
    assert document.values["/apps/docs/1"] == Mark(3, 13, 3, 14, "b")
    assert (document.findings, document.unclear) == ((), frozenset())


def test_the_id_is_the_one_that_git_gives() -> None:
    assert loaded("name: x\n").blob == "595a3aeae4904608eee47f61ba721453a70460b0"


def test_a_key_has_its_place_and_an_entry_of_a_list_its_own() -> None:
    document = loaded("docs: [a, b]\n")
    assert document.key_mark("/docs").column == 1
    assert document.key_mark("/docs/1").column == 11
    assert document.key_mark("/nothing") == START == Mark(1, 1, 1, 1)


def test_a_value_has_its_place_and_where_there_is_none_the_keys() -> None:
    document = loaded("a: x\nb:\n")
    assert document.value_mark("/a").column == 4
    assert (document.value_mark("/b").line, document.value_mark("/b").column) == (2, 1)
    assert document.value_mark("/nothing") == START


def test_a_file_that_could_not_be_taken_says_why_and_nothing_else() -> None:
    document = load(Source("hubs/nairobi.yaml", b"name: x", PROBLEM))
    assert (document.data, document.lines, document.findings) == (None, ("",), (PROBLEM,))


def test_a_file_that_broke_its_reader_holds_why_and_nothing_else() -> None:
    document = unreadable(Source("hubs/nairobi.yaml", b"name: x"), PROBLEM)
    assert (document.data, document.lines, document.findings) == (None, ("",), (PROBLEM,))
    assert document.name == "nairobi.yaml"


def test_what_is_no_text_is_shown_as_far_as_it_can_be() -> None:
    document = load(Source("x.yaml", b"name: M\xfcnchen\nmore"))
    assert (document.data, codes(document)) == (None, ["not-utf-8"])
    assert document.lines == ("name: M\ufffdnchen", "more")


@pytest.mark.parametrize("text", ["", "# words\n", "---\n", "null\n"])
def test_a_file_that_holds_nothing_is_empty(text: str) -> None:
    document = loaded(text)
    assert (document.data, codes(document)) == (None, ["empty-file"])
    assert document.findings[0].hint.startswith("copy the lines of `hubs/_example.yaml`")


@pytest.mark.parametrize(
    ("text", "kind", "where"),
    [
        ("- a\n", "it is a list", (1, 1)),
        ("\n  Nairobi\n", "it is a text", (2, 3)),
        ("42\n", "it is a number", (1, 1)),
    ],
)
def test_a_file_of_another_shape_is_told_what_it_is(
    text: str, kind: str, where: tuple[int, int]
) -> None:
    document = loaded(text)
    (finding,) = document.findings
    assert (finding.code, document.data) == ("not-a-mapping", None)
    assert (finding.line, finding.column) == where
    assert finding.message.endswith(kind)


def test_another_example_is_named_where_there_is_one() -> None:
    (finding,) = load(Source("x.yaml", b""), "apps/docs.yaml").findings
    assert "`apps/docs.yaml`" in finding.hint
    (finding,) = load(Source("x.yaml", b"- a"), "apps/docs.yaml").findings
    assert finding.hint.endswith("as in `apps/docs.yaml`")


def test_a_file_with_a_mistake_of_yaml_is_not_also_empty() -> None:
    assert codes(loaded("name: [\n")) == ["yaml-syntax"]


def test_a_warning_and_a_mistake_are_both_told() -> None:
    assert codes(loaded("\ufeff- a\n")) == ["byte-order-mark", "not-a-mapping"]
    assert codes(loaded("\ufeffname: &x y\n")) == ["byte-order-mark", "anchor"]


def test_what_a_finding_has_dealt_with_says_nothing() -> None:
    assert loaded("name: !x y\n").unclear == frozenset({"/name"})
