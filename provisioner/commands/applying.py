"""Applies hubs side by side: what `apply` and `demo` do, without a command line around it.

Whatever happens to one hub, foreseen or not, is that hub's; the others go on.
"""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import partial
from typing import TypeVar

from provisioner.commands.admitting import HINT, why_held
from provisioner.commands.hub_run import Order, comment_of, run_hub
from provisioner.commands.options import desired_of
from provisioner.commands.planning import Candidate, is_changed
from provisioner.commands.preparing import prepared
from provisioner.desired.resolve import Desired
from provisioner.engine.bugs import foreseen
from provisioner.engine.journal import Entry
from provisioner.engine.retry import explained
from provisioner.engine.scope import only_app, without_given_up
from provisioner.engine.tasks import HubTask
from provisioner.errors import (
    ConfigurationError,
    ExitCode,
    ProvisionerError,
    RemoteError,
    TokenRefused,
    Unreachable,
)
from provisioner.models.run import Run, RunState
from provisioner.report.words import moment
from provisioner.wiring import Wiring

__all__ = ["Applied", "Order", "apply_hubs", "comment_of"]

SIDE_BY_SIDE = 4
_SET_ASIDE = (
    "This hub's journal could not be read ({}). It was kept under `set-aside/` on the state "
    "branch, and a new one was made by looking at the world."
)

Ready = tuple[Entry, HubTask]
Result = TypeVar("Result")


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
    ready = {
        name: _outcome(
            wiring, name, partial(_ready, wiring, order, desired, name), ConfigurationError
        )
        for name in names
    }

    def apply_one(name: str) -> Applied:
        hub = ready[name]
        if isinstance(hub, Applied):
            return hub
        done = _outcome(wiring, name, lambda: _run(wiring, order, *hub))
        return done if isinstance(done, Applied) else Applied(name, *done)

    with ThreadPoolExecutor(max_workers=min(len(names), SIDE_BY_SIDE)) as pool:
        return list(pool.map(apply_one, names))


def _outcome(
    wiring: Wiring, hub: str, act: Callable[[], Result], *everybodys: type[ProvisionerError]
) -> Result | Applied:
    """What `act` gives, or the hub's error. What is `everybodys` trouble is raised."""
    try:
        return foreseen(act)
    except everybodys:
        raise
    except (TokenRefused, Unreachable) as error:
        return Applied(hub, error=error)
    except RemoteError as error:
        return Applied(hub, error=_with_its_wait(error, wiring.clock.now()))
    except ProvisionerError as error:
        return Applied(hub, error=error)


def _with_its_wait(error: RemoteError, now: datetime) -> ProvisionerError:
    """The error in words, with the time before which nothing is to be expected."""
    reason = explained(error)
    if error.retry_after:
        until = moment(now + timedelta(seconds=error.retry_after))
        reason.message += f" {error.service} asks to wait until {until}."
    return reason


def _ready(wiring: Wiring, order: Order, desired: Desired, hub: str) -> Ready:
    """The hub's journal and what is to be done for it. Raises why nothing can be."""
    entry = _entry(wiring, desired, hub)
    _ask_at_the_door(wiring, desired, entry)
    entry, task = prepared(wiring, desired, entry, wiring.writers)
    if entry.trouble:
        task = replace(task, notes=(*task.notes, _SET_ASIDE.format(entry.trouble)))
    task = only_app(task, order.app) if order.app and not task.retiring else task
    previous = entry.journal.run if entry.journal else None
    if wiring.unattended and not task.retiring:
        task = without_given_up(task, previous)
    return entry, task


def _ask_at_the_door(wiring: Wiring, desired: Desired, entry: Entry) -> None:
    """A job waits for its turn, and the hub file may be another one by then than was let in."""
    if wiring.started_by_hand or not is_changed(desired.hubs.get(entry.hub), entry.journal):
        return
    candidate = Candidate(entry.hub, entry, "", changed=True)
    if reason := why_held(wiring, candidate):
        raise ProvisionerError(f"{entry.hub} is held: {reason}", HINT)


def _entry(wiring: Wiring, desired: Desired, hub: str) -> Entry:
    """The hub's journal. Raises where nothing can be done for this hub."""
    if hub in desired.broken:
        raise ProvisionerError(
            f"the file of hub {hub} has mistakes, so nothing was done for it",
            f"Run `provisioner check hubs/{hub}.yaml` and fix what it says.",
        )
    entry = wiring.journal.read(hub).usable()
    if entry.version is None:
        wiring.ensure_repository()
    if hub not in desired.hubs and entry.journal is None:
        if entry.trouble:
            raise ProvisionerError(
                f"the file of hub {hub} is gone and its journal cannot be read: {entry.trouble}",
                "Put the journal's last good version back on the state branch; then re-run.",
            )
        known = ", ".join(sorted(desired.hubs)) or "none"
        raise ConfigurationError(f"there is no hub {hub}", f"Name one that has a file: {known}.")
    return entry


def _run(
    wiring: Wiring, order: Order, entry: Entry, task: HubTask
) -> tuple[Run, ProvisionerError | None]:
    entry = wiring.journal.set_aside(entry) if entry.trouble else entry
    return run_hub(wiring, order, entry, task)
