"""Every word that people read, for a reviewer to read too."""

import pytest

from tests.unit.report.goldens import FOLDER, GOLDENS


@pytest.mark.parametrize("name", GOLDENS)
def test_the_page_is_the_one_that_was_reviewed(name: str) -> None:
    """If the change is meant: `python -m tests.unit.report.goldens`, and read the diff."""
    assert GOLDENS[name]() == (FOLDER / name).read_text(encoding="utf-8")


def test_no_page_is_left_over() -> None:
    assert {path.name for path in FOLDER.iterdir()} == set(GOLDENS)
