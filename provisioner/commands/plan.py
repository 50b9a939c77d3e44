"""`plan [HUB…]`: what would change. Holds readers only: it cannot write."""

import os
from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import click

from provisioner.commands.options import HUBS, desired_of, redactor
from provisioner.desired.resolve import Desired
from provisioner.engine import planner
from provisioner.engine.due import why_due
from provisioner.engine.hub_runner import guarded
from provisioner.engine.journal import Entry
from provisioner.engine.run_record import AppTask, HubTask, claims_for
from provisioner.errors import ConfigurationError, ProvisionerError
from provisioner.models.journal import HubJournal
from provisioner.models.plan import AppPlan, HubPlan
from provisioner.models.run import Run, RunState
from provisioner.output import complain, echo
from provisioner.report.plan import plan_document, plan_markdown, plan_matrix, plan_text
from provisioner.safetext import Redactor
from provisioner.wiring import Wiring
from provisioner.workflows.tasks import hub_task, retirement_task

SIDE_BY_SIDE = 8
DEFAULT_ENVIRONMENT = "provisioner"


@dataclass(frozen=True)
class Candidate:
    """A hub that has a file, a journal, or both, and why it is due; empty when it is not."""

    hub: str
    entry: Entry
    reason: str


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
def plan(names: tuple[str, ...], due: bool, format_: str, directory: Path) -> None:
    """Show what would change. Changes nothing."""
    wiring = Wiring(os.environ, redactor=redactor())
    desired = desired_of(directory, wiring.environ)
    _say_broken(desired, names, wiring.redactor)
    chosen = candidates(wiring, desired, names, only_due=due)
    if format_ == "matrix":
        echo(wiring.redactor.json(_matrix(wiring, desired, chosen)))
        return
    plans = wiring.redactor.covered(plan_hubs(wiring, desired, chosen))
    if format_ == "json":
        echo(wiring.redactor.json(plan_document(plans), indent=2))
    else:
        render = plan_markdown if format_ == "markdown" else plan_text
        echo(wiring.redactor.lines(render(plans)))


def _matrix(wiring: Wiring, desired: Desired, chosen: Sequence[Candidate]) -> dict[str, object]:
    """One job a hub. Who named a hub wants it run, due or not."""
    environments = _environments(wiring, [item.hub for item in chosen])
    plans = [_unlooked(item, desired).model_copy(update={"due": True}) for item in chosen]
    matrix = plan_matrix(plans, environments)
    if matrix.left_out:
        left = f"{len(matrix.left_out)} hubs wait for the next run"
        complain(wiring.redactor.line(left))
    return matrix.document


def candidates(
    wiring: Wiring, desired: Desired, names: Sequence[str], *, only_due: bool
) -> list[Candidate]:
    """The named hubs, or every hub with a file or a journal. A broken file is never a removal.

    Raises `ConfigurationError` for a name that nobody knows, and when more hub
    files are gone at once than the network's limit.
    """
    recorded = wiring.journal.hubs()
    known = sorted({*desired.hubs, *recorded} - set(desired.broken))
    unknown = [name for name in names if name not in known]
    if unknown:
        raise ConfigurationError(
            f"there is no hub {', '.join(unknown)}",
            f"Name one that has a file without mistakes: {', '.join(known) or 'none'}.",
        )
    with ThreadPoolExecutor(max_workers=SIDE_BY_SIDE) as pool:
        entries = list(pool.map(wiring.journal.read, names or known))
    found = [_candidate(wiring, desired, entry) for entry in entries]
    if not names:
        _refuse_many_removals(desired, found)
    return [item for item in found if item.reason or not only_due]


def plan_hubs(wiring: Wiring, desired: Desired, chosen: Sequence[Candidate]) -> list[HubPlan]:
    """Look at the world for each hub, several side by side. Safe to repeat; changes nothing."""
    with ThreadPoolExecutor(max_workers=SIDE_BY_SIDE) as pool:
        return list(pool.map(lambda item: _plan_hub(wiring, desired, item), chosen))


