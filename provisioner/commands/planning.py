"""Which hubs are due, and what would change for each: one hub's trouble is only its own.

Holds readers only: it cannot write.
"""

from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial

from provisioner.commands.preparing import prepared
from provisioner.desired.resolve import Desired
from provisioner.engine import planner
from provisioner.engine.bugs import foreseen
from provisioner.engine.claims import claims_for
from provisioner.engine.due import is_change, why_due
from provisioner.engine.guard import guarded
from provisioner.engine.journal import Entry
from provisioner.engine.people import are_recorded
from provisioner.engine.tasks import AppTask
from provisioner.errors import ConfigurationError, ProvisionerError, TokenRefused, Unreachable
from provisioner.models.app import DesiredHub
from provisioner.models.journal import HubJournal
from provisioner.models.plan import AppPlan, HubPlan
from provisioner.models.run import Run, RunState
from provisioner.wiring import Wiring
from provisioner.workflows.tasks import has_grown

SIDE_BY_SIDE = 8


@dataclass(frozen=True)
class Candidate:
    """A hub that has a file, a journal, or both, and why it is due; empty when it is not.

    With an `error` nothing can be done for it; the other hubs do not mind.
    """

    hub: str
    entry: Entry
    reason: str
    changed: bool = False
    """The hub's file or the catalog differs from what was begun last."""
    error: ProvisionerError | None = None


@dataclass(frozen=True)
class Unplanned:
    """A hub that could not be planned, and why. That is not the same as nothing to do."""

    hub: str
    error: ProvisionerError


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
        found = list(pool.map(partial(_candidate, wiring, desired), names or known))
    if not names:
        _refuse_many_removals(desired, found)
    return [item for item in found if item.reason or not only_due]


def plan_hubs(wiring: Wiring, desired: Desired, chosen: Sequence[Candidate]) -> list[HubPlan]:
    """The plan of each hub. Raises the first one's error when all have been looked at."""
    results = plan_each(wiring, desired, chosen)
    for item in results:
        if isinstance(item, Unplanned):
            raise item.error
    return [item for item in results if isinstance(item, HubPlan)]


def half_seen(plan: HubPlan) -> Unplanned | None:
    """What kept a plan from being whole, where something did."""
    steps = (step for app in plan.apps for step in app.steps if not step.checked)
    first = next(steps, None)
    if first is None:
        return None
    message = f"not everything could be checked: {first.detail}"
    return Unplanned(plan.hub, ProvisionerError(message, first.hint))


def plan_each(
    wiring: Wiring, desired: Desired, chosen: Sequence[Candidate]
) -> list[HubPlan | Unplanned]:
    """Look at the world for each hub, several side by side. Safe to repeat; changes nothing."""
    with ThreadPoolExecutor(max_workers=SIDE_BY_SIDE) as pool:
        return list(pool.map(partial(_planned, wiring, desired), chosen))


def _planned(wiring: Wiring, desired: Desired, candidate: Candidate) -> HubPlan | Unplanned:
    try:
        return foreseen(lambda: _plan_hub(wiring, desired, candidate))
    except ProvisionerError as error:
        return Unplanned(candidate.hub, error)


def _plan_hub(wiring: Wiring, desired: Desired, candidate: Candidate) -> HubPlan:
    if candidate.error is not None:
        raise candidate.error
    plan = unobserved(candidate, desired)
    if candidate.hub not in desired.hubs and candidate.entry.journal is None:
        return plan
    entry, task = prepared(wiring, desired, candidate.entry, None)
    previous = entry.journal.run if entry.journal else None
    apps = tuple(_plan_app(wiring, app, previous) for app in task.apps)
    return plan.model_copy(update={"apps": apps, "retiring": task.retiring})


def _plan_app(wiring: Wiring, app: AppTask, previous: Run | None) -> AppPlan:
    redact = wiring.redactor.redact
    steps = [guarded(step, wiring.retrier, redact) for step in app.planning or app.steps]
    assessment = planner.assess(steps, claims_for(app, previous))
    return planner.app_plan(app.id, app.app, app.title, assessment)


def _candidate(wiring: Wiring, desired: Desired, hub: str) -> Candidate:
    """Whatever is wrong with a journal is its own hub's, unless no journal can be asked for."""
    try:
        return foreseen(lambda: _judged(wiring, desired, wiring.journal.read(hub)))
    except (TokenRefused, Unreachable, ConfigurationError):
        raise
    except ProvisionerError as error:
        return Candidate(hub, Entry(hub), "its journal could not be looked at", error=error)


def _judged(wiring: Wiring, desired: Desired, entry: Entry) -> Candidate:
    entry.usable()
    hub = desired.hubs.get(entry.hub)
    digest = hub.digest if hub else None
    changed = is_changed(hub, entry.journal)
    if entry.trouble:
        return Candidate(entry.hub, entry, "its journal cannot be read", changed)
    reason = why_due(digest, entry.journal, wiring.clock.now())
    reason = reason or ("its maintainers changed" if changed else "")
    reason = reason or _grown(hub, entry.journal)
    return Candidate(entry.hub, entry, reason or _asked_again(wiring, entry.journal), changed)


def _grown(hub: DesiredHub | None, journal: HubJournal | None) -> str:
    if hub is None or journal is None or not has_grown(hub, journal.run):
        return ""
    return "its workflow has a new step"


def is_changed(hub: DesiredHub | None, journal: HubJournal | None) -> bool:
    """Whether the hub file, or who stands in it, differs from what was begun last."""
    return is_change(hub.digest if hub else None, journal) or _other_people(hub, journal)


def _other_people(hub: DesiredHub | None, journal: HubJournal | None) -> bool:
    """Whose the hub is has to be recorded: when its file is gone, the journal alone knows."""
    if hub is None or journal is None:
        return False
    return not are_recorded(hub.maintainers, journal.maintainers)


def _asked_again(wiring: Wiring, journal: HubJournal | None) -> str:
    """A person who re-runs an Actions run wants what it left undone to be tried now."""
    first = wiring.environ.get("GITHUB_RUN_ATTEMPT", "1") == "1"
    if first or journal is None or journal.run.actions_run_url != wiring.actions_run_url:
        return ""
    done = journal.run.state is RunState.COMPLETED
    return "" if done else "a person ran its Actions run again"


def unobserved(candidate: Candidate, desired: Desired) -> HubPlan:
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
