"""Deploys the copy's newest commit with the present variables, and follows it until it is live."""

from dataclasses import dataclass
from datetime import timedelta

from provisioner.actions.base import Readers, Writers
from provisioner.actions.support.build_failure import failure, page_of
from provisioner.actions.support.deployments import Current, Standing, current, is_bad
from provisioner.actions.support.host_problems import concerning, in_words
from provisioner.actions.support.ownership import INPUTS_LABEL, LABEL, REPOSITORY_LABEL, label_of
from provisioner.actions.support.project_domains import attached_domains
from provisioner.actions.support.variables import inputs_digest
from provisioner.engine.step import FAILED, Assessed, Claims, Progress, ids_made
from provisioner.errors import RetryableError
from provisioner.hosting.kind import HostKind
from provisioner.models.app import DesiredApp
from provisioner.models.plan import Actor, Verdict
from provisioner.models.remote import Deployment, DeploymentState, Project
from provisioner.refusals import BY_ITSELF


@dataclass(frozen=True)
class _Source:
    """What is to be deployed."""

    project: Project
    branch: str
    commit: str


@dataclass(frozen=True)
class _Promotion:
    """Which deployment is to be put online again."""

    project_id: str
    deployment_id: str


_Change = _Source | _Promotion | None
"""`None`: the commit cannot be seen yet."""


class Deploy:
    """Looks for a deployment made from the present inputs before it starts one.

    One that failed is told of first. Another is made only when the step had
    failed before: then a person has read of it and asks for another try.
    """

    name = "deploy"
    timeout = timedelta(minutes=12)
    optional = False

    def assess(
        self, app: DesiredApp, readers: Readers, claims: Claims, handle: str | None
    ) -> Assessed[_Change]:
        if handle is not None:
            return _followed(app, readers.host(app).deployment(app.team, handle), readers)
        project = readers.host(app).project(app.team, app.project)
        if project is None or not _is_connected(app, project, readers):
            return _creation(f"Deploy {app.repository}.")
        found = current(app, project, readers, ids_made(claims, self.name))
        if found is None or _is_outdated(app, project, found, claims, readers):
            return _to_be_made(app, project, readers)
        if found.standing is Standing.FAILED:
            return _on_its_way("The newest build has failed.", found.deployment)
        if found.standing is Standing.REPLACED:
            return _to_be_promoted(project, found.deployment)
        deployment = found.deployment
        names = project.aliases or _names(app, deployment, readers)
        return _progress(deployment, names, readers.host(app).kind)

    def perform(self, app: DesiredApp, writers: Writers, found: _Change) -> str | None:
        if isinstance(found, _Promotion):
            with in_words(writers.host(app), concerning(app)):
                writers.host(app).promote(app.team, found.project_id, found.deployment_id)
            return None
        if found is None:
            raise RetryableError(f"The newest commit of {app.repository} cannot be seen yet.")
        with in_words(writers.host(app), concerning(app)):
            return _deployed(app, writers, found)


def _deployed(app: DesiredApp, writers: Writers, source: _Source) -> str:
    """The id of the deployment, which says whose it is and what it was made from."""
    labels = {
        LABEL: label_of(app),
        INPUTS_LABEL: inputs_digest(app),
        REPOSITORY_LABEL: str(source.project.repository_id),
    }
    made = writers.host(app).deploy(app.team, source.project, source.branch, source.commit, labels)
    return made.id


def _is_connected(app: DesiredApp, project: Project, readers: Readers) -> bool:
    """Whether it builds the present copy; in a plan that may still have to be made so."""
    copy = readers.repositories.repository(app.repository)
    return copy is not None and project.repository_id in (None, copy.id)


def _creation(detail: str, source: _Source | None = None) -> Assessed[_Change]:
    """A deployment has no name by which it could be found again: made twice, it is there twice."""
    return Assessed(Verdict.CREATE, detail, unkeyed=True, found=source)


