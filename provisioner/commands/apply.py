"""`apply HUB…`: runs or resumes. Everything it does is safe to repeat."""

import os
from collections.abc import Mapping, Sequence
from datetime import timedelta
from pathlib import Path

import click

from provisioner.clock import SystemClock
from provisioner.commands.applying import Applied, Order, apply_hubs
from provisioner.commands.options import HUBS, TEXT_OR_JSON, redactor
from provisioner.errors import ExitCode, ProvisionerError
from provisioner.output import append_summary, complain, echo
from provisioner.process import (
    in_actions,
    logging_to_stderr,
    mask_in_actions,
    safe_console,
    stop_on_signals,
)
from provisioner.redaction import Redactor
from provisioner.report.links import Links
from provisioner.report.status import status_document, status_text
from provisioner.report.summary import render_summary
from provisioner.report.terminal import LiveView
from provisioner.wiring import Wiring

DEADLINE_MINUTES = 50.0
"""Below the `timeout-minutes` of the Actions job that runs it."""


@click.command()
@click.argument("names", metavar="HUB...", nargs=-1, required=True)
@click.option("--app", help="Only this app of the hub.")
@click.option("--pr", "pull_request", type=int, help="The pull request to comment on.")
@click.option(
    "--deadline",
    type=click.FloatRange(min=0),
    default=DEADLINE_MINUTES,
    show_default=True,
    help="Minutes; what is not finished by then goes on in a later run.",
)
@TEXT_OR_JSON
@HUBS
def apply(
    names: tuple[str, ...],
    app: str | None,
    pull_request: int | None,
    deadline: float,
    format_: str,
    directory: Path,
) -> int:
    """Bring hubs to what their files ask for; resume what was begun."""
    clock = SystemClock()
    _say_what_a_rerun_does(os.environ, redactor())
    until = clock.now() + timedelta(minutes=deadline)
    wiring = Wiring(os.environ, clock, deadline=until, mask=mask_in_actions, redactor=redactor())
    with (
        stop_on_signals(clock),
        logging_to_stderr(wiring.redactor),
        LiveView(
            safe_console(wiring.redactor, stderr=True),
            wiring.redactor,
            complain,
            log_groups=in_actions(),
        ) as view,
    ):
        order = Order(names, directory, app, pull_request, (view,))
        applied = apply_hubs(wiring, order)
    _show(wiring, applied, format_)
    return _exit_code(applied)


def _show(wiring: Wiring, applied: Sequence[Applied], format_: str) -> None:
    runs = [wiring.redactor.covered(item.run) for item in applied if item.run is not None]
    if format_ == "json":
        echo(wiring.redactor.json(status_document(runs), indent=2))
    elif runs:  # of the others only the errors are known, not that nothing is on record
        echo(wiring.redactor.lines(status_text(runs)))
    for item in applied:
        if item.error is not None:
            _say(wiring.redactor, item.hub, item.error)
    page = render_summary(runs, Links(wiring.repository_url))
    append_summary(wiring.redactor.markdown(page), os.environ)


def _say(redactor: Redactor, hub: str, error: ProvisionerError) -> None:
    complain(redactor.line(f"error: {hub}: {error.message}"))
    if error.hint:
        complain(redactor.lines(f"  fix: {' '.join(error.hint.split())}"))


def _say_what_a_rerun_does(environ: Mapping[str, str], redactor: Redactor) -> None:
    """Actions repeats an old run with its old commit; the hub files are those of today."""
    if environ.get("GITHUB_RUN_ATTEMPT", "1") != "1":
        old = environ.get("GITHUB_SHA", "")[:7]
        message = (
            f"This is a re-run of a run of commit {old}. What is applied are the hub files of the "
            "default branch as they are now."
        )
        complain(redactor.line(message))


def _exit_code(applied: Sequence[Applied]) -> int:
    """Wrong configuration outranks a failed step, which outranks success."""
    return max((item.exit_code for item in applied), default=ExitCode.DONE)
