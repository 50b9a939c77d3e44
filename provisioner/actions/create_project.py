"""Makes the host's project on the hub's copy, with the catalog's build settings."""

from dataclasses import dataclass
from datetime import timedelta

from provisioner.actions.base import Readers, Writers
from provisioner.actions.ownership import claimed, foreign, is_labelled
from provisioner.actions.project_refusals import creation_refusals, in_transfer, no_entry
from provisioner.actions.refusals import THEN_RERUN, refusals
from provisioner.engine.step import Assessment, Claims
from provisioner.models.app import DesiredApp
from provisioner.models.plan import Actor, Resource, Verdict
from provisioner.models.remote import Project

KIND = "project"


def project_key(team: str, project: str) -> str:
    """How a project is named in the journal."""
    return f"{team}/{project}"


@dataclass(frozen=True)
class _Changes:
    """What an existing project needs."""

    id: str
    unpause: bool
    settings: bool


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
        proof = _proof(app, project)
        ours = claimed(claims, KIND, key) or is_labelled(app, project, readers)
        if not proof and ours:
            return _unlinked(app, project, resource)
        if not proof or not ours:
            return foreign(app, resource, f"a project {key}", proof)
        return _difference(app, project, resource)

    def perform(self, app: DesiredApp, writers: Writers, look: Assessment) -> str | None:
        if look.verdict is Verdict.CREATE:
            with refusals(*creation_refusals(app)):
                writers.host.create_project(
                    app.team, app.project, app.repository, app.entry.app.build
                )
        elif isinstance(look.found, _Changes):
            with refusals(in_transfer(app)):
                self._update(app, writers, look.found)
        return None

    def _update(self, app: DesiredApp, writers: Writers, changes: _Changes) -> None:
        if changes.settings:
            writers.host.update_project(app.team, changes.id, app.entry.app.build)
        if changes.unpause:
            writers.host.unpause_project(app.team, changes.id)


def _proof(app: DesiredApp, project: Project) -> str:
    if (project.repository or "").lower() != app.repository.lower():
        return ""
    return f"it is linked to {app.repository}"


def _unlinked(app: DesiredApp, project: Project, resource: Resource) -> Assessment:
    linked = f"linked to {project.repository}" if project.repository else "not linked any more"
    return Assessment(
        Verdict.BLOCKED,
        f"The Vercel project {resource.name} should be linked to {app.repository}, but it is "
        f"{linked}.",
        "If it is this hub's, open its settings on Vercel, Git, and connect it to "
        f"{app.repository}. If it is something else, rename it. Nothing of it was touched. "
        f"{THEN_RERUN}",
        Actor.FACILITATOR,
        resources=(resource,),
    )


def _difference(app: DesiredApp, project: Project, resource: Resource) -> Assessment:
    settings = not app.entry.app.build.stated().items() <= project.build.stated().items()
    if not (settings or project.paused):
        return Assessment(Verdict.KEEP, resource.name, resources=(resource,))
    done = [
        word
        for word, needed in (
            ("set its build settings", settings),
            ("take it out of its pause", project.paused),
        )
        if needed
    ]
    return Assessment(
        Verdict.UPDATE,
        f"Project {resource.name}: {' and '.join(done)}.",
        resources=(resource,),
        found=_Changes(project.id, project.paused, settings),
    )
