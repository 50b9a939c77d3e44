"""Makes the host's project on the hub's copy, with the catalog's build settings."""

from dataclasses import dataclass
from datetime import timedelta

from provisioner.actions.base import Readers, Writers
from provisioner.actions.support.copy_plan import same_name
from provisioner.actions.support.host_problems import concerning, in_words
from provisioner.actions.support.ownership import claimed, foreign, is_labelled, label_of
from provisioner.actions.support.project_key import PROJECT, place_of, project_key
from provisioner.actions.support.project_link import Link, link_of, reconnect
from provisioner.engine.step import Assessed, Claims
from provisioner.errors import RetryableError
from provisioner.hosting.kind import HostKind
from provisioner.hosting.problems import HostProblem, Problem
from provisioner.models.app import DesiredApp
from provisioner.models.plan import Actor, Resource, Verdict
from provisioner.models.remote import Project
from provisioner.refusals import THEN_RERUN


@dataclass(frozen=True)
class New:
    """There is no project yet."""


@dataclass(frozen=True)
class _Changes:
    """What an existing project needs."""

    id: str
    unpause: bool
    settings: bool
    link: Link


Change = New | _Changes | None
"""`None`: the project is taken over as it is."""


class CreateProject:
    """Idempotent by natural key: a name is unique in its team."""

    name = "create-project"
    timeout = timedelta(minutes=2)
    optional = False

    def assess(
        self, app: DesiredApp, readers: Readers, claims: Claims, handle: str | None
    ) -> Assessed[Change]:
        key = project_key(app, app.project)
        resource, host = Resource(kind=PROJECT, name=key), readers.host(app)
        with in_words(host, concerning(app)):
            project = host.project(app.team, app.project)
        if project is None:
            detail = f"Make the project {place_of(key)}."
            return Assessed(Verdict.CREATE, detail, resources=(resource,), found=New())
        if not (claimed(claims, PROJECT, key) or is_labelled(app, project, readers)):
            return foreign(app, resource, f"a project {place_of(key)}", _proof(app, project))
        copy = readers.repositories.repository(app.repository)
        link = link_of(app, project, copy, claims, lambda: is_labelled(app, project, readers))
        if link is None:
            return _unlinked(app, project, resource, host.kind, is_there=copy is not None)
        return _difference(app, project, resource, link)

    def perform(self, app: DesiredApp, writers: Writers, found: Change) -> str | None:
        if isinstance(found, New):
            with in_words(writers.host(app), concerning(app)):
                _make(app, writers)
        elif found is not None:
            if not found.link.ready:
                raise RetryableError(f"The copy {app.repository} cannot be seen yet.")
            self._update(app, writers, found)
        return None

    def _update(self, app: DesiredApp, writers: Writers, changes: _Changes) -> None:
        host = writers.host(app)
        if changes.settings:
            with in_words(host, concerning(app)):
                host.update_project(app.team, changes.id, app.entry.app.build)
        if changes.link.why:
            reconnect(app, writers, changes.id, changes.link)
        if changes.unpause:
            with in_words(host, concerning(app)):
                host.unpause_project(app.team, changes.id)


def _make(app: DesiredApp, writers: Writers) -> None:
    """With its mark; without it where the team takes no such variable, rather than not at all."""
    host, made = writers.host(app), (app.team, app.project, app.repository, app.entry.app.build)
    try:
        host.create_project(*made, label_of(app))
    except HostProblem as error:
        if error.problem is not Problem.MARK_REFUSED:
            raise
        host.create_project(*made)


def _proof(app: DesiredApp, project: Project) -> str:
    if not same_name(project.repository or "", app.repository):
        return ""
    return f"it is linked to {app.repository}"


def _unlinked(
    app: DesiredApp, project: Project, resource: Resource, kind: HostKind, is_there: bool
) -> Assessed[Change]:
    """Nobody can connect it to a copy that is not there: then disconnecting is enough."""
    todo = f"connect it to {app.repository}" if is_there else "disconnect it"
    linked = f"linked to {project.repository}" if project.repository else "not linked any more"
    return Assessed(
        Verdict.BLOCKED,
        f"The {kind.name} project {place_of(resource.name)} should be linked to {app.repository}, "
        f"but it is {linked}.",
        f"If it is this hub's, {kind.hints.connect} {todo}. If it is something else, rename it. "
        f"Nothing of it was touched. {THEN_RERUN}",
        Actor.FACILITATOR,
        resources=(resource,),
    )


def _difference(
    app: DesiredApp, project: Project, resource: Resource, link: Link
) -> Assessed[Change]:
    name = str(place_of(resource.name))
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
        return Assessed(Verdict.KEEP, name, resources=(resource,))
    said = (link.why, f"Project {name}: {' and '.join(done)}." if done else "")
    return Assessed(
        Verdict.UPDATE,
        " ".join(text for text in said if text),
        resources=(resource,),
        found=_Changes(project.id, project.paused, settings, link),
    )
