"""Which of a project's deployments counts for what the hub file asks. Looks only.

Ours carry labels that say which variables, build settings and repository they
were made with. The host also deploys each push by itself, and perhaps a new
project: those count as well, where they were surely made with the present
inputs. What was built from another repository than the project is connected to
counts for nothing: the copy may have been made anew, or in another account.

Live is what visitors get: people promote earlier deployments by hand. A host
that does not say what its names lead to, or names what cannot be online, is
taken to serve the newest that ever had the names.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum

from provisioner.actions.base import At, Readers
from provisioner.actions.support.build_history import (
    History,
    deployment_of,
    has_present_inputs,
    history,
    unlisted,
)
from provisioner.actions.support.variables import is_mark, variables_of
from provisioner.models.app import BuildSettings, DesiredApp
from provisioner.models.remote import Deployment, DeploymentState, Project

ENDED_BADLY = (DeploymentState.ERROR, DeploymentState.CANCELED, DeploymentState.BLOCKED)


class Standing(Enum):
    """How a deployment that was made with the present inputs stands."""

    LIVE = "live"
    COMING = "coming"
    REPLACED = "replaced"
    """It was live, and then somebody put an earlier one online, with other inputs."""
    FAILED = "failed"


@dataclass(frozen=True)
class Current:
    """The deployment that counts."""

    deployment: Deployment
    standing: Standing


def is_bad(deployment: Deployment) -> bool:
    """It will never be live."""
    return deployment.state in ENDED_BADLY or bool(deployment.failure)


def current(
    app: DesiredApp, project: Project, readers: Readers, made: tuple[str, ...] = ()
) -> Current | None:
    """What is live with the present inputs; else what may become it; else what failed.

    `made`: ids of what the journal says was made, which a list may lack yet.
    """
    past = history(app, project, readers)
    found = list(_with_present_inputs(app, past, readers))
    if all(is_bad(item) for item in found):
        found = [*unlisted(app, project, readers, past, made), *found]
    served = _served(app, project, readers, (*past.by_itself, *found, past.other))
    fits = served is not None and (served in found or has_present_inputs(app, project, served))
    if served is not None and fits and not _will_be_replaced(served, past.other):
        return Current(served, Standing.LIVE)
    return next(_by_standing(found, served), None)


def _will_be_replaced(served: Deployment, other: Deployment | None) -> bool:
    """Whether a newer build with other inputs is on its way: it takes the names when it is done."""
    if other is None or other.aliased or is_bad(other):
        return False
    return other.created_at > served.created_at


def _by_standing(found: Sequence[Deployment], served: Deployment | None) -> Iterator[Current]:
    """The best first. Nothing takes the place of a newer one that serves: that is built anew."""
    good = [item for item in found if not is_bad(item)]
    named = [item for item in good if item.aliased]
    if served is None:
        yield from (Current(item, Standing.LIVE) for item in named)
    yield from (Current(item, Standing.COMING) for item in good if not item.aliased)
    if served is not None:
        newer = (item for item in named if item.created_at > served.created_at)
        yield from (Current(item, Standing.REPLACED) for item in newer)
    yield from (Current(item, Standing.FAILED) for item in found if is_bad(item))


def _served(
    app: DesiredApp, project: Project, readers: Readers, known: Sequence[Deployment | None]
) -> Deployment | None:
    """What the host says that visitors get; `None` where it does not say, or it cannot be."""
    if project.serving is None:
        return None
    listed = (item for item in known if item is not None and item.id == project.serving)
    item = next(listed, None) or deployment_of(app, project.serving, readers)
    return item if item is not None and item.aliased and not is_bad(item) else None


def serving(at: At, project: Project, readers: Readers) -> Deployment | None:
    """What visitors get now, whoever deployed it and with whatever inputs.

    A project names it; where it does not, it is the newest that has the production names.
    """
    if project.serving is not None:
        return readers.host(at).deployment(at.team, project.serving)
    found = readers.host(at).deployments(at.team, project.id)
    return next((item for item in found if item.aliased and not is_bad(item)), None)


def _with_present_inputs(app: DesiredApp, past: History, readers: Readers) -> Iterator[Deployment]:
    """The newest first, back to one of ours that was made with other inputs.

    One that the host made by itself after that one counts for nothing: a
    variable taken away leaves no trace by which to tell whether it had it yet.
    """
    if past.other is not None:
        return
    fitting = [item for item in past.by_itself if _built_like(app.entry.app.build, item)]
    yield from _since_variables(app, fitting, readers)
    if past.ours is not None:
        yield past.ours


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
    """Those that began after the last change of a variable of whatever origin.

    The mark is none of them: it came with the project and no build reads it.
    """
    if not deployments:
        return
    held = variables_of(readers.host(app), app)
    changed = [item.updated_at for item in held if not is_mark(item)]
    for item in deployments:
        if all(item.created_at > moment for moment in changed):
            yield item
