"""Given hub files and a catalog: what the stories of this folder begin with."""

from collections.abc import Mapping
from functools import cache

from provisioner.desired.catalog import Catalog, load_catalog
from provisioner.desired.judged_file import JudgedFile
from provisioner.desired.read.source import source_of
from provisioner.desired.resolve import Desired, desired_of
from provisioner.models.catalog import CatalogApp, CatalogEntry
from provisioner.models.finding import Finding
from provisioner.sandbox.seed import EXAMPLE_CATALOG

SEALED = "v1.AbCd_123." + "A" * 152

GOOD = f"""\
name: Nairobi Commons
maintainers: [amina-k, joseph-m]
github: {{owner: nairobi-commons}}
vercel: {{team: nairobi-commons}}
apps:
  docs:
    app: docs-site
    domains: [docs.nairobi.example.org]
    env: {{SITE_TITLE: Nairobi Commons}}
  bot:
    app: telegram-bot
    env:
      GRAPH_URI: neo4j+s://graph.example.org
      TELEGRAM_TOKEN: {{sealed: "{SEALED}"}}
"""


@cache
def own_catalog() -> Catalog:
    return load_catalog(EXAMPLE_CATALOG)


def catalog_with(**settings: object) -> Catalog:
    """The catalog, with other settings of the app `docs-site`."""
    entry = own_catalog().entries["docs-site"]
    app = CatalogApp.model_validate({**entry.app.model_dump(by_alias=True), **settings})
    entries = {**own_catalog().entries, "docs-site": CatalogEntry(id="docs-site", app=app)}
    return Catalog(own_catalog().network, entries)


def network_with(**settings: object) -> Catalog:
    """The catalog of a network with other settings of its own."""
    network = own_catalog().network.model_copy(update=settings)
    return Catalog(network, own_catalog().entries)


def desired(files: Mapping[str, str | bytes], catalog: Catalog | None = None) -> Desired:
    """What files of these names and contents in `hubs/` ask for."""
    sources = [
        source_of(f"hubs/{name}", text if isinstance(text, bytes) else text.encode())
        for name, text in files.items()
    ]
    return desired_of(sources, catalog or own_catalog())


def checked(
    text: str | bytes, name: str = "nairobi.yaml", catalog: Catalog | None = None, **others: str
) -> JudgedFile:
    """One file, beside `others` by their hubs' names."""
    beside = {f"{hub}.yaml": content for hub, content in others.items()}
    return desired({name: text, **beside}, catalog).files[0]


def findings(text: str | bytes, name: str = "nairobi.yaml", **others: str) -> tuple[Finding, ...]:
    return checked(text, name, None, **others).findings


def only(text: str | bytes, name: str = "nairobi.yaml", **others: str) -> Finding:
    """The one finding of a file that has one mistake."""
    found = findings(text, name, **others)
    assert len(found) == 1, [f"{each.code}: {each.message}" for each in found]
    return found[0]


def place(finding: Finding) -> tuple[int, int]:
    return finding.line, finding.column


def hub_with(app: str = "", *, top: str = "") -> str:
    """A hub file with one documentation site; `app` holds lines of the app, `top` of the hub."""
    lines = "".join(f"    {line}\n" for line in app.splitlines())
    return (
        f"name: Nairobi\nmaintainers: [amina-k]\n{top}apps:\n  docs:\n    app: docs-site\n{lines}"
    )


def bot_with(env: str) -> str:
    """A hub file with one bot, whose variables are the given lines."""
    lines = "".join(f"      {line}\n" for line in env.splitlines())
    return (
        "name: Nairobi\nmaintainers: [amina-k]\napps:\n  bot:\n    app: telegram-bot\n    env:\n"
        f"      GRAPH_URI: neo4j+s://graph.example.org\n{lines}"
    )
