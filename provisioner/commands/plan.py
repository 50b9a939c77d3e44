"""`plan [HUB…]`: what would change. Holds readers only: it cannot write."""

import json
import os
from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import click

from provisioner.commands.options import HUBS, desired_of
from provisioner.desired.resolve import Desired
from provisioner.engine import planner
from provisioner.engine.due import is_change, why_due
from provisioner.engine.hub_runner import guarded
from provisioner.engine.journal import Entry
from provisioner.engine.run_record import AppTask, HubTask, claims_for
from provisioner.errors import ConfigurationError, ProvisionerError
from provisioner.models.journal import HubJournal
from provisioner.models.plan import AppPlan, HubPlan
from provisioner.models.run import Run, RunState
from provisioner.report.plan import (
    held_markdown,
    plan_document,
    plan_markdown,
    plan_matrix,
    plan_text,
)
from provisioner.wiring import Wiring
from provisioner.workflows.tasks import hub_task, retirement_task

SIDE_BY_SIDE = 8
MOST_AT_THE_DOOR = 150
"""Each costs some three calls, of which all jobs of the repository have a thousand an hour."""
HELD_HINT = (
    "read the pull request; if the change is right, a network maintainer starts `provision` by "
    "hand with the hub's name; if not, revert it"
)
DEFAULT_ENVIRONMENT = "provisioner"


@dataclass(frozen=True)
class Candidate:
    """A hub that has a file, a journal, or both, and why it is due; empty when it is not."""

    hub: str
    entry: Entry
    reason: str
    changed: bool = False
    """The hub's file or the catalog differs from what was begun last."""


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
    wiring = Wiring(os.environ)
    desired = desired_of(directory, wiring.environ)
    _say_broken(desired, names)
    chosen = candidates(wiring, desired, names, only_due=due)
    if due and not names:
        chosen = let_in(wiring, chosen)
    if format_ == "matrix":
        click.echo(json.dumps(_matrix(wiring, desired, chosen)))
        return
    plans = plan_hubs(wiring, desired, chosen)
    if format_ == "json":
        click.echo(json.dumps(plan_document(plans), indent=2))
    else:
        render = plan_markdown if format_ == "markdown" else plan_text
        click.echo(render(plans), nl=False)


def _matrix(wiring: Wiring, desired: Desired, chosen: Sequence[Candidate]) -> dict[str, object]:
    """One job a hub. Who named a hub wants it run, due or not."""
    environments = _environments(wiring, [item.hub for item in chosen])
    plans = [_unlooked(item, desired).model_copy(update={"due": True}) for item in chosen]
    matrix = plan_matrix(plans, environments)
    if matrix.left_out:
        click.echo(f"{len(matrix.left_out)} hubs wait for the next run", err=True)
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


def let_in(wiring: Wiring, chosen: Sequence[Candidate]) -> list[Candidate]:
    """Those whose change passed our check; each of the others is named, with the reason.

    A hub that a person names is not asked for here: that is how it is let in by hand.
    """
    changed = [item for item in chosen if item.changed]
    asked, later = changed[:MOST_AT_THE_DOOR], changed[MOST_AT_THE_DOOR:]
    with ThreadPoolExecutor(max_workers=SIDE_BY_SIDE) as pool:
        reasons = list(pool.map(lambda item: _why_held(wiring, item), asked))
    held = {item.hub: reason for item, reason in zip(asked, reasons, strict=True) if reason}
    held |= {item.hub: "the next run asks whether it may be applied" for item in later}
    _say_held(wiring, held)
    return [item for item in chosen if item.hub not in held]


def _why_held(wiring: Wiring, candidate: Candidate) -> str:
    """A question that cannot be answered is no yes."""
    journal = candidate.entry.journal
    applied = journal.run.commit if journal else None
    try:
        return wiring.retrier.call(lambda: wiring.door.why_held(candidate.hub, applied))
    except ProvisionerError as error:
        return f"where its change came from could not be seen: {error.message}"


def _say_held(wiring: Wiring, held: Mapping[str, str]) -> None:
    if not held:
        return
    lines = [f"{hub} is held: {reason}" for hub, reason in sorted(held.items())]
    for line in lines:
        click.echo(wiring.redactor.redact(f"warning: {line}"), err=True)
    click.echo(f"  fix: {HELD_HINT}", err=True)
    path = wiring.environ.get("GITHUB_STEP_SUMMARY")
    if path:
        with Path(path).open("a", encoding="utf-8") as file:
            file.write(wiring.redactor.redact(held_markdown(held, HELD_HINT)))


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
    changed = is_change(digest, entry.journal)
    return Candidate(entry.hub, entry, reason or _asked_again(wiring, entry.journal), changed)


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


def _say_broken(desired: Desired, names: Sequence[str]) -> None:
    """A file with mistakes stops nobody else; named on purpose, it is an error."""
    for hub in sorted(desired.broken):
        if hub in names:
            raise ProvisionerError(
                f"the file of hub {hub} has mistakes",
                f"Run `provisioner check hubs/{hub}.yaml` and mend what it says.",
            )
        click.echo(f"warning: hub {hub} is left out: its file has mistakes", err=True)
