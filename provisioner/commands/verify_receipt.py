"""`verify-receipt FILE`: compares a receipt with the world as it is now. Looks only.

Says nothing of a signature: `gh attestation verify` does.
"""

import os
from pathlib import Path

import click

from provisioner.commands.options import TEXT_OR_JSON, redactor
from provisioner.commands.receipt import look
from provisioner.errors import ExitCode, RemoteError
from provisioner.models.receipt import Receipt
from provisioner.output import echo
from provisioner.receipts.compared import Difference, differences, place_of
from provisioner.receipts.observed import UnknownHost
from provisioner.receipts.reading import read_receipt
from provisioner.report.receipt import Unchecked, Verified, verified_document, verified_text
from provisioner.wiring import Wiring


@click.command("verify-receipt")
@click.argument("file", metavar="FILE", type=click.Path(path_type=Path))
@TEXT_OR_JSON
def verify_receipt(file: Path, format_: str) -> int:
    """Compare a receipt with the world: 0 the same, 1 not, 2 not a receipt."""
    wiring = Wiring(os.environ, redactor=redactor())
    verified = verify(wiring, read_receipt(file))
    if format_ == "json":
        echo(wiring.redactor.json(verified_document(verified), indent=2))
    else:
        echo(wiring.redactor.lines(verified_text(verified)))
    return ExitCode.DONE if verified.same else ExitCode.FINDINGS


def verify(wiring: Wiring, receipt: Receipt) -> Verified:
    """Each app by itself: one that cannot be looked at hides no difference of another."""
    found: list[Difference] = []
    unchecked: list[Unchecked] = []
    for app in receipt.apps:
        try:
            found += differences(app, look(wiring, place_of(app)))
        except (RemoteError, UnknownHost) as error:
            unchecked.append(Unchecked(app.id, error.message))
    return Verified(receipt.hub, tuple(found), tuple(unchecked))
