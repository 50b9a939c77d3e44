"""`status [HUB…]`: reattaches to runs: what the journal says. Looks only at the journal."""

import json
import os
from concurrent.futures import ThreadPoolExecutor

import click

from provisioner.commands.options import TEXT_OR_JSON
from provisioner.errors import ConfigurationError, ProvisionerError
from provisioner.models.run import Run
from provisioner.report.status import status_document, status_text
from provisioner.wiring import Wiring

SIDE_BY_SIDE = 8


@click.command()
@click.argument("names", metavar="[HUB]...", nargs=-1)
@TEXT_OR_JSON
def status(names: tuple[str, ...], format_: str) -> None:
    """Show what the journal says of each hub."""
    runs = recorded_runs(Wiring(os.environ), names)
    if format_ == "json":
        click.echo(json.dumps(status_document(runs), indent=2))
    else:
        click.echo(status_text(runs))


def recorded_runs(wiring: Wiring, names: tuple[str, ...]) -> list[Run]:
    """The newest run of each hub. Raises `ConfigurationError` for a hub without a journal."""
    with ThreadPoolExecutor(max_workers=SIDE_BY_SIDE) as pool:
        entries = list(pool.map(wiring.journal.read, names or wiring.journal.hubs()))
    for entry in entries:
        if entry.trouble:
            raise ProvisionerError(
                f"the journal of {entry.hub} cannot be read: {entry.trouble}",
                "Somebody edited it by hand: put its last good version back.",
            )
        if entry.journal is None:
            raise ConfigurationError(
                f"nothing is recorded of a hub {entry.hub}",
                "Check the name; a hub is recorded from its first run on.",
            )
    return [entry.journal.run for entry in entries if entry.journal]
