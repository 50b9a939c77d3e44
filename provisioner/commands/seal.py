"""`provisioner seal`: seals one secret value for one variable of one app of one hub.

Never shows or stores the value; takes it from a hidden prompt or from stdin,
not from the command line, which other users and the shell's history can see.
"""

import os
import re
import sys
from collections.abc import Mapping
from pathlib import Path

import click

from provisioner.clock import SystemClock
from provisioner.commands.options import HUBS, catalog_of, redactor
from provisioner.desired.catalog import Catalog
from provisioner.desired.read.load import load
from provisioner.desired.read.source import read_source
from provisioner.desired.rules.view import SeenApp, see
from provisioner.desired.wording.words import listing, nearest
from provisioner.errors import ConfigurationError
from provisioner.models.hub import APP_ID_PATTERN, HUB_ID_PATTERN, VARIABLE_NAME_PATTERN
from provisioner.output import complain, echo
from provisioner.redaction import disclosed
from provisioner.secrets.sealing import public_of
from provisioner.secrets.sealing import seal as seal_value


@click.command()
@click.argument("hub")
@click.argument("app")
@click.argument("name")
@click.option("--key", metavar="PUBLIC", help="The public half of the network's sealing key.")
@HUBS
def seal(hub: str, app: str, name: str, key: str | None, directory: Path) -> None:
    """Seal a secret value for a hub file.

    Asks for the value without showing it, or reads it from stdin, and prints
    the line to paste below `env:` of the app APP in the file of HUB. The value
    opens only there. The key is --key, or else the public half that belongs to
    PROVISIONER_SEALING_KEY, or else the one in the catalog.
    """
    _refuse_wrong_names(hub, app, name)
    catalog = catalog_of()
    public = key or _network_key(catalog, os.environ)
    for warning in _doubts(directory / f"{hub}.yaml", hub, app, name, catalog):
        complain(redactor().line(f"warning: {warning}"))
    value = _value(name)
    redactor().register(value)
    sealed = seal_value(public, hub, app, name, value, SystemClock().now())
    echo(disclosed(f'{name}: {{sealed: "{sealed}"}}'))


def _refuse_wrong_names(hub: str, app: str, name: str) -> None:
    for what, text, pattern, example in (
        ("hub", hub, HUB_ID_PATTERN, "nairobi"),
        ("app", app, APP_ID_PATTERN, "bot"),
        ("variable", name, VARIABLE_NAME_PATTERN, "TELEGRAM_TOKEN"),
    ):
        if not re.search(pattern, text):
            raise ConfigurationError(
                f"{text!r} cannot be the name of a {what}; nothing was sealed.",
                f"Write it as it stands in the hub file, as in `{example}`.",
            )


def _network_key(catalog: Catalog, environ: Mapping[str, str]) -> str:
    private = environ.get("PROVISIONER_SEALING_KEY", "").strip()
    if private:
        return public_of(private)
    if catalog.network.sealing_key:
        return catalog.network.sealing_key
    raise ConfigurationError(
        "The network has no sealing key yet; nothing was sealed.",
        "A maintainer makes one with `provisioner keygen` and writes its public half into the "
        "catalog's `network.yaml`; or give one with --key.",
    )


def _value(name: str) -> str:
    if sys.stdin.isatty():
        asked: str = click.prompt(
            f"Value of {name} (not shown)",
            hide_input=True,
            confirmation_prompt="The same once more",
            err=True,
        )
        return asked
    piped = sys.stdin.buffer.read().decode(errors="surrogateescape")
    value = piped.removesuffix("\n").removesuffix("\r")
    if not value:
        raise ConfigurationError(
            "There is no value on stdin; nothing was sealed.",
            "Pipe the secret in, or run this in a terminal, which asks for it.",
        )
    return value


def _doubts(path: Path, hub: str, app: str, name: str, catalog: Catalog) -> list[str]:
    """What does not fit the hub's file as it is now; it may well be written later."""
    if not path.exists():
        return [f"there is no `{path}` yet"]
    apps = {seen.id: seen for seen in see(load(read_source(path)), hub, False).apps}
    if app not in apps:
        near = nearest(app, apps)
        return [f"`{path}` has no app `{app}`" + (f"; did you mean `{near}`?" if near else "")]
    return _doubts_of_name(apps[app], name, catalog)


def _doubts_of_name(app: SeenApp, name: str, catalog: Catalog) -> list[str]:
    entry = catalog.entries.get(app.app or "")
    if entry is None or name in entry.app.env:
        return []
    near = nearest(name, entry.app.env)
    known = f"did you mean `{near}`?" if near else f"it knows {listing(entry.app.env)}"
    return [f"the app `{entry.id}` has no variable `{name}`; {known}"]
