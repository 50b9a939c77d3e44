"""Options and inputs that several commands share."""

import os
from collections.abc import Mapping
from pathlib import Path

import click

from provisioner.desired.catalog import Catalog, load_catalog
from provisioner.desired.resolve import Desired, load_hubs
from provisioner.redaction import Redactor

HUBS = click.option(
    "--hubs",
    "directory",
    type=click.Path(path_type=Path),
    default=Path("hubs"),
    show_default=True,
    help="The directory that holds the hub files.",
)

TEXT_OR_JSON = click.option(
    "--format",
    "format_",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
)


def catalog_of(environ: Mapping[str, str] = os.environ) -> Catalog:
    """The network's catalog: the package's own, or the directory PROVISIONER_CATALOG names."""
    directory = environ.get("PROVISIONER_CATALOG")
    return load_catalog(Path(directory) if directory else None)


def desired_of(directory: Path, environ: Mapping[str, str] = os.environ) -> Desired:
    """Every hub file, read without network. A missing directory raises `ConfigurationError`."""
    return load_hubs(directory, catalog_of(environ))


def redactor() -> Redactor:
    """The one of this process, which knows every secret it has met."""
    found = click.get_current_context().find_object(Redactor)
    return found or Redactor()
