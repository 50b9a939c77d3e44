"""What a receipt says and what the world holds, side by side. Pure."""

from dataclasses import dataclass

from provisioner.actions.support.copy_plan import same_name
from provisioner.hosting.registry import FIRST
from provisioner.models.receipt import ReceiptApp
from provisioner.models.remote import Deployment, Project
from provisioner.receipts.observed import Observation, Place

NOTHING = ""
"""In place of what is not there."""


@dataclass(frozen=True)
class Difference:
    """`wanted` stands in the receipt, `found` in the world; either may be `NOTHING`."""

    app: str
    what: str
    wanted: str
    found: str


def place_of(app: ReceiptApp) -> Place:
    project = app.project
    host = project.host or FIRST.key
    return Place(app.repository.full_name, host, project.team, project.name)


def differences(app: ReceiptApp, seen: Observation) -> list[Difference]:
    """Each one by itself; what follows from a copy or project that is not there is left out."""
    found = [*_copy(app, seen), *_project(app, seen)]
    return [Difference(app.id, what, wanted, now) for what, wanted, now in found]


Triple = tuple[str, str, str]


def _copy(app: ReceiptApp, seen: Observation) -> list[Triple]:
    wanted = app.repository
    if seen.repository is None or not same_name(seen.repository, wanted.full_name):
        return [("repository", wanted.full_name, seen.repository or NOTHING)]
    return _unlike(
        ("branch", wanted.branch, seen.branch), ("commit", wanted.commit, seen.commit or NOTHING)
    )


def _project(app: ReceiptApp, seen: Observation) -> list[Triple]:
    project = seen.project
    if project is None or project.id != app.project.id:
        return [("project", app.project.id, project.id if project else NOTHING)]
    return [
        *_link(app, project),
        *_unlike(("paused", "no", "yes" if project.paused else "no")),
        *_deployment(app, seen.deployment),
        *_domains(app, seen.domains),
    ]


def _link(app: ReceiptApp, project: Project) -> list[Triple]:
    wanted, linked = app.repository.full_name, project.repository or NOTHING
    return [] if same_name(linked, wanted) else [("linked repository", wanted, linked)]


def _deployment(app: ReceiptApp, found: Deployment | None) -> list[Triple]:
    wanted = app.deployment
    if found is None or found.id != wanted.id:
        return [("deployment", wanted.id, found.id if found else NOTHING)]
    return _unlike(
        ("deployed commit", wanted.commit or NOTHING, found.commit or NOTHING),
        ("time of deployment", f"{wanted.created_at}", f"{found.created_at}"),
    )


def _domains(app: ReceiptApp, found: tuple[str, ...]) -> list[Triple]:
    gone = [("domain", name, NOTHING) for name in app.domains if name not in found]
    return gone + [("domain", NOTHING, name) for name in found if name not in app.domains]


def _unlike(*triples: Triple) -> list[Triple]:
    return [triple for triple in triples if triple[1] != triple[2]]
