"""`status [HUB…]`: reattaches to runs: what the journal says. Looks only at the journal."""

import os
from concurrent.futures import ThreadPoolExecutor

import click

from provisioner.commands.options import TEXT_OR_JSON, redactor
from provisioner.errors import ConfigurationError, ProvisionerError
from provisioner.models.journal import HubJournal
from provisioner.output import echo
from provisioner.report.status import history_text, status_document, status_text
from provisioner.wiring import Wiring

SIDE_BY_SIDE = 8


@click.command()
@click.argument("names", metavar="[HUB]...", nargs=-1)
@TEXT_OR_JSON
def status(names: tuple[str, ...], format_: str) -> None:
    """Show what the journal says of each hub."""
    wiring = Wiring(os.environ, redactor=redactor())
    journals = wiring.redactor.covered(recorded(wiring, names))
    runs = [journal.run for journal in journals]
    if format_ == "json":
        echo(wiring.redactor.json(status_document(runs), indent=2))
    elif not journals:
        echo(wiring.redactor.lines(status_text(())))
    else:
        echo(wiring.redactor.lines("\n\n".join(_told(journal) for journal in journals)))


def _told(journal: HubJournal) -> str:
    history = history_text(journal)
    return status_text([journal.run]) + (f"\n{history}" if history else "")


def recorded(wiring: Wiring, names: tuple[str, ...]) -> list[HubJournal]:
    """The journal of each hub. Raises `ConfigurationError` for a hub without one."""
    with ThreadPoolExecutor(max_workers=SIDE_BY_SIDE) as pool:
        entries = list(pool.map(wiring.journal.read, names or wiring.journal.hubs()))
    for entry in entries:
        if entry.trouble:
            raise ProvisionerError(
                f"the journal of {entry.hub} cannot be read: {entry.trouble}",
                f"Run the hub again: `provisioner apply {entry.hub}` keeps the file aside and "
                "makes a new one by looking at the world.",
            )
        if entry.journal is None:
            wiring.ensure_repository()
            raise ConfigurationError(
                f"nothing is recorded of a hub {entry.hub}",
                "Check the name; a hub is recorded from its first run on.",
            )
    return [entry.journal for entry in entries if entry.journal]