def _to_be_made(app: DesiredApp, project: Project, readers: Readers) -> Assessed[_Change]:
    branch = project.production_branch or "main"
    commit = readers.repositories.branch_head(app.repository, branch)
    if commit is None or project.repository is None:
        return _creation(f"Deploy {app.repository}.")
    source = _Source(project, branch, commit)
    return _creation(f"Deploy {app.repository} at {commit[:7]}.", source)


def _is_outdated(
    app: DesiredApp, project: Project, found: Current, claims: Claims, readers: Readers
) -> bool:
    """Whether another build is to be made beside the one that counts."""
    if found.standing is Standing.FAILED:
        return (FAILED, Deploy.name) in claims
    return found.standing is Standing.LIVE and _is_behind(app, project, found.deployment, readers)


def _is_behind(app: DesiredApp, project: Project, live: Deployment, readers: Readers) -> bool:
    """Whether the host needs another build for what others bring online by themselves."""
    host = readers.host(app)
    if not host.kind.abilities.domains_after_build:
        attached = attached_domains(readers, app, app.project)
        if not all(item.in_effect for item in attached):
            return True
    if host.kind.abilities.push_deploys or live.commit is None:
        return False
    newest = readers.repositories.branch_head(app.repository, project.production_branch or "main")
    return newest not in (None, live.commit)


def _to_be_promoted(project: Project, deployment: Deployment) -> Assessed[_Change]:
    """No handle: only the project tells when its names lead there."""
    of = f" of {deployment.commit[:7]}" if deployment.commit else ""
    return Assessed(
        Verdict.UPDATE,
        f"Promote the build{of}: an earlier one is online in its place, made with other settings "
        "or from another copy.",
        found=_Promotion(project.id, deployment.id),
    )


def _followed(app: DesiredApp, deployment: Deployment, readers: Readers) -> Assessed[_Change]:
    """Where one deployment has got to; another, where a push has overtaken one that ended badly.

    Raises `FatalError` when it will never be live.
    """
    kind = readers.host(app).kind
    if not is_bad(deployment):
        return _progress(deployment, deployment.aliases, kind)
    project = readers.host(app).project(app.team, app.project)
    other = current(app, project, readers) if project else None
    if project is None or other is None or other.standing is Standing.FAILED:
        raise failure(app, deployment, readers)
    if other.standing is Standing.REPLACED:
        return _to_be_promoted(project, other.deployment)
    return _progress(other.deployment, other.deployment.aliases, kind)


def _names(app: DesiredApp, deployment: Deployment, readers: Readers) -> tuple[str, ...]:
    """Those it was given since the project was looked at; lists of deployments tell none."""
    if not deployment.aliased:
        return ()
    return readers.host(app).deployment(app.team, deployment.id).aliases


def _progress(deployment: Deployment, names: tuple[str, ...], kind: HostKind) -> Assessed[_Change]:
    if deployment.aliased:
        url = f"https://{names[0]}" if names else None  # answers before the hub's domains do
        return Assessed(Verdict.KEEP, "Built and live.", url=url, handle=deployment.id)
    if deployment.state is DeploymentState.QUEUED:
        return _on_its_way("The build waits for its turn.", deployment)
    if deployment.state is not DeploymentState.READY:
        return _on_its_way("The app is being built.", deployment)
    return _on_its_way(
        "The build is ready; its names are being set.",
        deployment,
        f"If it stays so, {kind.hints.promote}. {BY_ITSELF}{page_of(deployment, kind)}",
        Actor.MAINTAINER,
    )


def _on_its_way(
    detail: str, deployment: Deployment, hint: str = "", who: Actor = Actor.NOBODY
) -> Assessed[_Change]:
    """Look again soon; `who` and `hint` are told when it takes longer than the step's time."""
    return Assessed(Verdict.KEEP, detail, hint, who, Progress.MOVING, handle=deployment.id)
