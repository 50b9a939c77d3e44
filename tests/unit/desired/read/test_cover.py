"""A secret is covered where it stands, character for character, and nothing else is."""

import pytest

from provisioner.desired.read.cover import with_cover
from provisioner.desired.read.marks import Mark

LINES = ("name: x", "  token: abcdef", "    more", "end")


@pytest.mark.parametrize(
    ("mark", "covered"),
    [
        (Mark(2, 10, 2, 16), ("name: x", "  token: ******", "    more", "end")),
        (Mark(2, 10, 2, 12), ("name: x", "  token: **cdef", "    more", "end")),
        (Mark(1, 1, 1, 2), ("*ame: x", "  token: abcdef", "    more", "end")),
        (Mark(2, 10, 3, 7), ("name: x", "  token: ******", "    **re", "end")),
        (Mark(2, 10, 4, 2), ("name: x", "  token: ******", "    ****", "*nd")),
        (Mark(2, 10, 4, 1), ("name: x", "  token: ******", "    ****", "end")),
        (Mark(2, 10, 9, 9), ("name: x", "  token: ******", "    ****", "***")),
        (Mark(2, 10, 2, 99), ("name: x", "  token: ******", "    more", "end")),
        (Mark(2, 10, 2, 10), LINES),
        (Mark(2, 12, 2, 10), LINES),
        (Mark(7, 1, 8, 1), LINES),
    ],
)
def test_a_secret_is_covered_where_it_stands(mark: Mark, covered: tuple[str, ...]) -> None:
    assert with_cover(LINES, [mark]) == covered


def test_two_secrets_of_one_line_are_both_covered() -> None:
    assert with_cover(("a: bc, d: ef",), [Mark(1, 4, 1, 6), Mark(1, 11, 1, 13)]) == (
        "a: **, d: **",
    )


def test_secrets_that_overlap_are_covered_once() -> None:
    assert with_cover(("abcdef",), [Mark(1, 1, 1, 4), Mark(1, 3, 1, 6)]) == ("*****f",)


def test_where_nothing_is_secret_nothing_is_covered() -> None:
    assert with_cover(LINES, []) == LINES
