"""`receipt HUB`: what was deployed for a hub that is live, to be signed. Looks only."""

import os
from pathlib import Path

import click

from provisioner.commands.options import redactor
from provisioner.errors import ConfigurationError, ProvisionerError
from provisioner.models.receipt import Receipt
from provisioner.models.run import Run
from provisioner.output import echo
from provisioner.receipts.observed import Observation, Place, observe
from provisioner.receipts.reading import canonical, read_receipt
from provisioner.receipts.recorded import contradictions
from provisioner.receipts.written import receipt_for
from provisioner.wiring import Wiring


@click.command()
@click.argument("name", metavar="HUB")
@click.option(
    "--check",
    "written",
    type=click.Path(path_type=Path),
    help="Print this receipt, if it is the hub's by what the journal says; needs no host.",
)
def receipt(name: str, written: Path | None) -> None:
    """Print what was deployed for a hub that is live."""
    wiring = Wiring(os.environ, redactor=redactor())
    made = checked_receipt(wiring, name, written) if written else make_receipt(wiring, name)
    echo(wiring.redactor.lines(canonical(made)))


def make_receipt(wiring: Wiring, hub: str) -> Receipt:
    """From the journal and a look at the world. Raises `NoReceipt` for a hub that is not live."""
    return receipt_for(wiring.repository, _recorded(wiring, hub), lambda place: look(wiring, place))


def look(wiring: Wiring, place: Place) -> Observation:
    return wiring.retrier.call(lambda: observe(place, wiring.readers))


def checked_receipt(wiring: Wiring, hub: str, path: Path) -> Receipt:
    """A receipt that was handed over, if it agrees with the journal. Asks nothing else."""
    found = read_receipt(path)
    wrong = contradictions(found, wiring.repository, _recorded(wiring, hub))
    if wrong:
        raise ProvisionerError(
            f"this is not the receipt of {hub} by its journal: {', '.join(wrong)} differ",
            "If the hub was run again meanwhile, take the receipt of that run.",
        )
    return found


def _recorded(wiring: Wiring, hub: str) -> Run:
    entry = wiring.journal.read(hub)
    if entry.trouble:
        raise ProvisionerError(
            f"the journal of {hub} cannot be read: {entry.trouble}",
            f"Run the hub again: `provisioner apply {hub}`.",
        )
    if entry.journal is None:
        wiring.ensure_repository()
        raise ConfigurationError(
            f"nothing is recorded of a hub {hub}",
            "Check the name; a hub is recorded from its first run on.",
        )
    return entry.journal.run
