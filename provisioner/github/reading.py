"""Answers as models: one object, or a list over its pages. Sends through a session; no retries.

What lacks a promised field is an `UnexpectedResponse`, whichever page it is on.
"""

from collections.abc import Callable, Iterator
from typing import Any, TypeVar

from provisioner.answers import Call, cut_list, parsed, part
from provisioner.github.session import SERVICE, GitHubSession

PER_PAGE = 100

Model = TypeVar("Model")
Parse = Callable[[Any], Model]


def fetch(
    session: GitHubSession,
    path: str,
    parse: Parse[Model],
    /,
    *,
    none_for: tuple[int, ...] = (404,),
    **params: Any,
) -> Model | None:
    """What is at `path`, or `None` where the answer says that there is nothing."""
    payload = session.get(path, none_for=none_for, **params)
    return None if payload is None else _parsed("GET", path, payload, parse)


def read(session: GitHubSession, path: str, parse: Parse[Model], /, **params: Any) -> Model:
    """What is at `path`; nothing there is an error."""
    return _parsed("GET", path, session.send("GET", path, params=params), parse)


def change(
    session: GitHubSession, method: str, path: str, body: object, parse: Parse[Model]
) -> Model:
    """Send a change once and read what it answers."""
    return _parsed(method, path, session.send(method, path, body), parse)


def pages(
    session: GitHubSession,
    path: str,
    parse: Parse[Model],
    /,
    *,
    most: int,
    key: str = "",
    none_for: tuple[int, ...] = (),
    **params: Any,
) -> Iterator[Model]:
    """The items of a list, page after page, as far as they are wanted.

    `key` names the list where it stands inside an object. A list of more than
    `most` pages is no evidence of what is not in it: who reads as far as that
    gets a `RemoteError`.
    """
    for page in range(1, most + 1):
        items = fetch(
            session,
            path,
            lambda payload: _items(payload, key, parse),
            none_for=none_for,
            per_page=PER_PAGE,
            page=page,
            **params,
        )
        yield from items or ()
        if len(items or ()) < PER_PAGE:
            return
    raise cut_list(Call(SERVICE, "GET", f"GET {path}"), most * PER_PAGE)


def _items(payload: Any, key: str, parse: Parse[Model]) -> list[Model]:
    items = part(payload, key) if key else payload
    if not isinstance(items, list):
        raise TypeError("not a list")
    return [parse(item) for item in items]


def _parsed(method: str, path: str, payload: Any, parse: Parse[Model]) -> Model:
    return parsed(Call(SERVICE, method, f"{method} {path}"), payload, parse)
