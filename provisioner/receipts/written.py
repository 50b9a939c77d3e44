"""From the journal and the world to a receipt, or in words what keeps one from being written."""

from collections.abc import Callable

from pydantic import ValidationError

from provisioner.actions.support.copy_plan import same_name
from provisioner.hosting.registry import FIRST
from provisioner.models.receipt import (
    Receipt,
    ReceiptApp,
    ReceiptDeployment,
    ReceiptProject,
    ReceiptRepository,
)
from provisioner.models.run import AppRecord, Run
from provisioner.receipts.observed import Observation, Place
from provisioner.receipts.recorded import (
    NoReceipt,
    does_not_fit,
    live_apps,
    place_of,
    run_of,
    versions,
)

Observe = Callable[[Place], Observation]


def receipt_for(network: str, run: Run, observe: Observe) -> Receipt:
    """Raises `NoReceipt`, and what `observe` raises where the world cannot be seen."""
    places = {app.id: place_of(run.hub, app) for app in live_apps(run)}
    seen = {app: observe(place) for app, place in places.items()}
    missing = [
        f"{app}: {words}" for app, place in places.items() for words in _missing(place, seen[app])
    ]
    if missing:
        raise NoReceipt(run.hub, "; ".join(missing))
    try:
        return Receipt(
            network=network,
            hub=run.hub,
            run=run_of(run),
            apps=tuple(_app(app, places[app.id], seen[app.id]) for app in live_apps(run)),
            versions=versions(),
        )
    except ValidationError as error:
        raise does_not_fit(run.hub, error) from None


def _missing(place: Place, seen: Observation) -> list[str]:
    """What an app lacks to be live, in words."""
    project = seen.project
    faults = [
        (seen.repository is None, f"there is no repository {place.repository}"),
        (
            seen.repository is not None and not same_name(seen.repository, place.repository),
            f"its copy is now called {seen.repository}",
        ),
        (seen.repository is not None and seen.commit is None, "its copy has no commit"),
        (project is None, f"there is no project {place.team}/{place.project}"),
        (
            project is not None and not same_name(project.repository or "", place.repository),
            "its project is not linked to its copy",
        ),
        (project is not None and project.paused, "its project is paused"),
        (project is not None and seen.deployment is None, "nothing is deployed"),
    ]
    return [words for wrong, words in faults if wrong]


def _app(app: AppRecord, place: Place, seen: Observation) -> ReceiptApp:
    if seen.commit is None or seen.project is None or seen.deployment is None:
        raise AssertionError("what is missing was told before")
    owner, _, name = place.repository.partition("/")
    return ReceiptApp(
        id=app.id,
        app=app.app,
        url=app.url,
        repository=ReceiptRepository(
            owner=owner, name=name, branch=seen.branch, commit=seen.commit
        ),
        project=ReceiptProject(
            host=None if place.host == FIRST.key else place.host,
            team=place.team,
            name=place.project,
            id=seen.project.id,
        ),
        deployment=ReceiptDeployment(
            id=seen.deployment.id,
            commit=seen.deployment.commit,
            created_at=seen.deployment.created_at,
        ),
        domains=seen.domains,
    )
