"""`plan [HUB…]`: what would change. Holds readers only: it cannot write."""

import os
from collections.abc import Collection, Mapping, Sequence
from pathlib import Path

import click

from provisioner.commands.admitting import let_in
from provisioner.commands.options import HUBS, desired_of, redactor
from provisioner.commands.planning import (
    Candidate,
    Unplanned,
    candidates,
    half_seen,
    plan_each,
    plan_hubs,
    unobserved,
)
from provisioner.desired.resolve import Desired
from provisioner.errors import (
    ConfigurationError,
    ExitCode,
    ProvisionerError,
)
from provisioner.models.plan import HubPlan
from provisioner.output import complain, echo
from provisioner.redaction import Redactor
from provisioner.report.plan import plan_document, plan_markdown, plan_matrix, plan_text
from provisioner.wiring import Wiring

__all__ = ["Candidate", "candidates", "plan", "plan_hubs"]

DEFAULT_ENVIRONMENT = "provisioner"


@click.command()
@click.argument("names", metavar="[HUB]...", nargs=-1)
@click.option("--due", is_flag=True, help="Only hubs that have something to be done now.")
@click.option(
    "--format",
    "format_",
    type=click.Choice(["text", "json", "markdown", "matrix"]),
    default="text",
    show_default=True,
    help="matrix: the jobs of an Actions matrix, without a look at the world.",
)
@HUBS
def plan(names: tuple[str, ...], due: bool, format_: str, directory: Path) -> int:
    """Show what would change. Changes nothing."""
    wiring = Wiring(os.environ, redactor=redactor())
    desired = desired_of(directory, wiring.environ)
    broken = _broken(desired, names, wiring.redactor)
    sound = tuple(name for name in names if name not in desired.broken)
    chosen = candidates(wiring, desired, sound, only_due=due) if sound or not names else []
    if due and not names:
        chosen = let_in(wiring, chosen)
    if format_ == "matrix":
        echo(wiring.redactor.json(_matrix(wiring, desired, chosen)))
        return _say_unplanned(broken, wiring.redactor)
    results = plan_each(wiring, desired, chosen)
    plans = [item for item in results if isinstance(item, HubPlan)]
    plans = wiring.redactor.covered(plans)
    unplanned = [*broken, *(item for item in results if isinstance(item, Unplanned))]
    unplanned += [item for plan in plans if (item := half_seen(plan))]
    if format_ == "json":
        echo(wiring.redactor.json(_document(plans, unplanned), indent=2))
    else:
        render = plan_markdown if format_ == "markdown" else plan_text
        echo(wiring.redactor.lines(render(plans)))
    return _say_unplanned(unplanned, wiring.redactor)


def _document(plans: Sequence[HubPlan], unplanned: Sequence[Unplanned]) -> dict[str, object]:
    unchecked = [{"hub": item.hub, "reason": item.error.message} for item in unplanned]
    return {**plan_document(plans), "unchecked": unchecked}


def _say_unplanned(unplanned: Sequence[Unplanned], redactor: Redactor) -> int:
    """Name each on stderr; the exit code."""
    for item in unplanned:
        complain(redactor.line(f"error: {item.hub}: {item.error.message}"))
        if item.error.hint:
            complain(redactor.lines(f"  fix: {item.error.hint}"))
    return max((item.error.exit_code for item in unplanned), default=ExitCode.DONE)


def _matrix(wiring: Wiring, desired: Desired, chosen: Sequence[Candidate]) -> dict[str, object]:
    """One job a hub. Who named a hub wants it run, due or not.

    A hub that nothing can be done for has its job too: there it fails, by its name.
    """
    environments = _environments(wiring, [item.hub for item in chosen])
    plans = [unobserved(item, desired).model_copy(update={"due": True}) for item in chosen]
    matrix = plan_matrix(plans, environments)
    if matrix.left_out:
        left = f"{len(matrix.left_out)} hubs wait for the next run"
        complain(wiring.redactor.line(left))
    unplanned = [Unplanned(item.hub, item.error) for item in chosen if item.error]
    _say_unplanned(unplanned, wiring.redactor)
    return matrix.document


def _environments(wiring: Wiring, hubs: Sequence[str]) -> Mapping[str, str]:
    if not hubs:
        return {}
    return environments_of(hubs, set(wiring.retrier.call(wiring.network.environments)))


def environments_of(hubs: Sequence[str], existing: Collection[str]) -> Mapping[str, str]:
    """The Actions environment of each hub: its own where there is one, else the network's.

    A name that does not exist would be made by Actions without any protection,
    so only names that exist are handed out.
    """
    own = {hub: f"hub-{hub}" for hub in hubs if f"hub-{hub}" in existing}
    if len(own) < len(hubs) and DEFAULT_ENVIRONMENT not in existing:
        raise ConfigurationError(
            f"the repository has no Actions environment `{DEFAULT_ENVIRONMENT}`",
            "Make it as docs/set-up.md says in step 6, limited to the default branch; then run "
            "this again.",
        )
    return {hub: own.get(hub, DEFAULT_ENVIRONMENT) for hub in hubs}


def _broken(desired: Desired, names: Sequence[str], redactor: Redactor) -> list[Unplanned]:
    """A file with mistakes stops nobody else; named on purpose, it is an error."""
    for hub in sorted(set(desired.broken) - set(names)):
        complain(redactor.line(f"warning: hub {hub} is left out: its file has mistakes"))
    return [
        Unplanned(
            hub,
            ProvisionerError(
                f"the file of hub {hub} has mistakes",
                f"Run `provisioner check hubs/{hub}.yaml` and fix what it says.",
            ),
        )
        for hub in sorted(set(desired.broken) & set(names))
    ]
