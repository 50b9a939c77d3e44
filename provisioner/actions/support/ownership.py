"""Whose is it? Decides whether a resource that is there already may be used. Pure but for one look.

Ours is what the journal named before it was made, and what carries our own
mark or label: a project is marked in the very call that makes it, each
deployment of ours is labelled. Anything else is taken over only on proof *and*
with the hub file's consent; without proof, never. What was made or deployed
while the hub's name belonged to others carries their mark and label, not ours.
"""

from datetime import datetime
from typing import Never

from provisioner.actions.base import At, Readers
from provisioner.engine.step import Assessed, Claims
from provisioner.hosting.problems import HostProblem, Problem
from provisioner.models.app import DesiredApp
from provisioner.models.plan import Actor, Resource, Verdict
from provisioner.models.remote import Project
from provisioner.refusals import THEN_RERUN

LABEL = "provisionerApp"
INPUTS_LABEL = "provisionerInputs"
REPOSITORY_LABEL = "provisionerRepository"


def label_of(app: DesiredApp) -> str:
    """What our projects and deployments say of whose they are."""
    return f"{app.hub}/{app.id}"


def is_labelled(app: DesiredApp, project: Project, readers: Readers) -> bool:
    """Whether the project, or a deployment of it, says that it is this very app's."""
    return carries(label_of(app), app, project, readers, app.seals_since)


def carries(
    label: str, at: At, project: Project, readers: Readers, since: datetime | None = None
) -> bool:
    """Whether the project's mark or a deployment's label is this one, and newer than `since`.

    The mark comes with the project. A variable that was set again keeps the time at which it
    was made, and that one counts: what another owner of the hub's name made stays theirs.
    """
    if _is_marked(label, project, since):
        return True
    try:
        return any(
            item.labels.get(LABEL) == label and (since is None or item.created_at > since)
            for item in readers.host(at).deployments(at.team, project.id)
        )
    except HostProblem as error:
        if error.problem in (Problem.MISSING, Problem.NO_ENTRY):
            return False
        raise


def _is_marked(label: str, project: Project, since: datetime | None) -> bool:
    mark = project.mark
    return mark is not None and mark.app == label and (since is None or mark.made_at > since)


def claimed(claims: Claims, kind: str, name: str) -> bool:
    return (kind, name) in claims


def foreign(app: DesiredApp, resource: Resource, what: str, proof: str) -> Assessed[Never]:
    """Something that is not ours stands where ours should be. `proof` empty: never ours."""
    existing = resource.model_copy(update={"existed": True})
    if proof and app.adopt:
        return Assessed(Verdict.ADOPT, f"Take over {what}: {proof}.", resources=(existing,))
    if proof:
        return Assessed(
            Verdict.BLOCKED,
            f"There is {what} already, and the provisioner did not make it ({proof}).",
            f"To let the provisioner take it over, write `adopt: true` under the app `{app.id}` "
            f"in hubs/{app.hub}.yaml. Otherwise rename or delete it. {THEN_RERUN}",
            Actor.FACILITATOR,
            resources=(existing,),
        )
    return Assessed(
        Verdict.BLOCKED,
        f"There is {what} already, and it is something else.",
        f"Rename or delete it, or give the app another id than `{app.id}` in "
        f"hubs/{app.hub}.yaml. Nothing of it was touched. {THEN_RERUN}",
        Actor.FACILITATOR,
        resources=(existing,),
    )