def _plan_hub(wiring: Wiring, desired: Desired, candidate: Candidate) -> HubPlan:
    previous = candidate.entry.journal.run if candidate.entry.journal else None
    task = _task(wiring, desired, candidate.hub, previous)
    if task is None:
        return _unlooked(candidate, desired)
    plan = _unlooked(candidate, desired)
    apps = tuple(_plan_app(wiring, app, previous) for app in task.apps)
    return plan.model_copy(update={"apps": apps, "retiring": task.retiring})


def _task(wiring: Wiring, desired: Desired, hub: str, previous: Run | None) -> HubTask | None:
    if hub in desired.hubs:
        return hub_task(desired.hubs[hub], previous, wiring.readers, None)
    if previous is not None:
        return retirement_task(hub, previous, wiring.readers, None)
    return None


def _plan_app(wiring: Wiring, app: AppTask, previous: Run | None) -> AppPlan:
    steps = [guarded(step, wiring.retrier) for step in app.planning or app.steps]
    assessment = planner.assess(steps, claims_for(app, previous))
    return planner.app_plan(app.id, app.app, app.title, assessment)


def _candidate(wiring: Wiring, desired: Desired, entry: Entry) -> Candidate:
    if entry.trouble:
        return Candidate(entry.hub, entry, "its journal cannot be read")
    hub = desired.hubs.get(entry.hub)
    digest = hub.digest if hub else None
    reason = why_due(digest, entry.journal, wiring.clock.now())
    return Candidate(entry.hub, entry, reason or _asked_again(wiring, entry.journal))


def _asked_again(wiring: Wiring, journal: HubJournal | None) -> str:
    """A person who re-runs an Actions run wants what it left undone to be tried now."""
    first = wiring.environ.get("GITHUB_RUN_ATTEMPT", "1") == "1"
    if first or journal is None or journal.run.actions_run_url != wiring.actions_run_url:
        return ""
    done = journal.run.state is RunState.COMPLETED
    return "" if done else "a person ran its Actions run again"


def _unlooked(candidate: Candidate, desired: Desired) -> HubPlan:
    """What is known of a hub without a look at the world."""
    hub = desired.hubs.get(candidate.hub)
    journal = candidate.entry.journal
    return HubPlan(
        hub=candidate.hub,
        title=hub.title if hub else (journal.run.title if journal else candidate.hub),
        digest=hub.digest if hub else "",
        retiring=hub is None,
        due=bool(candidate.reason),
        reason=candidate.reason,
    )


def _refuse_many_removals(desired: Desired, found: Iterable[Candidate]) -> None:
    gone = [item.hub for item in found if item.reason and item.hub not in desired.hubs]
    limit = desired.catalog.network.limits.removals_at_once
    if len(gone) > limit:
        raise ConfigurationError(
            f"the files of {len(gone)} hubs are gone at once: {', '.join(gone)}",
            f"Nothing was done. If that is meant, name them, at most {limit} at a time, in a run "
            "started by hand; if not, put the files back.",
        )


def _environments(wiring: Wiring, hubs: Sequence[str]) -> Mapping[str, str]:
    """The Actions environment of each hub: its own where there is one, else the network's.

    A name that does not exist would be made by Actions without any protection,
    so only names that exist are handed out.
    """
    if not hubs:
        return {}
    existing = set(wiring.retrier.call(wiring.network.environments))
    own = {hub: f"hub-{hub}" for hub in hubs if f"hub-{hub}" in existing}
    if len(own) < len(hubs) and DEFAULT_ENVIRONMENT not in existing:
        raise ConfigurationError(
            f"the repository has no Actions environment `{DEFAULT_ENVIRONMENT}`",
            "Make it as the README says, limited to the default branch; then run this again.",
        )
    return {hub: own.get(hub, DEFAULT_ENVIRONMENT) for hub in hubs}


def _say_broken(desired: Desired, names: Sequence[str], redactor: Redactor) -> None:
    """A file with mistakes stops nobody else; named on purpose, it is an error."""
    for hub in sorted(desired.broken):
        if hub in names:
            raise ProvisionerError(
                f"the file of hub {hub} has mistakes",
                f"Run `provisioner check hubs/{hub}.yaml` and mend what it says.",
            )
        complain(redactor.line(f"warning: hub {hub} is left out: its file has mistakes"))
