"""Which repository a project of ours is to build, and how it gets to build another.

A project is told by its repository's number: a copy that was deleted and made anew has the
same name and another number. It is connected anew only from what was the app's own: the copy
that is no more, a copy of the app in an account that its hub file named before, or nothing at
all where the project itself shows whose it is. What somebody else connected it to stays.
"""

from collections.abc import Callable
from dataclasses import dataclass

from provisioner.actions.base import Writers
from provisioner.actions.support.copy_plan import KIND as REPOSITORY
from provisioner.actions.support.copy_plan import same_name
from provisioner.actions.support.host_problems import concerning, in_words
from provisioner.actions.support.project_key import PROJECT, project_key
from provisioner.engine.step import Claims
from provisioner.errors import Effect, RemoteError
from provisioner.hosting.base import HostWriter
from provisioner.models.app import DesiredApp
from provisioner.models.remote import Project, Repository


@dataclass(frozen=True)
class Link:
    """What is to become of a project's link. `why` is empty where it stays as it is.

    `former`: what the project builds so far; `None` where it builds nothing. Not `ready`: the
    copy is still to be made, by the step before.
    """

    why: str = ""
    former: str | None = None
    ready: bool = True


def link_of(
    app: DesiredApp,
    project: Project,
    copy: Repository | None,
    claims: Claims,
    is_shown: Callable[[], bool],
) -> Link | None:
    """What a project of ours needs; `None` where it was connected, or disconnected, by others.

    `is_shown`: whether the project itself shows that it is the app's.
    """
    if copy is not None and project.repository_id == copy.id:
        return Link()
    why = _reason(app, project, copy, claims, is_shown)
    if why is None:
        return None
    return Link(why, project.repository, copy is not None)


def _reason(
    app: DesiredApp,
    project: Project,
    copy: Repository | None,
    claims: Claims,
    is_shown: Callable[[], bool],
) -> str | None:
    former = project.repository
    if former is None:
        ours = (PROJECT, project_key(app, app.project)) in claims and is_shown()
        nothing = project.repository_id is None and ours
        return f"The project is connected to its copy again: {app.repository}." if nothing else None
    if same_name(former, app.repository):
        if project.repository_id is None:  # the host does not tell: the name has to do
            return ""
        word = "was" if copy else "is"
        return f"The copy {word} made anew, so the project is connected to it: {app.repository}."
    if not (_was_claimed(former, claims) or (_is_named(app, former) and is_shown())):
        return None
    return (
        "The hub's GitHub account is another one now, so the project is connected to the copy "
        f"there: {app.repository}, instead of {former}."
    )


def _is_named(app: DesiredApp, repository: str) -> bool:
    """Whether it has the name that a copy of the app has in any account."""
    return same_name(repository.rpartition("/")[2], app.name)


def _was_claimed(repository: str, claims: Claims) -> bool:
    """Whether the journal has it as the app's. It holds no name that the hub could not own."""
    return any(kind == REPOSITORY and same_name(name, repository) for kind, name in claims)


def reconnect(app: DesiredApp, writers: Writers, project_id: str, link: Link) -> None:
    """Connect a project to the app's copy; to what it built so far where that is refused.

    Nobody but the host knows whether it sees the copy, and it tells only when a project is to
    be connected, for which the link there is has to go first, as its own command line does it.
    """
    host = writers.host(app)
    if link.former is not None:
        with in_words(host, concerning(app)):
            host.disconnect_repository(app.team, project_id)
    try:
        host.connect_repository(app.team, project_id, app.repository)
    except RemoteError as error:
        state = _connected_back(app, host, project_id, link) if _is_refusal(error) else ""
        with in_words(host, concerning(app), state):
            raise


def _is_refusal(error: RemoteError) -> bool:
    """Whether it was surely not connected, and not for want of time."""
    return error.effect is Effect.NONE and error.retry_after is None


def _connected_back(app: DesiredApp, host: HostWriter, project_id: str, link: Link) -> str:
    """Undo the disconnecting as well as can be; how it stands now, in words."""
    if link.former is None or same_name(link.former, app.repository):
        return " What is online stays online."
    try:
        host.connect_repository(app.team, project_id, link.former)
    except RemoteError:
        return " Until then the project builds nothing; what is online stays online."
    return f" Until then the project builds {link.former}, and what is online stays online."
