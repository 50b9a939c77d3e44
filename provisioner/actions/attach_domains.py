"""Puts the hub's domains on the project, after its first good deployment.

A domain that another project holds is never taken: it is waited for, shortly
where another app of the hub is giving it up, else until a person has released it.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import timedelta

from provisioner.actions.base import Readers, Writers
from provisioner.actions.dns_entries import entries_of, look_at
from provisioner.actions.domain_refusals import already_here, holder_of, refusals_of
from provisioner.actions.refusals import refusals
from provisioner.engine.step import Assessment, Claims, Progress
from provisioner.errors import RemoteError
from provisioner.hosting.base import HostReader
from provisioner.models.app import DesiredApp
from provisioner.models.plan import Actor, Resource, Verdict
from provisioner.models.remote import AttachedDomain

KIND = "domain"
LOOK_AGAIN = timedelta(hours=1)

Held = Mapping[str, str]
"""Domains that were refused to us: by name the id of the project that has it, or nothing."""


class AttachDomains:
    """Looks which domains are on the project and adds the missing ones.

    The handle says which of them others hold, so that the next look can say whose they are.
    """

    name = "attach-domains"
    timeout = timedelta(minutes=2)
    optional = False

    def assess(
        self, app: DesiredApp, readers: Readers, claims: Claims, handle: str | None
    ) -> Assessment:
        if not app.domains:
            return Assessment(Verdict.KEEP, "The app has no domain of its own.", needless=True)
        attached = {
            item.name: item for item in attached_domains(readers.host, app.team, app.project)
        }
        missing = tuple(domain for domain in app.domains if domain not in attached)
        resources = tuple(Resource(kind=KIND, name=domain) for domain in app.domains)
        if not missing:
            return Assessment(Verdict.KEEP, ", ".join(app.domains), resources=resources)
        held = {name: by for name, by in _held(handle).items() if name in missing}
        free = tuple(domain for domain in missing if domain not in held)
        if free:
            detail = f"Connect {', '.join(free)}."
            return Assessment(Verdict.CREATE, detail, resources=resources, found=free)
        ours = [attached[domain] for domain in app.domains if domain in attached]
        return _waiting(app, held, ours, readers)

    def perform(self, app: DesiredApp, writers: Writers, look: Assessment) -> str | None:
        held: dict[str, str] = {}
        for domain in look.found if isinstance(look.found, tuple) else ():
            with refusals(*refusals_of(domain, app)):
                try:
                    writers.host.attach_domain(app.team, app.project, domain)
                except RemoteError as error:
                    if already_here(error):
                        continue
                    holder = holder_of(error)
                    if holder is None:
                        raise
                    held[domain] = holder
        return json.dumps(held) if held else None


def attached_domains(host: HostReader, team: str, project: str) -> tuple[AttachedDomain, ...]:
    """The project's domains; none while there is no project."""
    try:
        return host.domains(team, project)
    except RemoteError as error:
        if error.status == 404:
            return ()
        raise


def _held(handle: str | None) -> Held:
    held: Held = json.loads(handle) if handle else {}
    return held


def _waiting(
    app: DesiredApp, held: Held, ours: list[AttachedDomain], readers: Readers
) -> Assessment:
    """Every domain that is still missing was refused: whose they are, and who may release them.

    The entries of those that are ours are told already, so that nobody waits for them.
    """
    holders = {name: _holder(app, name, by, readers) for name, by in held.items()}
    released = tuple(name for name, holder in holders.items() if holder is None)
    if released:
        detail = f"Connect {', '.join(released)}, now given up by another project."
        return Assessment(Verdict.CREATE, detail, found=released)
    look = _told(app, {name: holder for name, holder in holders.items() if holder})
    return replace(look, dns=entries_of(look_at(app, ours, readers))) if ours else look


@dataclass(frozen=True)
class _Holder:
    """Who has a domain. No project's name: one that we may not see."""

    project: str = ""
    sibling: bool = False
    """Another app of this very hub, which gives the domain up if the hub file says so."""

    def __str__(self) -> str:
        return f"the Vercel project {self.project}" if self.project else "another Vercel account"


def _holder(app: DesiredApp, domain: str, project_id: str, readers: Readers) -> _Holder | None:
    """`None` where the project that had it has it no more."""
    project = readers.host.project(app.team, project_id) if project_id else None
    if project is None or project.name == app.project:
        return _Holder()
    if domain not in {item.name for item in readers.host.domains(app.team, project.id)}:
        return None
    return _Holder(project.name, sibling=project.name.startswith(f"{app.hub}--"))


def _told(app: DesiredApp, holders: Mapping[str, _Holder]) -> Assessment:
    projects = list(dict.fromkeys(one.project for one in holders.values() if one.project))
    where = f"in the settings of {' and '.join(projects)}" if projects else "there"
    coming = any(one.sibling for one in holders.values())
    return Assessment(
        Verdict.KEEP,
        f"{'; '.join(f'{name} is in use by {one}' for name, one in holders.items())}.",
        f"If it is yours, remove it {where}, under Domains. If it is not, choose another domain "
        f"in hubs/{app.hub}.yaml. The provisioner looks again by itself.",
        Actor.FACILITATOR,
        Progress.MOVING if coming else Progress.WAITING,
        LOOK_AGAIN,
    )
