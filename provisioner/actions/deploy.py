"""Deploys the copy's newest commit with the present variables, and follows it until it is live."""

from dataclasses import dataclass
from datetime import timedelta

from provisioner.actions.base import Readers, Writers
from provisioner.actions.build_failure import failure
from provisioner.actions.deployments import current, is_bad
from provisioner.actions.ownership import INPUTS_LABEL, LABEL, label_of
from provisioner.actions.refusals import THEN_RERUN, Refusal, codes, refusals, says
from provisioner.actions.variables import inputs_digest
from provisioner.engine.step import FAILED, Assessment, Claims, Progress
from provisioner.errors import NotYet, RemoteError, RetryableError
from provisioner.models.app import DesiredApp
from provisioner.models.plan import Actor, Verdict
from provisioner.models.remote import Deployment, DeploymentState, Project

APP_PAGE = "https://github.com/apps/vercel"
HOUR = 3600.0
SHORT_WAIT = 60.0
LEAST_QUOTA_WAIT = 300.0
COPY_NOT_SEEN = 20.0
"""Vercel sees a new repository some seconds later than GitHub shows it."""


@dataclass(frozen=True)
class _Source:
    """What is to be deployed."""

    project: Project
    branch: str
    commit: str


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
    ) -> Assessment:
        if handle is not None:
            return _followed(app, readers.host.deployment(app.team, handle), readers)
        project = readers.host.project(app.team, app.project)
        if project is None:
            return Assessment(Verdict.CREATE, f"Deploy {app.repository}.")
        found = current(app, project, readers)
        if found is None or (is_bad(found) and (FAILED, self.name) in claims):
            return _to_be_made(app, project, readers)
        if is_bad(found):
            return _on_its_way("The newest build has failed.", found)
        return _progress(found, project.aliases or _names(app, found, readers))

    def perform(self, app: DesiredApp, writers: Writers, look: Assessment) -> str | None:
        if not isinstance(look.found, _Source):
            raise RetryableError(f"The newest commit of {app.repository} cannot be seen yet.")
        labels = {LABEL: label_of(app), INPUTS_LABEL: inputs_digest(app)}
        source = look.found
        try:
            with refusals(*_refusals(app)):
                made = writers.host.deploy(
                    app.team, source.project, source.branch, source.commit, labels
                )
        except RemoteError as error:
            passing = _passing(app, error)
            if passing is None:
                raise
            raise passing from error
        return made.id


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
    """Where one deployment has got to; another, where a push has overtaken one that ended badly.

    Raises `FatalError` when it will never be live.
    """
    if not is_bad(deployment):
        return _progress(deployment, deployment.aliases)
    project = readers.host.project(app.team, app.project)
    other = current(app, project, readers) if project else None
    if other is None or is_bad(other):
        raise failure(app, deployment, readers)
    return _progress(other, other.aliases)


def _names(app: DesiredApp, deployment: Deployment, readers: Readers) -> tuple[str, ...]:
    """Those it was given since the project was looked at; lists of deployments tell none."""
    if not deployment.aliased:
        return ()
    return readers.host.deployment(app.team, deployment.id).aliases


def _progress(deployment: Deployment, names: tuple[str, ...]) -> Assessment:
    if deployment.aliased:
        url = f"https://{names[0]}" if names else None  # answers before the hub's domains do
        return Assessment(Verdict.KEEP, "Built and live.", url=url, handle=deployment.id)
    if deployment.state is DeploymentState.QUEUED:
        return _on_its_way("The build waits for its turn.", deployment)
    if deployment.state is not DeploymentState.READY:
        return _on_its_way("The app is being built.", deployment)
    page = f" Vercel's page about it: {deployment.page}" if deployment.page else ""
    return _on_its_way(
        "The build is ready; its names are being set.",
        deployment,
        "If it stays so, the project on Vercel may keep new builds back: promote the build there. "
        f"The provisioner looks again by itself.{page}",
        Actor.MAINTAINER,
    )


def _on_its_way(
    detail: str, deployment: Deployment, hint: str = "", who: Actor = Actor.NOBODY
) -> Assessment:
    """Look again soon; `who` and `hint` are told when it takes longer than the step's time."""
    return Assessment(Verdict.KEEP, detail, hint, who, Progress.MOVING, handle=deployment.id)


def _passing(app: DesiredApp, error: RemoteError) -> NotYet | RetryableError | None:
    """What time alone mends, in words."""
    if error.code == "incorrect_git_source_info":
        return RetryableError(
            f"Vercel cannot see the newest commit of {app.repository} yet.",
            f"If it stays so, open {APP_PAGE} and let Vercel's app see that repository; then "
            "re-run the job.",
            COPY_NOT_SEEN,
        )
    quota = error.code == "builds_rate_limited" or error.code.startswith("api-deployments-")
    if not quota and not (error.status == 429 and (error.retry_after or 0.0) > SHORT_WAIT):
        return None
    return NotYet(
        f"The Vercel team {app.team} has used up its builds for now.",
        "Nothing is needed: the provisioner tries again by itself. If it happens often, a larger "
        "plan has more builds.",
        Actor.NOBODY,
        max(error.retry_after or HOUR, LEAST_QUOTA_WAIT),
    )


def _refusals(app: DesiredApp) -> tuple[Refusal, ...]:
    return (
        Refusal(
            codes("missing_build_script"),
            "Vercel finds no way to build the app.",
            "Check the build settings in the catalog, then re-run the job.",
            Actor.MAINTAINER,
        ),
        Refusal(
            says("transfer", 409),
            f"The Vercel project {app.project} is being handed over to another account.",
            "Finish or cancel the transfer on Vercel. The provisioner looks again by itself.",
            Actor.FACILITATOR,
            wake_after=HOUR,
        ),
        Refusal(
            _unpaid,
            f"The Vercel team {app.team} may not build: its account is blocked or lacks a payment.",
            f"Look at the team's settings on Vercel, under Billing. {THEN_RERUN}",
            Actor.FACILITATOR,
        ),
    )


def _unpaid(error: RemoteError) -> bool:
    return error.status == 402 and not error.code.startswith("api-deployments-")
