"""Given builds of one site: which of them counts, and how it stands."""

from collections.abc import Sequence

from provisioner.actions.support.deployments import Standing, current
from provisioner.actions.support.ownership import REPOSITORY_LABEL
from provisioner.hosting.base import MARK
from provisioner.models.app import DesiredApp
from provisioner.models.remote import Deployment
from tests.unit.actions.hosted import Hosted, app, readers, variable

DEAD_COPY = 6
NOW = app(env={"SITE_TITLE": "Karibu"})
BEFORE = app(env={"SITE_TITLE": "Karibu", "SITE_LANGUAGE": "sw"})
"""The same site with a variable more, which was taken away since."""


def judged(
    *builds: Deployment,
    variables_at: float = 0,
    of: DesiredApp = NOW,
    serving: str | None = None,
    unlisted: Sequence[Deployment] = (),
) -> tuple[str, Standing] | None:
    """The one that counts, and how it stands. The journal has the id of each unlisted one."""
    held = [variable("SITE_TITLE", "Karibu", variables_at, NOW), variable(MARK, "x", 1_000)]
    hosted = Hosted(builds=list(builds), held=held, serving=serving, unlisted=list(unlisted))
    project = hosted.project("nairobi", "nairobi--docs")
    assert project is not None
    made = (*(item.id for item in unlisted), "dpl_gone")
    chosen = current(of, project, readers(hosted), made)
    return (chosen.deployment.id, chosen.standing) if chosen else None


def found(*builds: Deployment, variables_at: float = 0, of: DesiredApp = NOW) -> str | None:
    chosen = judged(*builds, variables_at=variables_at, of=of)
    return chosen[0] if chosen else None


def of_copy(number: int, deployment: Deployment) -> Deployment:
    """It says that it was made from this copy."""
    labels = {**deployment.labels, REPOSITORY_LABEL: str(number)}
    return deployment.model_copy(update={"labels": labels})
