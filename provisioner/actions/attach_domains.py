"""Puts the hub's domains on the project, after its first good deployment.

A domain that another's project holds is never taken: it is waited for until a
person has released it. From another project of this hub it is handed over.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import timedelta

from provisioner.actions.base import Readers, Writers
from provisioner.actions.support.dns_entries import entries_of, observe
from provisioner.actions.support.hand_over import (
    FormerProject,
    Holder,
    Holders,
    given_up,
    holders,
    not_ready,
)
from provisioner.actions.support.host_problems import concerning, in_words
from provisioner.actions.support.project_domains import KIND, attached_domains
from provisioner.engine.step import Assessed, Claims, Progress
from provisioner.hosting.kind import HostKind
from provisioner.hosting.problems import HostProblem, Problem
from provisioner.models.app import DesiredApp
from provisioner.models.plan import Actor, Resource, Verdict
from provisioner.models.remote import AttachedDomain
from provisioner.refusals import BY_ITSELF

OBSERVE_AGAIN = timedelta(hours=1)

Refused = Mapping[str, str]
"""Domains that were refused to us: by name the id of the project that has it, or nothing."""


@dataclass(frozen=True)
class _Wanted:
    """Domains to be connected, and the projects of the hub that give some of them up."""

    names: tuple[str, ...] = ()
    holders: Holders = field(default_factory=dict)


class AttachDomains:
    """Looks which domains are on the project and adds the missing ones.

    The handle says which of them others hold, so that the next look can say whose they are.
    """

    name = "attach-domains"
    timeout = timedelta(minutes=5)
    optional = False

    def __init__(self, former: tuple[FormerProject, ...] = ()) -> None:
        self._former = former

    def assess(
        self, app: DesiredApp, readers: Readers, claims: Claims, handle: str | None
    ) -> Assessed[_Wanted]:
        if not app.domains:
            return Assessed(Verdict.KEEP, "The app has no domain of its own.", needless=True)
        attached = {item.name: item for item in attached_domains(readers, app, app.project)}
        missing = tuple(domain for domain in app.domains if domain not in attached)
        resources = tuple(Resource(kind=KIND, name=domain) for domain in app.domains)
        if not missing:
            return Assessed(Verdict.KEEP, ", ".join(app.domains), resources=resources)
        refused = {name: by for name, by in _refused(handle).items() if name in missing}
        ours = [attached[domain] for domain in app.domains if domain in attached]
        assessment = self._missing(app, missing, refused, readers) or _waiting(
            app, refused, ours, readers
        )
        return replace(assessment, resources=resources)

    def _missing(
        self, app: DesiredApp, missing: tuple[str, ...], refused: Refused, readers: Readers
    ) -> Assessed[_Wanted] | None:
        """What can be done about it; `None` where others have all that is missing."""
        taken = holders(missing, self._former, readers)
        free = tuple(name for name in missing if name not in refused and name not in taken)
        late = not_ready(app, taken, readers) if taken else None
        if late and not free:
            return late
        ready = {} if late else taken
        wanted = _Wanted(tuple(name for name in missing if name in free or name in ready), ready)
        if not wanted.names:
            return None
        detail = f"Connect {', '.join(wanted.names)}.{_from(ready)}"
        return Assessed(Verdict.CREATE, detail, found=wanted)

    def perform(self, app: DesiredApp, writers: Writers, found: _Wanted) -> str | None:
        refused: dict[str, str] = {}
        for domain in found.names:
            with in_words(writers.host(app), concerning(app, domain)):
                holder = _attached(app, writers, domain, found.holders.get(domain))
            if holder is not None:
                refused[domain] = holder
        return json.dumps(refused) if refused else None


def _attached(app: DesiredApp, writers: Writers, domain: str, holder: Holder | None) -> str | None:
    """Connect one domain; where another's project has it, that one's id or an empty text."""
    try:
        with given_up(domain, holder, writers):
            _attach(app, writers, domain)
    except HostProblem as error:
        if error.problem is Problem.DOMAIN_HELD:
            return error.holder
        raise
    return None


def _attach(app: DesiredApp, writers: Writers, domain: str) -> None:
    try:
        writers.host(app).attach_domain(app.team, app.project, domain)
    except HostProblem as error:
        if error.problem is not Problem.DOMAIN_HERE:
            raise


def _from(holders: Holders) -> str:
    places = sorted({f"{item.at.team}/{item.at.project}" for item in holders.values()})
    return f" {' and '.join(places)} gives it up at that moment." if places else ""


def _refused(handle: str | None) -> Refused:
    held: Refused = json.loads(handle) if handle else {}
    return held


def _waiting(
    app: DesiredApp, held: Refused, ours: list[AttachedDomain], readers: Readers
) -> Assessed[_Wanted]:
    """Every domain that is still missing was refused: whose they are, and who may release them.

    The entries of those that are ours are told already, so that nobody waits for them.
    """
    holders = {name: _holder(app, name, by, readers) for name, by in held.items()}
    released = tuple(name for name, holder in holders.items() if holder is None)
    if released:
        detail = f"Connect {', '.join(released)}, now given up by another project."
        return Assessed(Verdict.CREATE, detail, found=_Wanted(released))
    held_by = {name: holder for name, holder in holders.items() if holder}
    assessment = _in_use(app, held_by, readers.host(app).kind)
    return replace(assessment, dns=entries_of(observe(app, ours, readers))) if ours else assessment


@dataclass(frozen=True)
class _Holder:
    """Who has a domain. No project's name: one that we may not see."""

    project: str = ""
    sibling: bool = False
    """Another app of this very hub, which gives the domain up if the hub file says so."""

    def at(self, host: str) -> str:
        return f"the {host} project {self.project}" if self.project else f"another {host} account"


def _holder(app: DesiredApp, domain: str, project_id: str, readers: Readers) -> _Holder | None:
    """`None` where the project that had it has it no more."""
    project = readers.host(app).project(app.team, project_id) if project_id else None
    if project is None or project.name == app.project:
        return _Holder()
    if domain not in {item.name for item in readers.host(app).domains(app.team, project.id)}:
        return None
    return _Holder(project.name, sibling=project.name.startswith(f"{app.hub}--"))


def _in_use(app: DesiredApp, holders: Mapping[str, _Holder], kind: HostKind) -> Assessed[_Wanted]:
    projects = list(dict.fromkeys(one.project for one in holders.values() if one.project))
    where = f"in the settings of {' and '.join(projects)}" if projects else "there"
    coming = any(one.sibling for one in holders.values())
    return Assessed(
        Verdict.KEEP,
        f"{'; '.join(f'{name} is in use by {one.at(kind.name)}' for name, one in holders.items())}"
        ".",
        f"If it is yours, {kind.hints.release_domain.format(where=where)}. If it is not, choose "
        f"another domain in hubs/{app.hub}.yaml. {BY_ITSELF}",
        Actor.FACILITATOR,
        Progress.MOVING if coming else Progress.WAITING,
        OBSERVE_AGAIN,
    )
