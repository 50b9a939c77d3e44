"""What was built of a project so far, and which of it is ours with the present inputs. Looks only.

A list may be some seconds behind: what the journal says was made is looked at by itself.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from provisioner.actions.base import At, Readers
from provisioner.actions.support.ownership import INPUTS_LABEL, LABEL, REPOSITORY_LABEL, label_of
from provisioner.actions.support.variables import inputs_digest
from provisioner.hosting.problems import HostProblem, Problem
from provisioner.models.app import DesiredApp
from provisioner.models.remote import Deployment, Project


@dataclass(frozen=True)
class History:
    """The newest deployments, back to one of ours: with the present inputs, or with `other` ones.

    `by_itself`: what the host made since then, the newest first. What was built from another
    repository is in neither; one of ours from there ends it all the same.
    """

    by_itself: tuple[Deployment, ...] = ()
    ours: Deployment | None = None
    other: Deployment | None = None

    @property
    def last_of_ours(self) -> Deployment | None:
        return self.ours or self.other


def history(app: DesiredApp, project: Project, readers: Readers) -> History:
    wanted = inputs_digest(app)
    by_itself: list[Deployment] = []
    for item in readers.host(app).deployments(app.team, project.id):
        label = item.labels.get(INPUTS_LABEL)
        if label not in (None, wanted):
            return History(tuple(by_itself), other=item)
        here = is_from(project, item)
        if label == wanted:
            return History(tuple(by_itself), ours=item if here else None)
        if here:
            by_itself.append(item)
    return History(tuple(by_itself))


def is_from(project: Project, deployment: Deployment) -> bool:
    """Whether it was built from the repository that the project is connected to, if it is told."""
    told = (deployment.labels.get(REPOSITORY_LABEL), deployment.repository_id)
    wanted = project.repository_id
    return wanted is None or all(str(one) == str(wanted) for one in told if one is not None)


def has_present_inputs(app: DesiredApp, project: Project, deployment: Deployment) -> bool:
    """Whether it says so itself, of the repository too; one that the host made says nothing."""
    made_with = deployment.labels.get(INPUTS_LABEL)
    return made_with == inputs_digest(app) and is_from(project, deployment)


def unlisted(
    app: DesiredApp, project: Project, readers: Readers, past: History, made: tuple[str, ...]
) -> Iterator[Deployment]:
    """Of what the journal says was made, what counts and is newer than all that is listed of ours.

    The ids only help to find it: whose it is, it says itself.
    """
    last = past.last_of_ours
    for id in made:
        item = deployment_of(app, id, readers)
        if (
            item is not None
            and item.labels.get(LABEL) == label_of(app)
            and has_present_inputs(app, project, item)
            and (last is None or item.created_at > last.created_at)
        ):
            yield item


def deployment_of(at: At, id: str, readers: Readers) -> Deployment | None:
    """A deployment; none where the host has none of this id."""
    try:
        return readers.host(at).deployment(at.team, id)
    except HostProblem as error:
        if error.problem is Problem.MISSING:
            return None
        raise
