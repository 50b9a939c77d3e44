"""Loads the network's catalog: its settings and the apps that hubs may ask for.

The files are read and judged like hub files. But they are the maintainer's own,
so a mistake in them stops everything (`ConfigurationError`) instead of being a
finding about somebody's hub.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from provisioner.desired.read.load import Document, load
from provisioner.desired.read.source import Source, read_source
from provisioner.desired.schema.findings import schema_findings
from provisioner.desired.wording.advice import fits
from provisioner.errors import ConfigurationError
from provisioner.models.catalog import CatalogApp, CatalogEntry
from provisioner.models.finding import Finding
from provisioner.models.hub import APP_ID_PATTERN
from provisioner.models.network import Network

OWN_CATALOG = Path(__file__).resolve().parents[1] / "catalog"
_MOST_SHOWN = 20
_LACKING = "a catalog is a directory with `network.yaml` and `apps/`"


@dataclass(frozen=True)
class Catalog:
    """The network's settings, and its apps by id."""

    network: Network
    entries: Mapping[str, CatalogEntry]


def load_catalog(directory: Path | None = None) -> Catalog:
    """The catalog in `directory`; by default the one that comes with the package.

    Raises `ConfigurationError` that names file, line, mistake and fix of every finding.
    """
    directory = directory or OWN_CATALOG
    if not directory.is_dir():
        raise ConfigurationError(
            f"There is no catalog at `{directory}`.",
            "Name the directory that holds `network.yaml` and `apps/`.",
        )
    paths = sorted((directory / "apps").glob("*.yaml"))
    return _catalog(_taken(directory / "network.yaml"), tuple(map(_taken, paths)))


@dataclass(frozen=True)
class _Taken:
    """A file as it was read, and which one of ours shows how it should look."""

    stem: str
    source: Source
    example: str

    def document(self) -> Document:
        return load(self.source, example=self.example)


def _taken(path: Path) -> _Taken:
    own = OWN_CATALOG / ("network.yaml" if path.name == "network.yaml" else "apps/docs-site.yaml")
    return _Taken(path.stem, read_source(_from_here(path)), str(_from_here(own)))


@lru_cache(maxsize=8)
def _catalog(network_file: _Taken, app_files: tuple[_Taken, ...]) -> Catalog:
    """Judged once for the same bytes: several parts of one command look into the catalog."""
    network = network_file.document()
    apps = {taken.stem: taken.document() for taken in app_files}
    problems = [*_problems(network, "network")]
    for app_id, document in apps.items():
        problems += _wrong_id(app_id, document)
        problems += _problems(document, "app")
    _refuse(problems)
    return Catalog(
        network=Network.model_validate(network.data),
        entries={
            app_id: CatalogEntry(id=app_id, app=CatalogApp.model_validate(document.data))
            for app_id, document in apps.items()
        },
    )


def _from_here(path: Path) -> Path:
    """As people name it who stand in the network's repository."""
    here = Path.cwd()
    return path.relative_to(here) if path.is_relative_to(here) else path


def _wrong_id(app_id: str, document: Document) -> Iterator[str]:
    if not fits(APP_ID_PATTERN, app_id):
        yield (
            f"{document.path}: the file's name cannot be the name of an app "
            "(use at most 20 small letters, digits and single hyphens)"
        )


def _problems(document: Document, kind: str) -> Iterator[str]:
    findings = (*document.findings, *schema_findings(document, kind))
    for finding in sorted(findings, key=lambda finding: (finding.line, finding.column)):
        if finding.is_error:
            yield _message(document.path, finding)


def _message(path: str, finding: Finding) -> str:
    hint = _LACKING if finding.code == "not-found" else finding.hint
    return f"{path}:{finding.line}:{finding.column}: {finding.message} ({hint})"


def _refuse(problems: list[str]) -> None:
    if not problems:
        return
    shown = problems[:_MOST_SHOWN]
    if len(problems) > _MOST_SHOWN:
        shown.append(f"and {len(problems) - _MOST_SHOWN} more")
    lines = "".join(f"\n  {problem}" for problem in shown)
    raise ConfigurationError(
        f"The catalog has mistakes; no hub was looked at.{lines}",
        "Fix the lines above; each says how.",
    )
