"""What the journal says of a hub that is live: the part of a receipt that needs no look. Pure."""

from pydantic import ValidationError

from provisioner.actions.support.copy_plan import KIND as REPOSITORY
from provisioner.actions.support.project_key import PROJECT
from provisioner.actions.support.project_key import place_of as project_at
from provisioner.errors import ProvisionerError
from provisioner.hosting.registry import HOSTS
from provisioner.models.journal import VERSION as JOURNAL_VERSION
from provisioner.models.receipt import Receipt, ReceiptRun, Versions
from provisioner.models.run import AppRecord, Run, RunState
from provisioner.receipts.compared import place_of as place_in
from provisioner.receipts.observed import Place
from provisioner.version import VERSION


class NoReceipt(ProvisionerError):
    """The hub is not live, or not as the journal says."""

    def __init__(self, hub: str, why: str) -> None:
        super().__init__(
            f"there is no receipt of {hub}: {why}",
            f"A receipt is of a hub that is live. `provisioner status {hub}` shows how far it is; "
            f"`provisioner apply {hub}` looks anew and does what is left.",
        )


def does_not_fit(hub: str, error: ValidationError) -> NoReceipt:
    where = ".".join(str(part) for part in error.errors()[0]["loc"])
    return NoReceipt(hub, f"what is recorded or was found does not fit into one, at {where}")


def live_apps(run: Run) -> tuple[AppRecord, ...]:
    """The apps that a receipt is about. Raises `NoReceipt` where the hub is not live."""
    if run.retiring:
        raise NoReceipt(run.hub, "its apps were taken offline")
    if run.state is not RunState.COMPLETED:
        raise NoReceipt(run.hub, f"its run is {run.state.value}; {_unfinished(run)}")
    apps = tuple(app for app in run.apps if not app.retiring)
    if not apps:
        raise NoReceipt(run.hub, "it has no app")
    return apps


def _unfinished(run: Run) -> str:
    open_apps = [
        f"{app.id} is {app.state.value}" for app in run.apps if app.state is not RunState.COMPLETED
    ]
    return ", ".join(open_apps) or "its end is not recorded"


def place_of(hub: str, app: AppRecord) -> Place:
    """Where the app must be; the journal's word counts only for names that are the hub's own."""
    name = f"{hub}--{app.id}"
    copies = (item.name for item in app.resources if item.kind == REPOSITORY)
    named = (project_at(item.name) for item in app.resources if item.kind == PROJECT)
    projects = (one for one in named if one.host in HOSTS)
    copy = next((copy for copy in copies if copy.rpartition("/")[2] == name), None)
    project = next((one for one in projects if one.project == name), None)
    if copy is None or project is None:
        raise NoReceipt(hub, f"the journal does not say where the app {app.id} is")
    return Place(copy, project.host, project.team, name)


def run_of(run: Run) -> ReceiptRun:
    """Raises `NoReceipt` where the journal holds what no run of ours has."""
    try:
        return ReceiptRun.model_validate(
            {
                "id": run.id,
                "hub_file_commit": run.commit,
                "plan_digest": run.digest,
                "pull_request": run.pull_request,
                "started_at": run.started_at,
                "ended_at": run.ended_at,
                "actions_run": run.actions_run_url,
            }
        )
    except ValidationError as error:
        raise does_not_fit(run.hub, error) from None


def versions() -> Versions:
    return Versions(provisioner=VERSION, journal=JOURNAL_VERSION)


def contradictions(receipt: Receipt, network: str, run: Run) -> list[str]:
    """What a receipt says otherwise than the journal; its words on the world are not judged.

    Raises `NoReceipt` where the hub is not live by the journal.
    """
    live = live_apps(run)
    said: dict[str, tuple[object, object]] = {
        "the network": (receipt.network, network),
        "the hub": (receipt.hub, run.hub),
        "the run": (receipt.run, run_of(run)),
        "its apps": (
            [(app.id, app.app, app.url, place_in(app)) for app in receipt.apps],
            [(app.id, app.app, app.url, place_of(run.hub, app)) for app in live],
        ),
        "the versions": (receipt.versions, versions()),
    }
    return [what for what, (one, other) in said.items() if one != other]
