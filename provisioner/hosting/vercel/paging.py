"""A list that comes in pages, read only as far as somebody looks. Knows no operation."""

import threading
from collections.abc import Callable, Iterator
from typing import Generic, TypeVar

Item = TypeVar("Item")


class Paged(Generic[Item]):
    """The items of every page, in order. Can be gone through again: what was read is kept.

    `pages` yields one page at a time and sends a request for each. One that
    failed is asked for again by the next who goes through. Safe to share
    between threads.
    """

    def __init__(self, pages: Callable[[], Iterator[tuple[Item, ...]]]) -> None:
        self._pages = pages
        self._source = pages()
        self._items: list[Item] = []
        self._lock = threading.Lock()

    def __iter__(self) -> Iterator[Item]:
        position = 0
        while self._has(position):
            yield self._items[position]
            position += 1

    def _has(self, position: int) -> bool:
        with self._lock:
            while position >= len(self._items):
                page = self._next()
                if page is None:
                    return False
                self._items.extend(page)
            return True

    def _next(self) -> tuple[Item, ...] | None:
        try:
            return next(self._source, None)
        except BaseException:
            self._items, self._source = [], self._pages()  # a broken generator gives no more
            raise
