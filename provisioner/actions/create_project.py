"""Makes the host's project on the hub's copy, with the catalog's build settings."""

from dataclasses import dataclass
from datetime import timedelta

from provisioner.actions.base import Readers, Writers
from provisioner.actions.ownership import claimed, foreign, is_labelled
from provisioner.actions.refusals import Refusal, body_says, codes, refusals, says
from provisioner.engine.step import Assessment, Claims
from provisioner.models.app import DesiredApp
from provisioner.models.plan import Actor, Resource, Verdict
from provisioner.models.remote import Project

KIND = "project"
HOUR = 3600.0


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
        project = readers.host.project(app.team, app.project)
        if project is None:
            return Assessment(Verdict.CREATE, f"Make the project {key}.", resources=(resource,))
        proof = _proof(app, project)
        if not proof or not (claimed(claims, KIND, key) or is_labelled(app, project, readers)):
            return foreign(app, resource, f"a project {key}", proof)
        return _difference(app, project, resource)

    def perform(self, app: DesiredApp, writers: Writers, look: Assessment) -> str | None:
        with refusals(*_REFUSALS):
            if look.verdict is Verdict.CREATE:
                writers.host.create_project(
                    app.team, app.project, app.repository, app.entry.app.build
                )
            elif isinstance(look.found, _Changes):
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


_APP_PAGE = "https://github.com/apps/vercel"

_REFUSALS = (
    Refusal(
        body_says("action", "Install GitHub App"),
        "Vercel cannot see the new repository.",
        f"Open {_APP_PAGE}, choose the hub's GitHub account and allow *All repositories*. "
        "The provisioner looks again by itself.",
        Actor.FACILITATOR,
        wake_after=HOUR,
    ),
    Refusal(
        codes("repo_not_found"),
        "Vercel cannot see the new repository.",
        f"Open {_APP_PAGE}, choose the hub's GitHub account and allow *All repositories*. "
        "The provisioner looks again by itself.",
        Actor.FACILITATOR,
        wake_after=HOUR,
    ),
    Refusal(
        body_says("action", "Add a Login Connection"),
        "The Vercel user behind the provisioner's token has no GitHub login.",
        "That user opens Vercel's account settings, Authentication, and connects GitHub; "
        "then re-run the job.",
        Actor.MAINTAINER,
    ),
    Refusal(
        codes("repo_links_exceeded_limit"),
        "This repository is linked to as many Vercel projects as the team's plan allows.",
        "Remove a project that is no longer used, or choose a larger plan; then re-run the job.",
        Actor.FACILITATOR,
    ),
    Refusal(
        codes("too_many_projects"),
        "The Vercel team holds as many projects as its plan allows.",
        "Remove a project that is no longer used, or choose a larger plan; then re-run the job.",
        Actor.FACILITATOR,
    ),
    Refusal(
        says("hobby", 400, 402, 403),
        "A free Vercel team cannot use repositories of a GitHub organisation.",
        "Move the Vercel team to the Pro plan, or use a personal GitHub account for this hub.",
        Actor.FACILITATOR,
    ),
    Refusal(
        lambda error: error.status == 409,
        "The team has a project of this name already.",
        "Re-run the job: it looks again and says whose it is.",
        Actor.MAINTAINER,
    ),
    Refusal(
        lambda error: error.status in (403, 404) and error.retry_after is None,
        "Vercel does not let the provisioner into this team.",
        "Invite the provisioner's Vercel user to the team, and check the name under "
        "`vercel: team:` in the hub file; then re-run the job.",
        Actor.FACILITATOR,
    ),
)
