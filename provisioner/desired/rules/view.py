"""A hub file as far as it can be understood, for rules that run even on files with mistakes.

Takes out of the plain data what has the right type and passes over the rest:
the schema has findings for it. Judges nothing.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from provisioner.desired.read.load import Document
from provisioner.desired.read.marks import escape
from provisioner.desired.wording.advice import Place
from provisioner.hosting.registry import HOSTS


@dataclass(frozen=True)
class SeenApp:
    """`env` is None where it cannot be read, so that nothing can be said to be missing."""

    id: str
    pointer: str
    app: str | None
    domains: tuple[tuple[str, str], ...]
    """Pointer and text of each."""
    domains_readable: bool
    env: dict[str, object] | None

    def variable(self, name: str) -> str:
        """The pointer of one variable."""
        return f"{self.pointer}/env/{escape(name)}"

    def place(self, hub: str, name: str) -> Place:
        """One variable, for advice."""
        return Place(hub, ("apps", self.id, "env", name))


@dataclass(frozen=True)
class SeenHub:
    """`id` is what the file's name says, without a leading `_`; such a file is an `example`."""

    document: Document
    id: str
    example: bool
    owner: str | None
    accounts: Mapping[str, str]
    """At hosts, by the host's key."""
    people: tuple[tuple[str, str], ...]
    """Pointer and text of each maintainer."""
    apps: tuple[SeenApp, ...]

    @property
    def maintainers(self) -> tuple[str, ...]:
        return tuple(text for _, text in self.people)


def see(document: Document, hub: str, example: bool) -> SeenHub:
    data = document.data or {}
    return SeenHub(
        document=document,
        id=hub,
        example=example,
        owner=_text(_mapping(data.get("github")).get("owner")),
        accounts=dict(_accounts(data)),
        people=tuple(_texts("/maintainers", data.get("maintainers"))),
        apps=tuple(
            _app(document, app_id, app) for app_id, app in _mapping(data.get("apps")).items()
        ),
    )


def _accounts(data: dict[str, object]) -> Iterator[tuple[str, str]]:
    for kind in HOSTS.values():
        name = _text(_mapping(data.get(kind.key)).get(kind.account.where))
        if name is not None:
            yield kind.key, name


def _app(document: Document, app_id: str, data: object) -> SeenApp:
    pointer = f"/apps/{escape(app_id)}"
    settings = _mapping(data)
    domains = settings.get("domains", [])
    env = settings.get("env", {})
    readable = isinstance(data, dict) and pointer not in document.unclear
    return SeenApp(
        id=app_id,
        pointer=pointer,
        app=_text(settings.get("app")),
        domains=tuple(_texts(f"{pointer}/domains", domains)),
        domains_readable=readable and isinstance(domains, list),
        env=env if readable and isinstance(env, dict) else None,
    )


def _texts(pointer: str, items: object) -> list[tuple[str, str]]:
    if not isinstance(items, list):
        return []
    return [(f"{pointer}/{n}", item) for n, item in enumerate(items) if isinstance(item, str)]


def _mapping(value: object) -> dict[str, object]:
    return value if isinstance(value, dict) else {}


def _text(value: object) -> str | None:
    return value if isinstance(value, str) else None


def sealed_text(value: object) -> str | None:
    """The text within `{sealed: …}`, if the value has that form."""
    return _text(_mapping(value).get("sealed"))
