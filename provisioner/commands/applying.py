"""Applies hubs side by side: what `apply` and `demo` do, without a command line around it."""

import logging
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path

from provisioner.commands.options import desired_of
from provisioner.desired.resolve import Desired
from provisioner.engine.hub_runner import HubRunner
from provisioner.engine.journal import Entry
from provisioner.engine.recorder import Listener
from provisioner.engine.retry import explained
from provisioner.engine.run_record import HubTask, Origin
from provisioner.engine.scope import only_app, without_given_up
from provisioner.errors import (
    ConfigurationError,
    ExitCode,
    ProvisionerError,
    RemoteError,
    TokenRefused,
    Unreachable,
)
from provisioner.github.origin import last_change
from provisioner.models.run import Run, RunState
from provisioner.report.comment import render_run
from provisioner.report.links import Links
from provisioner.report.publisher import CommentPublisher, HubComment
from provisioner.safetext import Shown
from provisioner.wiring import Wiring
from provisioner.workflows.tasks import hub_task, retirement_task

SIDE_BY_SIDE = 4
_SET_ASIDE = (
    "This hub's journal could not be read ({}). It was kept under `set-aside/` on the state "
    "branch, and a new one was made by looking at the world."
)

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Order:
    """What one `apply` is asked to do."""

    hubs: tuple[str, ...]
    directory: Path
    app: str | None = None
    pull_request: int | None = None
    listeners: Sequence[Listener] = ()


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


def apply_hubs(wiring: Wiring, order: Order) -> list[Applied]:
    """Bring hubs to their desired state, some side by side; one failure stops no other.

    Raises `ConfigurationError` before anything is changed when a hub or an app
    is unknown, a setting is missing, or the network's repository is not there.
    """
    desired = desired_of(order.directory, wiring.environ)
    names = tuple(dict.fromkeys(order.hubs))
    entries = {name: _entry(wiring, desired, name) for name in names}
    tasks = {
        name: _task(wiring, order, desired, entry)
        for name, entry in entries.items()
        if isinstance(entry, Entry)
    }

    def apply_one(name: str) -> Applied:
        entry = entries[name]
        if isinstance(entry, ProvisionerError):
            return Applied(name, error=entry)
        try:
            return _run(wiring, order, entry, tasks[name])
        except (TokenRefused, Unreachable) as error:
            return Applied(name, error=error)
        except RemoteError as error:
            return Applied(name, error=explained(error))
        except ProvisionerError as error:
            return Applied(name, error=error)

    with ThreadPoolExecutor(max_workers=min(len(names), SIDE_BY_SIDE)) as pool:
        return list(pool.map(apply_one, names))


def _entry(wiring: Wiring, desired: Desired, hub: str) -> Entry | ProvisionerError:
    """The hub's journal, or why nothing can be done for this hub."""
    if hub in desired.broken:
        return ProvisionerError(
            f"the file of hub {hub} has mistakes, so nothing was done for it",
            f"Run `provisioner check hubs/{hub}.yaml` and mend what it says.",
        )
    entry = wiring.journal.read(hub)
    if entry.version is None:
        wiring.ensure_repository()
    if hub not in desired.hubs and entry.journal is None:
        if entry.trouble:
            return ProvisionerError(
                f"the file of hub {hub} is gone and its journal cannot be read: {entry.trouble}",
                "Put the journal's last good version back on the state branch; then re-run.",
            )
        known = ", ".join(sorted(desired.hubs)) or "none"
        raise ConfigurationError(f"there is no hub {hub}", f"Name one that has a file: {known}.")
    return entry


def _run(wiring: Wiring, order: Order, entry: Entry, task: HubTask) -> Applied:
    if entry.trouble:
        entry = wiring.journal.set_aside(entry)
    publisher = CommentPublisher(
        wiring.network, wiring.retrier, wiring.clock, lambda run: comment_of(wiring, run)
    )
    runner = HubRunner(
        wiring.engine,
        entry,
        task,
        lambda: _origin(wiring, order, entry.hub),
        (publisher, *order.listeners),
        lambda old, new: _tell_superseded(wiring, old, new),
    )
    run = runner.run()
    if publisher.trouble is None:
        return Applied(entry.hub, run)
    unseen = ProvisionerError(
        f"the comment could not be written: {publisher.trouble.message}",
        "The hub itself is as the journal says. Re-run the job: it writes the comment.",
    )
    return Applied(entry.hub, run, unseen)


def _task(wiring: Wiring, order: Order, desired: Desired, entry: Entry) -> HubTask:
    previous = entry.journal.run if entry.journal else None
    hub = desired.hubs.get(entry.hub)
    if hub is not None:
        task = hub_task(hub, previous, wiring.readers, wiring.writers)
        if entry.trouble:
            task = replace(task, notes=(*task.notes, _SET_ASIDE.format(entry.trouble)))
        task = only_app(task, order.app) if order.app else task
        return without_given_up(task, previous) if wiring.unattended else task
    if previous is None:
        raise AssertionError("a hub has a file or a journal")
    return retirement_task(entry.hub, previous, wiring.readers, wiring.writers)


def _tell_superseded(wiring: Wiring, old: Run, new: Run) -> None:
    """The older pull request's comment says which later one took over. Never stops a run."""
    if old.pull_request is None or old.pull_request == new.pull_request:
        return
    comment = HubComment(wiring.network, wiring.retrier, old.pull_request, old.hub)
    try:
        links = Links(wiring.repository_url)
        text = render_run(wiring.redactor.covered(old), links, superseded_by=new.pull_request)
        comment.show(wiring.redactor.markdown(text))
    except ProvisionerError as error:
        log.warning("an older pull request's comment was not written: %s", error.message)


def _origin(wiring: Wiring, order: Order, hub: str) -> Origin:
    """The commit and pull request that brought the hub file to its present state."""
    path = f"hubs/{hub}.yaml"
    change = wiring.retrier.call(lambda: last_change(wiring.network, path, wiring.clock))
    return Origin(
        commit=change.commit if change else None,
        pull_request=order.pull_request or (change.pull_request if change else None),
        actions_run_url=wiring.actions_run_url,
    )


def comment_of(wiring: Wiring, run: Run) -> Shown:
    """The comment that shows a run."""
    page = render_run(wiring.redactor.covered(run), Links(wiring.repository_url))
    return wiring.redactor.markdown(page)
