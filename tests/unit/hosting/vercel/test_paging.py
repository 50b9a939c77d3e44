"""A list in pages is read as far as somebody looks, and never in part by mistake."""

from collections.abc import Iterator

import pytest

from provisioner.hosting.vercel.paging import Paged

PAGES = ((1, 2), (3, 4), (5,))


class Source:
    """Three pages; counts what was read, and may fail once at a page."""

    def __init__(self, fails_at: int | None = None) -> None:
        self.read = 0
        self._fails_at = fails_at

    def pages(self) -> Iterator[tuple[int, ...]]:
        for number, page in enumerate(PAGES):
            self.read += 1
            if number == self._fails_at:
                self._fails_at = None
                raise TimeoutError
            yield page


def test_only_what_is_looked_at_is_read() -> None:
    source = Source()

    assert next(item for item in Paged(source.pages) if item == 2) == 2

    assert source.read == 1


def test_it_can_be_gone_through_again_without_reading_again() -> None:
    source = Source()
    paged = Paged(source.pages)

    assert list(paged) == list(paged) == [1, 2, 3, 4, 5]

    assert source.read == 3


def test_after_a_failure_it_is_read_again_from_the_start() -> None:
    paged = Paged(Source(fails_at=1).pages)

    with pytest.raises(TimeoutError):
        list(paged)

    assert list(paged) == [1, 2, 3, 4, 5]
