"""Bytes become text, or it is told why not and where; what nobody can see is told too."""

import pytest

from provisioner.desired.read.text import decode, lines_of
from provisioner.models.finding import Finding, Severity


def only(data: bytes) -> Finding:
    text, (finding,) = decode(data)
    assert text is None
    assert finding.is_error
    return finding


def at(data: bytes) -> tuple[str, int, int]:
    finding = only(data)
    return finding.code, finding.line, finding.column


def test_a_text_is_what_it_is() -> None:
    assert decode("name: Ñairobi\n".encode()) == ("name: Ñairobi\n", ())


@pytest.mark.parametrize("data", [b"\xff\xfen\0", b"\xfe\xff\0n"])
def test_another_encoding_is_told_by_its_name(data: bytes) -> None:
    assert at(data) == ("not-utf-8", 1, 1)
    assert "UTF-16" in only(data).message
    assert only(data).hint.startswith("save the file as UTF-8")


@pytest.mark.parametrize(
    ("data", "where"),
    [
        (b"\0", (1, 1)),
        (b"ab\0", (1, 3)),
        (b"a\r\nbc\0", (2, 3)),
        (b"\x89PNG\r\n\x1a\n\0\0", (3, 1)),
    ],
)
def test_what_is_no_text_is_told_at_its_first_zero(data: bytes, where: tuple[int, int]) -> None:
    assert at(data) == ("binary", *where)


@pytest.mark.parametrize(
    ("data", "where"),
    [(b"\xfc", (1, 1)), (b"name: M\xfcnchen", (1, 8)), ("ñ\n".encode() + b"x\xff", (2, 2))],
)
def test_a_character_in_another_encoding_is_told_where_it_stands(
    data: bytes, where: tuple[int, int]
) -> None:
    assert at(data) == ("not-utf-8", *where)
    assert "this character is not written in UTF-8" in only(data).message


def test_a_byte_order_mark_is_a_warning_and_no_part_of_the_text() -> None:
    text, (finding,) = decode(b"\xef\xbb\xbfname: x")
    assert text == "name: x"
    assert (finding.code, finding.severity) == ("byte-order-mark", Severity.WARNING)


def test_a_byte_order_mark_before_a_mistake_is_told_beside_it() -> None:
    text, found = decode(b"\xef\xbb\xbfname: \xe2\x80\x8bx")
    assert text is None
    assert [(each.code, each.column) for each in found] == [
        ("byte-order-mark", 1),
        ("hidden-character", 7),
    ]


@pytest.mark.parametrize(
    ("text", "where", "named"),
    [
        ("a\u200bb", (1, 2), "(U+200B, zero width space)"),
        ("x\n\u202ey", (2, 1), "(U+202E, right-to-left override)"),
        ("a\x1bb", (1, 2), "(U+001B, control character)"),
        ("a\x85b", (1, 2), "(U+0085, control character)"),
        ("a\ufeff", (1, 2), "(U+FEFF, zero width no-break space)"),
    ],
)
def test_an_invisible_character_is_told_by_name_where_it_stands(
    text: str, where: tuple[int, int], named: str
) -> None:
    finding = only(text.encode())
    assert (finding.code, finding.line, finding.column) == ("hidden-character", *where)
    assert named in finding.message
    assert finding.hint.startswith("delete this line and type it anew")


@pytest.mark.parametrize(
    ("text", "where"),
    [
        ("\u00a0apps: y", (1, 1)),
        ("a: b\n  \u00a0c: d", (2, 3)),
        ("name:\u00a0x", (1, 6)),
        ("  - \u2003x", (1, 5)),
        ("  - site.url-1:\u3000x", (1, 16)),
    ],
)
def test_a_special_space_where_yaml_needs_a_plain_one_is_told(
    text: str, where: tuple[int, int]
) -> None:
    assert at(text.encode()) == ("odd-space", *where)
    assert only(text.encode()).hint.endswith("with the space bar")


@pytest.mark.parametrize("text", ["a: b\u00a0c", "a: \u200c", "👩\u200d💻", "a\tb", "# x\u00a0"])
def test_what_belongs_to_a_text_is_left_alone(text: str) -> None:
    assert decode(text.encode()) == (text, ())


def test_of_many_lines_with_them_the_first_five_are_told() -> None:
    text = "a\u200b\u200b\n\u00a0b\n" * 4
    found = decode(text.encode())[1]
    assert [(each.code, each.line) for each in found] == [
        ("hidden-character", 1),
        ("odd-space", 2),
        ("hidden-character", 3),
        ("odd-space", 4),
        ("hidden-character", 5),
    ]


def test_lines_end_as_yaml_has_it() -> None:
    assert lines_of("a\r\nb\rc\nd\u2028e\x0cf\n") == ("a", "b", "c", "d\u2028e\x0cf", "")
