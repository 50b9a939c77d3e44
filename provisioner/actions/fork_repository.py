"""Copies the app's source repository to the hub's GitHub account: a fork, or a template copy."""

from datetime import timedelta

from provisioner.actions.base import Readers, Writers
from provisioner.actions.support.copy_plan import KIND, Copy, same_name, to_be_made
from provisioner.actions.support.copy_refusals import copy_refusals
from provisioner.actions.support.host_problems import concerning, in_words
from provisioner.actions.support.ownership import claimed, foreign, is_labelled
from provisioner.engine.step import Assessed, Claims, moving
from provisioner.errors import FatalError
from provisioner.models.app import CopyMethod, DesiredApp
from provisioner.models.plan import Actor, Resource, Verdict
from provisioner.models.remote import Repository
from provisioner.refusals import THEN_RERUN, refusals


class ForkRepository:
    """Idempotent by natural key: the copy's name follows from the hub and the app."""

    name = "fork-repository"
    timeout = timedelta(minutes=5)
    optional = False

    def assess(
        self, app: DesiredApp, readers: Readers, claims: Claims, handle: str | None
    ) -> Assessed[Copy | None]:
        copy = readers.repositories.repository(app.repository)
        if copy is None:
            return to_be_made(app, readers)
        if not same_name(copy.full_name, app.repository):
            return _renamed(app, copy)
        proof = _proof(app, copy, readers)
        resource = Resource(kind=KIND, name=app.repository)
        if not proof or not _ours(app, readers, claims):
            return foreign(app, resource, f"a repository {app.repository}", proof)
        if readers.repositories.branch_head(copy.full_name, copy.default_branch) is None:
            return moving("GitHub is still copying the files.")
        return Assessed(Verdict.KEEP, f"{copy.full_name}", resources=(resource,))

    def perform(self, app: DesiredApp, writers: Writers, found: Copy | None) -> str | None:
        if found is None:  # adopting changes nothing at GitHub
            return None
        with refusals(*copy_refusals(app)):
            copy = _made(app, writers, found)
        if not same_name(copy.full_name, app.repository):
            raise _other_name(app, found.source, copy)
        return None


def _made(app: DesiredApp, writers: Writers, wanted: Copy) -> Repository:
    """The copy, or whatever GitHub gives in its place.

    To an owner who holds a fork GitHub may give that one, or the source itself
    to its own owner, and make nothing: then a copy of the template can still be made.
    """
    if wanted.method is CopyMethod.FORK:
        copy = writers.repositories.fork(wanted.source.full_name, wanted.owner, app.name)
        existing = not same_name(copy.full_name, app.repository) and not _is_numbered(app, copy)
        if not (existing and wanted.source.is_template):
            return copy
    return writers.repositories.generate(wanted.source, wanted.owner.login, app.name)


def _proof(app: DesiredApp, copy: Repository, readers: Readers) -> str:
    """How the copy shows what it was made from; empty when it does not."""
    source = app.entry.app.source
    origin = copy.parent or copy.template
    if origin is None or not _leads_to(source, origin, readers):
        return ""
    word = "a fork of" if copy.parent else "made from the template"
    return f"it is {word} {source}"


def _leads_to(source: str, name: str, readers: Readers) -> bool:
    """Whether the catalog's name, perhaps an older one, means the repository of this name."""
    if same_name(source, name):
        return True
    found = readers.repositories.repository(source)
    return found is not None and same_name(found.full_name, name)


def _ours(app: DesiredApp, readers: Readers, claims: Claims) -> bool:
    if claimed(claims, KIND, app.repository):
        return True
    host = readers.host(app)
    with in_words(host, concerning(app)):
        project = host.project(app.team, app.project)
    linked = project is not None and same_name(project.repository or "", app.repository)
    return linked and project is not None and is_labelled(app, project, readers)


def _renamed(app: DesiredApp, copy: Repository) -> Assessed[Copy | None]:
    return Assessed(
        Verdict.BLOCKED,
        f"{app.repository} is now called {copy.full_name}.",
        f"If it is this hub's copy, rename it back to {app.repository}. If it is something else, "
        f"give the app another id than `{app.id}` in hubs/{app.hub}.yaml. Nothing of it was "
        f"touched. {THEN_RERUN}",
        Actor.FACILITATOR,
    )


def _other_name(app: DesiredApp, source: Repository, copy: Repository) -> FatalError:
    if _is_numbered(app, copy):
        return FatalError(
            f"Somebody took the name {app.repository} just before the copy was made, so GitHub "
            f"called the copy {copy.full_name}.",
            f"Rename or delete the other repository {app.repository}, then rename "
            f"{copy.full_name} to `{app.name}`. {THEN_RERUN}",
            Actor.FACILITATOR,
        )
    if same_name(source.owner, app.owner):
        return FatalError(
            f"{app.owner} owns {source.full_name}, and GitHub gives {copy.full_name} instead of "
            "one more fork of it. It was left as it is.",
            f"Make {source.full_name} a template repository, in its settings, so that it can be "
            f"copied instead; or give hubs/{app.hub}.yaml another `github: owner:`. Then re-run "
            "the job.",
            Actor.MAINTAINER,
        )
    return FatalError(
        f"{app.owner} holds a copy of the same code already ({copy.full_name}), and GitHub gives "
        "that one instead of making another. It was left as it is.",
        f"If the hub may use it, rename it to `{app.name}`; if nobody needs it, delete it. "
        f"{THEN_RERUN}",
        Actor.FACILITATOR,
    )


def _is_numbered(app: DesiredApp, copy: Repository) -> bool:
    """Whether it has the name that GitHub gives when the wanted one is taken: `name-1`."""
    name = copy.full_name.rpartition("/")[2].lower()
    stem, dash, number = name.rpartition("-")
    return bool(dash) and number.isdecimal() and same_name(stem, app.name)
