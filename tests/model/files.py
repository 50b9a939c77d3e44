"""Hub files of the model: what they say, and how they are written."""

from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from provisioner.clock import ManualClock
from provisioner.secrets.sealing import public_of, seal
from tests import canary

SITE, BOT = "docs-site", "telegram-bot"


@dataclass(frozen=True)
class Place:
    """What a hub may choose from."""

    person: str
    accounts: tuple[str, str]
    domains: tuple[str, ...]
    bot: str


PLACES = {
    "nairobi": Place(
        "amina-k",
        ("nairobi-commons", "nairobi-lab"),
        ("docs.nairobi.example.org", "nairobi-commons.net"),
        "123456789:AAExampleExampleExampleExampleExamp",
    ),
    "kigali": Place(
        "grace-u",
        ("kigali-circle", "kigali-lab"),
        ("docs.kigali.example.net",),
        "987654321:AAExampleExampleExampleExampleExamp",
    ),
}
"""Of the domains of Nairobi the first is set by a CNAME, the second by an A entry."""


@dataclass(frozen=True)
class App:
    """`adopt`: the hub's consent to take over what is there already."""

    kind: str
    title: int = 1
    domains: tuple[str, ...] = ()
    adopt: bool = False


@dataclass(frozen=True)
class HubFile:
    owner: str
    team: str
    apps: tuple[tuple[str, App], ...]

    def app(self, name: str) -> App | None:
        return dict(self.apps).get(name)

    def with_app(self, name: str, app: App | None) -> "HubFile":
        """With this app so, or without it."""
        apps = {**dict(self.apps), name: app}
        return replace(self, apps=tuple((key, one) for key, one in apps.items() if one))

    def domains(self) -> dict[str, str]:
        """The app of each domain."""
        return {domain: name for name, app in self.apps for domain in app.domains}


def first(hub: str) -> HubFile:
    """A hub's first file: a site with one domain."""
    place = PLACES[hub]
    docs = App(SITE, domains=place.domains[:1])
    return HubFile(place.accounts[0], place.accounts[0], (("docs", docs),))


def title(hub: str, name: str, app: App) -> str:
    """What visitors read, or the bot's graph."""
    return f"{hub} {name} {app.title}"


def variables(hub: str, name: str, app: App, key: str) -> dict[str, Any]:
    if app.kind == SITE:
        return {"SITE_TITLE": title(hub, name, app)}
    sealed = _sealed(key, hub, name, PLACES[hub].bot)
    graph = f"neo4j+s://graph{app.title}.example.org"
    return {"GRAPH_URI": graph, "TELEGRAM_TOKEN": f"{{sealed: {sealed}}}"}


def written(hub: str, file: HubFile, key: str) -> str:
    """The hub file's text."""
    lines = [
        f"name: Hub {hub}",
        f"maintainers: [{PLACES[hub].person}]",
        f"github: {{owner: {file.owner}}}",
        f"vercel: {{team: {file.team}}}",
        "apps:",
    ]
    for name, app in file.apps:
        lines += [f"  {name}:", f"    app: {app.kind}"]
        lines += [f"    domains: [{', '.join(app.domains)}]"] if app.domains else []
        lines += ["    adopt: true"] if app.adopt else []
        lines += ["    env:"]
        lines += [f"      {k}: {v}" for k, v in variables(hub, name, app, key).items()]
    return "\n".join(lines) + "\n"


@cache
def _sealed(key: str, hub: str, app: str, value: str) -> str:
    """Sealing draws a random number; here the same file is the same in every world."""
    canary.plant(value)
    return seal(public_of(key), hub, app, "TELEGRAM_TOKEN", value, ManualClock().now())
