"""`cancel HUB`: ends a run that waits or is to be tried again. Touches nothing but the journal.

What was made stays; the next `apply` of the hub, or a change of its file, goes on.
"""

import os

import click

from provisioner.commands.applying import comment_of
from provisioner.commands.options import redactor
from provisioner.engine.checkpoints import Checkpoints
from provisioner.engine.journal import Entry
from provisioner.engine.run_record import cancelled
from provisioner.errors import ConfigurationError
from provisioner.models.run import Run, RunState
from provisioner.output import echo
from provisioner.report.publisher import CommentPublisher
from provisioner.report.status import status_text
from provisioner.wiring import Wiring


@click.command()
@click.argument("name", metavar="HUB")
def cancel(name: str) -> None:
    """End a waiting run: the schedule no longer looks after it."""
    wiring = Wiring(os.environ, redactor=redactor())
    run = wiring.redactor.covered(cancel_run(wiring, name))
    echo(wiring.redactor.lines(status_text([run])))


def cancel_run(wiring: Wiring, name: str) -> Run:
    """Cancel the hub's run; its comment says so. Safe to repeat.

    Raises `ConfigurationError` where there is nothing to cancel, `Busy` while
    another process works on the hub.
    """
    entry = wiring.journal.read(name).usable()
    wiring.worker.respect(entry.journal, wiring.clock.now())
    run = cancelled(_unfinished(entry))
    Checkpoints(wiring.journal, entry, wiring.clock, wiring.worker).end(run)
    publisher = CommentPublisher(
        wiring.network, wiring.retrier, wiring.lists, lambda shown: comment_of(wiring, shown), run
    )
    publisher(run)
    if publisher.trouble is not None:
        raise publisher.trouble
    return run


def _unfinished(entry: Entry) -> Run:
    if entry.journal is None:
        why = entry.trouble or "nothing is recorded of it"
        raise ConfigurationError(f"hub {entry.hub} has no run to cancel: {why}", "Check the name.")
    run = entry.journal.run
    if run.state is RunState.COMPLETED:
        raise ConfigurationError(
            f"the run of hub {entry.hub} is completed", "There is nothing to cancel."
        )
    return run
