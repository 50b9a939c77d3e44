"""Deploys the copy's newest commit with the present variables, and follows it until it is live."""

from dataclasses import dataclass
from datetime import timedelta

from provisioner.actions.base import Readers, Writers
from provisioner.actions.ownership import INPUTS_LABEL, LABEL, label_of
from provisioner.actions.refusals import Refusal, codes, refusals
from provisioner.actions.set_environment import variables_of
from provisioner.actions.variables import inputs_digest
from provisioner.engine.step import Assessment, Claims, moving
from provisioner.errors import FatalError, RetryableError
from provisioner.models.app import DesiredApp
from provisioner.models.plan import Actor, Verdict
from provisioner.models.remote import Deployment, DeploymentState, Project

LOG_LINES = 30

_ENDED_BADLY = (DeploymentState.ERROR, DeploymentState.CANCELED, DeploymentState.BLOCKED)
_WORDS = {
    DeploymentState.QUEUED: "The build waits for its turn.",
    DeploymentState.BUILDING: "The app is being built.",
    DeploymentState.READY: "The build is ready; its names are being set.",
}


@dataclass(frozen=True)
class _Source:
    """What is to be deployed."""

    project: Project
    branch: str
    commit: str


class Deploy:
    """Looks for a deployment made from the present inputs before it starts one.

    Every deployment carries a label that says which variables and build
    settings it was made with, so that an old one is told from a current one.
    """

    name = "deploy"
    timeout = timedelta(minutes=12)
    optional = False

    def assess(
        self, app: DesiredApp, readers: Readers, claims: Claims, handle: str | None
    ) -> Assessment:
        if handle is not None:
            followed = readers.host.deployment(app.team, handle)
            return _followed(app, followed, readers)
        project = readers.host.project(app.team, app.project)
        if project is None:
            return Assessment(Verdict.CREATE, f"Deploy {app.repository}.")
        current = _current(app, project, readers)
        if current is None or current.state in _ENDED_BADLY:
            return _to_be_made(app, project, readers)
        if current.aliased and not current.failure:
            return Assessment(Verdict.KEEP, "The newest build is live.", url=_url(project.aliases))
        return _followed(app, current, readers)

    def perform(self, app: DesiredApp, writers: Writers, look: Assessment) -> str | None:
        if not isinstance(look.found, _Source):
            raise RetryableError("The project or its repository cannot be seen yet.")
        labels = {LABEL: label_of(app), INPUTS_LABEL: inputs_digest(app)}
        source = look.found
        with refusals(*_REFUSALS):
            made = writers.host.deploy(
                app.team, source.project, source.branch, source.commit, labels
            )
        return made.id


def _current(app: DesiredApp, project: Project, readers: Readers) -> Deployment | None:
    """The newest deployment that was made with the present variables and build settings."""
    deployments = readers.host.deployments(app.team, project.id)
    wanted = inputs_digest(app)
    for item in deployments:
        if item.labels.get(INPUTS_LABEL) == wanted:
            return item
        if INPUTS_LABEL not in item.labels and _newer_than_variables(app, item, readers):
            return item  # the host deployed a push by itself, with the variables as they are
        if item.labels.get(LABEL) == label_of(app):
            return None  # the newest of ours was made with other inputs
    return None


def _newer_than_variables(app: DesiredApp, item: Deployment, readers: Readers) -> bool:
    variables = variables_of(readers.host, app)
    return all(item.created_at > variable.updated_at for variable in variables)


def _to_be_made(app: DesiredApp, project: Project, readers: Readers) -> Assessment:
    branch = project.production_branch or "main"
    commit = readers.repositories.branch_head(app.repository, branch)
    if commit is None or project.repository_id is None:
        return Assessment(Verdict.CREATE, f"Deploy {app.repository}.")
    return Assessment(
        Verdict.CREATE,
        f"Deploy {app.repository} at {commit[:7]}.",
        found=_Source(project, branch, commit),
    )


def _followed(app: DesiredApp, deployment: Deployment, readers: Readers) -> Assessment:
    """Where one deployment has got to. Raises `FatalError` when it will never be live."""
    if deployment.failure:
        raise _failure(app, deployment, readers)
    if deployment.aliased:
        url = _url(deployment.aliases)
        return Assessment(Verdict.KEEP, "Built and live.", url=url, handle=deployment.id)
    return moving(_WORDS.get(deployment.state, "The app is being built."), deployment.id)


def _failure(app: DesiredApp, deployment: Deployment, readers: Readers) -> FatalError:
    page = f" Vercel's page about it: {deployment.page}" if deployment.page else ""
    if deployment.state is DeploymentState.BLOCKED:
        return FatalError(
            f"Vercel holds the deployment back ({deployment.failure}).",
            "The newest commit's author has no access to the Vercel team. Invite them, or make "
            f"the copy {app.repository} public; then re-run the job.{page}",
            Actor.FACILITATOR,
        )
    if deployment.state is DeploymentState.CANCELED:
        return FatalError(
            "The build was cancelled at Vercel.", f"Re-run the job to build again.{page}"
        )
    log = readers.host.build_log(app.team, deployment.id, LOG_LINES)
    return FatalError(
        f"The app could not be deployed: {deployment.failure}.",
        f"Read the end of the build log below, mend the cause, then re-run the job.{page}",
        Actor.MAINTAINER,
        log,
    )


def _url(aliases: tuple[str, ...]) -> str | None:
    """The production name: the shortest, for the longer ones name a team or a branch."""
    shortest = min(aliases, key=lambda alias: (len(alias), alias), default=None)
    return f"https://{shortest}" if shortest else None


_REFUSALS = (
    Refusal(
        lambda error: (
            codes("builds_rate_limited", "rate_limited")(error) and error.retry_after is None
        ),
        "The Vercel team has used up its builds for now.",
        "Nothing is needed: the provisioner tries again by itself.",
        Actor.NOBODY,
        wake_after=3600.0,
    ),
    Refusal(
        codes("missing_build_script"),
        "Vercel finds no way to build the app.",
        "Check the build settings in the catalog, then re-run the job.",
        Actor.MAINTAINER,
    ),
)
