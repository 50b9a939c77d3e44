"""`status [HUB…]`: reattaches to runs: what the journal says. Looks only at the journal."""

import os
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial

import click

from provisioner.commands.options import TEXT_OR_JSON, redactor
from provisioner.engine.bugs import foreseen
from provisioner.errors import (
    ConfigurationError,
    ExitCode,
    ProvisionerError,
    TokenRefused,
    Unreachable,
)
from provisioner.models.journal import HubJournal
from provisioner.output import complain, echo
from provisioner.report.status import history_text, overview_text, status_document, status_text
from provisioner.wiring import Wiring

SIDE_BY_SIDE = 8


@click.command()
@click.argument("names", metavar="[HUB]...", nargs=-1)
@TEXT_OR_JSON
def status(names: tuple[str, ...], format_: str) -> int:
    """Show what the journal says: of one named hub everything, of several a line each."""
    wiring = Wiring(os.environ, redactor=redactor())
    found, errors = recorded(wiring, names)
    if not found and not errors:
        wiring.ensure_repository()
    if format_ == "json":
        echo(wiring.redactor.json(status_document(item.journal.run for item in found), indent=2))
    elif found or not errors:
        echo(wiring.redactor.lines(_text(found, names)))
    for error in errors:
        complain(wiring.redactor.line(f"error: {error.message}"))
        complain(wiring.redactor.lines(f"  fix: {error.hint}"))
    return max((error.exit_code for error in errors), default=ExitCode.DONE)


def _text(found: Sequence["Recorded"], names: tuple[str, ...]) -> str:
    if len(names) == 1:
        return "\n".join(item.text for item in found)
    return overview_text(item.journal.run for item in found)


@dataclass(frozen=True)
class Recorded:
    """A journal, and what it says to a terminal."""

    journal: HubJournal
    text: str


def _of_journal(journal: HubJournal) -> Recorded:
    history = history_text(journal)
    return Recorded(journal, status_text([journal.run]) + (f"\n{history}" if history else ""))


def recorded(
    wiring: Wiring, names: tuple[str, ...]
) -> tuple[list[Recorded], list[ProvisionerError]]:
    """The journal of each hub that has one, and why the others' cannot be shown."""
    with ThreadPoolExecutor(max_workers=SIDE_BY_SIDE) as pool:
        found = list(pool.map(partial(_recorded, wiring), names or wiring.journal.hubs()))
    shown = [item for item in found if isinstance(item, Recorded)]
    return shown, [item for item in found if isinstance(item, ProvisionerError)]


def _recorded(wiring: Wiring, hub: str) -> Recorded | ProvisionerError:
    try:
        return foreseen(lambda: _of_journal(wiring.redactor.covered(_journal(wiring, hub))))
    except (TokenRefused, Unreachable):
        raise
    except ProvisionerError as error:
        return error


def _journal(wiring: Wiring, hub: str) -> HubJournal:
    entry = wiring.journal.read(hub)
    if entry.journal is not None:
        return entry.journal
    if entry.trouble:
        raise ProvisionerError(
            f"the journal of {hub} cannot be read: {entry.trouble}",
            entry.remedy
            or f"Run the hub again: `provisioner apply {hub}` keeps the file aside and makes a new "
            "one by looking at the world.",
        )
    wiring.ensure_repository()
    raise ConfigurationError(
        f"nothing is recorded of a hub {hub}",
        "Check the name; a hub is recorded from its first run on.",
    )
