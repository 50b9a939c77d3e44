"""How a copy that is not there yet can be made, and what stands in its way. Looks only."""

from dataclasses import dataclass

from provisioner.actions.base import Readers
from provisioner.engine.step import Assessed, moving
from provisioner.models.app import CopyMethod, DesiredApp
from provisioner.models.plan import Actor, Resource, Verdict
from provisioner.models.remote import Account, Repository
from provisioner.refusals import THEN_RERUN

KIND = "repository"


@dataclass(frozen=True)
class Copy:
    """How the copy is to be made, of what, and for whom."""

    method: CopyMethod
    source: Repository
    owner: Account


def to_be_made(app: DesiredApp, readers: Readers) -> Assessed[Copy]:
    """What has to be done for an app that has no copy yet."""
    source = readers.repositories.repository(app.entry.app.source)
    if source is None:
        return _blocked(
            f"The app's source {app.entry.app.source} cannot be seen.",
            "Check its name in the catalog, and that the provisioner's GitHub token may read it; "
            "then re-run the job.",
            Actor.MAINTAINER,
        )
    owner = readers.repositories.account(app.owner)
    if owner is None:
        return _blocked(
            f"There is no GitHub account `{app.owner}`.",
            f"Correct `github: owner:` in hubs/{app.hub}.yaml, or make the account. {THEN_RERUN}",
            Actor.FACILITATOR,
        )
    return _wrong_person(app, owner, readers) or _by_method(app, source, owner, readers)


def same_name(one: str, other: str) -> bool:
    """GitHub compares names without regard to case."""
    return one.lower() == other.lower()


def _wrong_person(app: DesiredApp, owner: Account, readers: Readers) -> Assessed[Copy] | None:
    """A fork for a person goes to the token's own user, whoever was asked for."""
    if not owner.personal or same_name(readers.repositories.viewer(), owner.login):
        return None
    return _blocked(
        f"`{owner.login}` is a person's account on GitHub, and only that person can put a "
        "repository there.",
        "Make a free GitHub organisation for the hub and name it under `github: owner:` in "
        f"hubs/{app.hub}.yaml; or ask a network maintainer to keep a token of `{owner.login}` in "
        f"the Actions environment `hub-{app.hub}`.",
        Actor.FACILITATOR,
    )


def _by_method(
    app: DesiredApp, source: Repository, owner: Account, readers: Readers
) -> Assessed[Copy]:
    """A fork where that is asked for and possible, else a copy of the template."""
    method = app.entry.app.copy_method
    if method is CopyMethod.FORK:
        hindrance = _no_fork(app, source, owner, readers)
        if hindrance and (hindrance.verdict is not Verdict.BLOCKED or not source.is_template):
            return hindrance
        method = CopyMethod.TEMPLATE if hindrance else method
    elif not source.is_template:
        return _blocked(
            f"The catalog asks for a copy of the template {source.full_name}, which is none.",
            f"Make {source.full_name} a template repository, in its settings; or write "
            "`copy: fork` in the catalog. Then re-run the job.",
            Actor.MAINTAINER,
        )
    word = "Fork" if method is CopyMethod.FORK else "Copy"
    return Assessed(
        Verdict.CREATE,
        f"{word} {source.full_name} to {app.repository}.",
        resources=(Resource(kind=KIND, name=app.repository),),
        found=Copy(method, source, owner),
    )


def _no_fork(
    app: DesiredApp, source: Repository, owner: Account, readers: Readers
) -> Assessed[Copy] | None:
    """Why no fork is to be made now: an owner holds one, a person none of what is theirs.

    Whether the organisation of the source may hold several is written nowhere: it is asked for.
    """
    owns_source = same_name(source.owner, owner.login)
    if owns_source and owner.personal:
        return _blocked(
            f"{owner.login} owns {source.full_name}, and GitHub forks nothing to the person who "
            "owns it.",
            f"Make {source.full_name} a template repository, in its settings, so that it can be "
            f"copied instead; or give hubs/{app.hub}.yaml another `github: owner:`. Then re-run "
            "the job.",
            Actor.MAINTAINER,
        )
    fork = readers.repositories.fork_of(source.full_name, owner.login)
    if fork is None:
        return None
    if same_name(fork.full_name, app.repository):
        return moving("GitHub is still making the copy.")
    return None if owns_source else _holds_another(app, source, owner, fork)


def _holds_another(
    app: DesiredApp, source: Repository, owner: Account, fork: Repository
) -> Assessed[Copy]:
    return _blocked(
        f"{owner.login} holds a fork of {source.full_name} already ({fork.full_name}), and "
        "GitHub allows only one.",
        f"Choose: rename that fork to `{app.name}` and write `adopt: true` under the app "
        f"`{app.id}` in hubs/{app.hub}.yaml, if the hub may use it; or delete it, if nobody "
        f"needs it; or name another `github: owner:`. {THEN_RERUN}",
        Actor.FACILITATOR,
    )


def _blocked(message: str, hint: str, who: Actor) -> Assessed[Copy]:
    return Assessed(Verdict.BLOCKED, message, hint, who)
