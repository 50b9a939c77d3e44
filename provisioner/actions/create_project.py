"""Makes the host's project on the hub's copy, with the catalog's build settings."""

from dataclasses import dataclass
from datetime import timedelta

from provisioner.actions.base import Readers, Writers
from provisioner.actions.support.copy_plan import same_name
from provisioner.actions.support.ownership import claimed, foreign, is_labelled, label_of
from provisioner.actions.support.project_link import PROJECT, Link, link_of, reconnect
from provisioner.actions.support.project_refusals import (
    creation_refusals,
    in_transfer,
    is_of_mark,
    no_entry,
)
from provisioner.actions.support.refusals import THEN_RERUN, refusals
from provisioner.engine.step import Assessment, Claims
from provisioner.errors import RemoteError, RetryableError
from provisioner.models.app import DesiredApp
from provisioner.models.plan import Actor, Resource, Verdict
from provisioner.models.remote import Project

KIND = PROJECT


def project_key(team: str, project: str) -> str:
    """How a project is named in the journal."""
    return f"{team}/{project}"


@dataclass(frozen=True)
class _Changes:
    """What an existing project needs."""

    id: str
    unpause: bool
    settings: bool
    link: Link


class CreateProject:
    """Idempotent by natural key: a name is unique in its team."""

    name = "create-project"
    timeout = timedelta(minutes=2)
    optional = False

    def assess(
        self, app: DesiredApp, readers: Readers, claims: Claims, handle: str | None
    ) -> Assessment:
        key = project_key(app.team, app.project)
        resource = Resource(kind=KIND, name=key)
        with refusals(no_entry(app)):
            project = readers.host.project(app.team, app.project)
        if project is None:
            return Assessment(Verdict.CREATE, f"Make the project {key}.", resources=(resource,))
        if not (claimed(claims, KIND, key) or is_labelled(app, project, readers)):
            return foreign(app, resource, f"a project {key}", _proof(app, project))
        copy = readers.repositories.repository(app.repository)
        link = link_of(app, project, copy, claims, lambda: is_labelled(app, project, readers))
        if link is None:
            return _unlinked(app, project, resource, is_there=copy is not None)
        return _difference(app, project, resource, link)

    def perform(self, app: DesiredApp, writers: Writers, look: Assessment) -> str | None:
        if look.verdict is Verdict.CREATE:
            with refusals(*creation_refusals(app)):
                _make(app, writers)
        elif isinstance(look.found, _Changes):
            if not look.found.link.ready:
                raise RetryableError(f"The copy {app.repository} cannot be seen yet.")
            self._update(app, writers, look.found)
        return None

    def _update(self, app: DesiredApp, writers: Writers, changes: _Changes) -> None:
        if changes.settings:
            with refusals(in_transfer(app)):
                writers.host.update_project(app.team, changes.id, app.entry.app.build)
        if changes.link.why:
            reconnect(app, writers, changes.id, changes.link)
        if changes.unpause:
            with refusals(in_transfer(app)):
                writers.host.unpause_project(app.team, changes.id)


def _make(app: DesiredApp, writers: Writers) -> None:
    """With its mark; without it where the team takes no such variable, rather than not at all."""
    made = (app.team, app.project, app.repository, app.entry.app.build)
    try:
        writers.host.create_project(*made, label_of(app))
    except RemoteError as error:
        if not is_of_mark(error):
            raise
        writers.host.create_project(*made)


def _proof(app: DesiredApp, project: Project) -> str:
    if not same_name(project.repository or "", app.repository):
        return ""
    return f"it is linked to {app.repository}"


def _unlinked(app: DesiredApp, project: Project, resource: Resource, is_there: bool) -> Assessment:
    """Nobody can connect it to a copy that is not there: then disconnecting is enough."""
    todo = f"connect it to {app.repository}" if is_there else "disconnect it"
    linked = f"linked to {project.repository}" if project.repository else "not linked any more"
    return Assessment(
        Verdict.BLOCKED,
        f"The Vercel project {resource.name} should be linked to {app.repository}, but it is "
        f"{linked}.",
        f"If it is this hub's, open its settings on Vercel, Git, and {todo}. If it is something "
        f"else, rename it. Nothing of it was touched. {THEN_RERUN}",
        Actor.FACILITATOR,
        resources=(resource,),
    )


def _difference(app: DesiredApp, project: Project, resource: Resource, link: Link) -> Assessment:
    settings = not app.entry.app.build.stated().items() <= project.build.stated().items()
    done = [
        word
        for word, needed in (
            ("set its build settings", settings),
            ("take it out of its pause", project.paused),
        )
        if needed
    ]
    if not (done or link.why):
        return Assessment(Verdict.KEEP, resource.name, resources=(resource,))
    said = (link.why, f"Project {resource.name}: {' and '.join(done)}." if done else "")
    return Assessment(
        Verdict.UPDATE,
        " ".join(text for text in said if text),
        resources=(resource,),
        found=_Changes(project.id, project.paused, settings, link),
    )
