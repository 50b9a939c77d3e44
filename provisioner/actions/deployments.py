"""Which of a project's deployments counts for what the hub file asks. Looks only.

Ours carry a label that says which variables and build settings they were made
with. The host also deploys each push by itself, and perhaps a new project:
those count as well, where they were surely made with the present inputs.
"""

from collections.abc import Iterator

from provisioner.actions.base import Readers
from provisioner.actions.ownership import INPUTS_LABEL
from provisioner.actions.set_environment import variables_of
from provisioner.actions.variables import inputs_digest
from provisioner.models.app import BuildSettings, DesiredApp
from provisioner.models.remote import Deployment, DeploymentState, Project

ENDED_BADLY = (DeploymentState.ERROR, DeploymentState.CANCELED, DeploymentState.BLOCKED)


def is_bad(deployment: Deployment) -> bool:
    """It will never be live."""
    return deployment.state in ENDED_BADLY or bool(deployment.failure)


def current(app: DesiredApp, project: Project, readers: Readers) -> Deployment | None:
    """What is live with the present inputs; else what may become it; else what failed."""
    found = list(_with_present_inputs(app, project, readers))
    live = (item for item in found if item.aliased and not is_bad(item))
    hopeful = (item for item in found if not is_bad(item))
    return next(live, None) or next(hopeful, None) or next(iter(found), None)


def serving(team: str, project: Project, readers: Readers) -> Deployment | None:
    """What visitors get now, whoever deployed it and with whatever inputs.

    A project names it; where it does not, it is the newest that has the production names.
    """
    if project.serving is not None:
        return readers.host.deployment(team, project.serving)
    found = readers.host.deployments(team, project.id)
    return next((item for item in found if item.aliased and not is_bad(item)), None)


def _with_present_inputs(
    app: DesiredApp, project: Project, readers: Readers
) -> Iterator[Deployment]:
    """The newest first, back to one of ours that was made with other inputs.

    One that the host made by itself after that one counts for nothing: a
    variable taken away leaves no trace by which to tell whether it had it yet.
    """
    wanted = inputs_digest(app)
    by_itself: list[Deployment] = []
    ours: list[Deployment] = []
    for item in readers.host.deployments(app.team, project.id):
        label = item.labels.get(INPUTS_LABEL)
        if label is None:
            by_itself.append(item)
        elif label == wanted:
            ours.append(item)
            break
        else:
            return
    fitting = [item for item in by_itself if _built_like(app.entry.app.build, item)]
    yield from _since_variables(app, fitting, readers)
    yield from ours


def _built_like(build: BuildSettings, deployment: Deployment) -> bool:
    """Whether it was built with the catalog's settings, as far as the host tells."""
    if deployment.build is None:
        return True
    told = deployment.build.model_fields_set
    return all(
        getattr(deployment.build, name) == value
        for name, value in build.stated().items()
        if name in told
    )


def _since_variables(
    app: DesiredApp, deployments: list[Deployment], readers: Readers
) -> Iterator[Deployment]:
    """Those that began after the last change of a variable."""
    if not deployments:
        return
    changed = [item.updated_at for item in variables_of(readers.host, app)]
    for item in deployments:
        if all(item.created_at > moment for moment in changed):
            yield item
