"""`apply HUB…`: runs or resumes. Everything it does is safe to repeat."""

import json
import logging
import os
import sys
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from pathlib import Path

import click

from provisioner.clock import SystemClock
from provisioner.commands.options import HUBS, TEXT_OR_JSON, desired_of
from provisioner.desired.resolve import Desired
from provisioner.engine.hub_runner import HubRunner
from provisioner.engine.journal import Entry
from provisioner.engine.recorder import Listener
from provisioner.engine.run_record import HubTask, Origin
from provisioner.errors import ConfigurationError, ExitCode, ProvisionerError, Unreachable
from provisioner.github.origin import last_change
from provisioner.models.run import Run, RunState
from provisioner.report.comment import render_run
from provisioner.report.links import Links
from provisioner.report.publisher import CommentPublisher
from provisioner.stopping import stop_on_signals
from provisioner.wiring import Wiring
from provisioner.workflows.tasks import hub_task, retirement_task

SIDE_BY_SIDE = 4

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Applied:
    """What became of one hub; `error` where its run could not be carried to an end."""

    hub: str
    run: Run | None = None
    error: ProvisionerError | None = None

    @property
    def exit_code(self) -> ExitCode:
        if self.error is not None:
            return ExitCode(self.error.exit_code)
        stuck = self.run is None or self.run.state in (RunState.FAILED, RunState.CANCELLED)
        return ExitCode.FINDINGS if stuck else ExitCode.DONE


@dataclass(frozen=True)
class Order:
    """What one `apply` is asked to do."""

    hubs: tuple[str, ...]
    directory: Path
    app: str | None = None
    pull_request: int | None = None
    listeners: Sequence[Listener] = field(default=())


def apply_hubs(wiring: Wiring, order: Order) -> list[Applied]:
    """Bring hubs to their desired state, some side by side; one failure stops no other.

    Raises `ConfigurationError` before anything is looked at when a hub is unknown.
    """
    desired = desired_of(order.directory, wiring.environ)
    entries = {hub: _entry(wiring, desired, hub) for hub in dict.fromkeys(order.hubs)}
    with ThreadPoolExecutor(max_workers=min(len(entries), SIDE_BY_SIDE) or 1) as pool:
        apply_one = _guarded(lambda hub: _apply(wiring, order, desired, entries[hub]))
        return list(pool.map(apply_one, entries))


def _guarded(apply_one: Callable[[str], Run]) -> Callable[[str], Applied]:
    def guarded(hub: str) -> Applied:
        try:
            return Applied(hub, apply_one(hub))
        except ProvisionerError as error:
            return Applied(hub, error=error)

    return guarded


def _entry(wiring: Wiring, desired: Desired, hub: str) -> Entry:
    """The hub's journal. Also the first call to GitHub: whether it can be reached at all."""
    if hub in desired.broken:
        raise ProvisionerError(
            f"the file of hub {hub} has mistakes, so nothing was done for it",
            f"Run `provisioner check hubs/{hub}.yaml` and mend what it says.",
        )
    entry = wiring.journal.read(hub)
    if entry.trouble:
        raise ProvisionerError(
            f"the journal of {hub} cannot be read: {entry.trouble}",
            "Somebody edited it by hand: put its last good version back on the state branch.",
        )
    if hub not in desired.hubs and entry.journal is None:
        known = ", ".join(sorted(desired.hubs)) or "none"
        raise ConfigurationError(f"there is no hub {hub}", f"Name one that has a file: {known}.")
    return entry


def _apply(wiring: Wiring, order: Order, desired: Desired, entry: Entry) -> Run:
    task = _task(wiring, order, desired, entry)
    publisher = CommentPublisher(
        wiring.network, wiring.retrier, wiring.clock, lambda run: _comment(wiring, run)
    )
    runner = HubRunner(
        wiring.engine,
        entry,
        task,
        lambda: _origin(wiring, order, entry),
        (publisher, *order.listeners),
    )
    run = runner.run()
    if publisher.trouble is not None:
        raise publisher.trouble
    return run


def _task(wiring: Wiring, order: Order, desired: Desired, entry: Entry) -> HubTask:
    previous = entry.journal.run if entry.journal else None
    hub = desired.hubs.get(entry.hub)
    if hub is None:
        assert previous is not None  # noqa: S101 - `_entry` refuses a hub without both
        return retirement_task(entry.hub, previous, wiring.readers, wiring.writers)
    task = hub_task(hub, previous, wiring.readers, wiring.writers)
    if order.app is None:
        return task
    chosen = tuple(app for app in task.apps if app.id == order.app)
    if not chosen:
        raise ConfigurationError(
            f"hub {hub.id} has no app {order.app}",
            f"Name one of: {', '.join(app.id for app in task.apps)}.",
        )
    return replace(task, apps=chosen, others=tuple(app for app in task.apps if app not in chosen))


def _origin(wiring: Wiring, order: Order, entry: Entry) -> Origin:
    """The commit and pull request that brought the hub file to its present state."""
    path = f"hubs/{entry.hub}.yaml"
    change = wiring.retrier.call(lambda: last_change(wiring.network, path, wiring.clock))
    return Origin(
        commit=change.commit if change else None,
        pull_request=order.pull_request or (change.pull_request if change else None),
        actions_run_url=wiring.actions_run_url,
    )


def _comment(wiring: Wiring, run: Run) -> str:
    return wiring.redactor.redact(render_run(run, Links(wiring.repository_url)))


def checked(applied: Sequence[Applied]) -> list[Applied]:
    """The results, or a `ConfigurationError` where a service cannot be used at all."""
    for item in applied:
        if isinstance(item.error, Unreachable) or (
            item.error is not None and item.error.exit_code is ExitCode.USAGE
        ):
            raise item.error
    return list(applied)
