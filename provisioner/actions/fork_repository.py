"""Copies the app's source repository to the hub's GitHub account: a fork, or a template copy."""

from dataclasses import dataclass
from datetime import timedelta

from provisioner.actions.base import Readers, Writers
from provisioner.actions.ownership import claimed, foreign, is_labelled
from provisioner.actions.refusals import Refusal, refusals, says
from provisioner.engine.step import Assessment, Claims, moving
from provisioner.errors import FatalError
from provisioner.models.app import CopyMethod, DesiredApp
from provisioner.models.plan import Actor, Resource, Verdict
from provisioner.models.remote import Account, Repository

KIND = "repository"


@dataclass(frozen=True)
class _Copy:
    """How the copy is to be made, and for whom."""

    method: CopyMethod
    owner: Account


class ForkRepository:
    """Idempotent by natural key: the copy's name follows from the hub and the app."""

    name = "fork-repository"
    timeout = timedelta(minutes=5)
    optional = False

    def assess(
        self, app: DesiredApp, readers: Readers, claims: Claims, handle: str | None
    ) -> Assessment:
        copy = readers.repositories.repository(app.repository)
        if copy is None:
            return _to_be_made(app, readers)
        if not _same(copy.full_name, app.repository):
            return _renamed(app, copy)
        proof = _proof(app, copy)
        resource = Resource(kind=KIND, name=app.repository)
        if not proof or not _ours(app, readers, claims):
            return foreign(app, resource, f"a repository {app.repository}", proof)
        if readers.repositories.branch_head(copy.full_name, copy.default_branch) is None:
            return moving("GitHub is still copying the files.")
        return Assessment(Verdict.KEEP, f"{copy.full_name}", resources=(resource,))

    def perform(self, app: DesiredApp, writers: Writers, look: Assessment) -> str | None:
        if not isinstance(look.found, _Copy):  # adopting changes nothing at GitHub
            return None
        source = app.entry.app.source
        with refusals(*_REFUSALS):
            if look.found.method is CopyMethod.FORK:
                copy = writers.repositories.fork(source, look.found.owner, app.name)
            else:
                copy = writers.repositories.generate(source, look.found.owner.login, app.name)
        if not _same(copy.full_name, app.repository):
            raise _other_name(app, copy)
        return None


def _to_be_made(app: DesiredApp, readers: Readers) -> Assessment:
    source = readers.repositories.repository(app.entry.app.source)
    if source is None:
        return _blocked(
            f"The app's source {app.entry.app.source} cannot be seen.",
            "Check the name in the catalog and that the provisioner's GitHub token may read it.",
            Actor.MAINTAINER,
        )
    owner = readers.repositories.account(app.owner)
    if owner is None:
        return _blocked(
            f"There is no GitHub account `{app.owner}`.",
            f"Correct `github: owner:` in hubs/{app.hub}.yaml, or create the account.",
            Actor.FACILITATOR,
        )
    return _wrong_person(app, owner, readers) or _by_method(app, source, owner, readers)


def _wrong_person(app: DesiredApp, owner: Account, readers: Readers) -> Assessment | None:
    """A fork for a person goes to the token's own user, whoever was asked for."""
    if not owner.personal or _same(readers.repositories.viewer(), owner.login):
        return None
    return _blocked(
        f"`{owner.login}` is a person's account, and the provisioner's token is not theirs.",
        f"Use a GitHub organisation in hubs/{app.hub}.yaml, or give this hub that person's token.",
        Actor.FACILITATOR,
    )


def _by_method(app: DesiredApp, source: Repository, owner: Account, readers: Readers) -> Assessment:
    method = app.entry.app.copy_method
    if method is CopyMethod.FORK:
        taken = _why_no_fork(source, owner, readers)
        if taken and not source.is_template:
            return _blocked(
                taken,
                f"Give this hub another `github: owner:` in hubs/{app.hub}.yaml, or make "
                f"{source.full_name} a template repository so that it can be copied instead.",
                Actor.MAINTAINER,
            )
        method = CopyMethod.TEMPLATE if taken else method
    word = "Fork" if method is CopyMethod.FORK else "Copy"
    return Assessment(
        Verdict.CREATE,
        f"{word} {source.full_name} to {app.repository}.",
        resources=(Resource(kind=KIND, name=app.repository),),
        found=_Copy(method, owner),
    )


def _why_no_fork(source: Repository, owner: Account, readers: Readers) -> str:
    """An owner holds one fork of a repository, and none of its own."""
    if _same(source.owner, owner.login):
        return (
            f"{owner.login} owns {source.full_name} itself, and GitHub forks nothing to its owner."
        )
    fork = readers.repositories.fork_of(source.full_name, owner.login)
    if fork is None:
        return ""
    return f"{owner.login} holds a fork of {source.full_name} already ({fork.full_name})."


def _proof(app: DesiredApp, copy: Repository) -> str:
    source = app.entry.app.source
    if copy.parent and _same(copy.parent, source):
        return f"it is a fork of {source}"
    if copy.template and _same(copy.template, source):
        return f"it was made from the template {source}"
    return ""


def _ours(app: DesiredApp, readers: Readers, claims: Claims) -> bool:
    if claimed(claims, KIND, app.repository):
        return True
    project = readers.host.project(app.team, app.project)
    linked = project is not None and _same(project.repository or "", app.repository)
    return linked and project is not None and is_labelled(app, project, readers)


def _renamed(app: DesiredApp, copy: Repository) -> Assessment:
    return _blocked(
        f"{app.repository} is now called {copy.full_name}.",
        f"Rename it back to `{app.name}`, then re-run the job. Nothing of it was touched.",
        Actor.FACILITATOR,
    )


def _other_name(app: DesiredApp, copy: Repository) -> FatalError:
    return FatalError(
        f"GitHub answered with {copy.full_name} instead of {app.repository}.",
        "The account holds a fork under that name, or the wanted name was taken meanwhile. "
        "The provisioner left it as it is: rename or delete it, then re-run the job.",
        Actor.FACILITATOR,
    )


def _blocked(message: str, hint: str, who: Actor) -> Assessment:
    return Assessment(Verdict.BLOCKED, message, hint, who)


def _same(one: str, other: str) -> bool:
    """GitHub compares names without regard to case."""
    return one.lower() == other.lower()


_REFUSALS = (
    Refusal(
        says("forking is disabled", 403),
        "The account or the source does not allow forks.",
        "The owner of the account allows forking in its member privileges; the source's owner "
        "allows it in the repository's settings. Then re-run the job.",
        Actor.MAINTAINER,
    ),
    Refusal(
        says("no git content", 403),
        "The app's source repository is empty, so there is nothing to copy.",
        "Put the app's code into the source repository, then re-run the job.",
        Actor.MAINTAINER,
    ),
    Refusal(
        lambda error: error.status == 403 and error.retry_after is None,
        "GitHub does not let the provisioner make a copy in this account.",
        "Give the provisioner's token administration rights in the account, as the README "
        "lists, then re-run the job.",
        Actor.FACILITATOR,
    ),
    Refusal(
        lambda error: error.status == 404,
        "GitHub does not show the account or the source to the provisioner.",
        "Let the provisioner's account into the organisation, as the README lists, then re-run.",
        Actor.FACILITATOR,
    ),
)
