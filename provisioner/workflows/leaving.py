"""What a hub leaves behind: projects that its file no longer asks for, and who takes their place.

Pure. A project that any app of the file wants is never left behind.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from provisioner.actions.support.copy_plan import KIND as REPOSITORY
from provisioner.actions.support.hand_over import FormerProject, Neighbours
from provisioner.actions.support.project_domains import KIND as DOMAIN
from provisioner.actions.support.project_domains import ProjectDomains
from provisioner.actions.support.project_key import PROJECT, place_of, project_key
from provisioner.models.app import DesiredApp, DesiredHub
from provisioner.models.journal import HubJournal, Retired
from provisioner.models.plan import Resource
from provisioner.models.run import AppRecord, RunState
from provisioner.workflows.own import app_of

Keys = frozenset[tuple[str, str]]


@dataclass(frozen=True)
class Leaving:
    """One project to be taken offline, with the record that it comes from.

    `after`: the apps that take its place. `copies`: the app's repositories, by one of which the
    project may be known.
    """

    id: str
    record: AppRecord
    project: Resource
    domains: tuple[Resource, ...]
    copies: tuple[Resource, ...]
    after: tuple[str, ...] = ()

    @property
    def app(self) -> str:
        return app_of(self.record)

    @property
    def resources(self) -> tuple[Resource, ...]:
        return (self.project, *self.copies, *self.domains)


def wanted_by(app: DesiredApp) -> Keys:
    """What an app is made of, by its natural keys."""
    return frozenset({(PROJECT, project_key(app, app.project)), (REPOSITORY, app.repository)})


def leaving(apps: Sequence[DesiredApp], records: Iterable[AppRecord]) -> list[Leaving]:
    """Each project in the records that no app of the file wants, once.

    One that was taken offline already is asked about again only when the whole hub leaves.
    """
    wanted = frozenset(key for app in apps for key in wanted_by(app))
    found: dict[str, Leaving] = {}
    for record in records:
        for item in _left(record, apps, wanted):
            found.setdefault(item.project.name, item)
    return list(found.values())


def is_retired(record: AppRecord) -> bool:
    """Whether everything of it was taken offline."""
    return record.retiring and record.state is RunState.COMPLETED


def _left(record: AppRecord, apps: Sequence[DesiredApp], wanted: Keys) -> Iterator[Leaving]:
    ids = {app.id for app in apps}
    if apps and is_retired(record) and record.id not in ids:
        return
    projects = [item for item in record.resources if item.kind == PROJECT]
    gone = [item for item in projects if (item.kind, item.name) not in wanted]
    domains = tuple(item for item in record.resources if item.kind == DOMAIN)
    for index, project in enumerate(gone):
        team = place_of(project.name).team
        own = record.id not in ids and index == 0
        yield Leaving(
            id=record.id if own else f"{app_of(record)}@{team}",
            record=record,
            project=project,
            domains=domains,
            copies=tuple(item for item in record.resources if item.kind == REPOSITORY),
            after=_successors(record, domains, apps),
        )


def _successors(
    record: AppRecord, domains: Iterable[Resource], apps: Sequence[DesiredApp]
) -> tuple[str, ...]:
    """The app itself where it has moved, and whoever takes over one of its domains."""
    names = {item.name for item in domains}
    return tuple(app.id for app in apps if app.id == app_of(record) or names & set(app.domains))


def given_up(app: DesiredApp, record: AppRecord | None, left: Iterable[Leaving]) -> list[Resource]:
    """What an app claims no longer: the projects that it leaves, and the copies they were made of.

    A former copy stays claimed as long as no project leaves with it: by that copy the app's own
    project may still be known.
    """
    if record is None:
        return []
    own = wanted_by(app)
    projects = {item.project for item in left}
    gone = [item for item in record.resources if item in projects]
    copies = [
        item
        for item in record.resources
        if gone and item.kind == REPOSITORY and (item.kind, item.name) not in own
    ]
    return [*gone, *copies]


def taken_back(app: DesiredApp, journal: HubJournal | None) -> list[Resource]:
    """What other records hold of an app's own: it moved away and is back, or was taken offline."""
    own = wanted_by(app)
    records: list[AppRecord | Retired] = [*journal.run.apps, *journal.retired] if journal else []
    return [
        item
        for record in records
        if record.id != app.id or isinstance(record, Retired)
        for item in record.resources
        if (item.kind, item.name) in own
        or (app_of(record) == app.id and item.kind not in (PROJECT, REPOSITORY))
    ]


def neighbours(app: DesiredApp, hub: DesiredHub, records: Iterable[AppRecord]) -> Neighbours:
    """The other projects of the hub, and what its other apps want."""
    own = project_key(app, app.project)
    known = {
        item.name: FormerProject(
            _place(hub.id, app_of(record), item.name, _names(record, REPOSITORY)),
            frozenset(_names(record, DOMAIN)),
        )
        for record in records
        for item in record.resources
        if item.kind == PROJECT
    }
    others = [other for other in hub.apps if other.id != app.id]
    return Neighbours(
        former=tuple(item for key, item in known.items() if key != own),
        wanted=tuple(name for other in others for name in other.domains),
    )


def _place(hub: str, app: str, key: str, copies: tuple[str, ...]) -> ProjectDomains:
    at = place_of(key)
    return ProjectDomains(at.host, at.team, at.project, label=f"{hub}/{app}", copies=copies)


def _names(record: AppRecord, kind: str) -> tuple[str, ...]:
    return tuple(item.name for item in record.resources if item.kind == kind)
