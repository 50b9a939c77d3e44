"""Moves a domain from one project of the hub to another, with as short a gap as the host allows.

Another's project is never asked to give anything up: each has to show that it
is this hub's, by its link to the hub's copy or by our label. And nothing is
taken before the project that gets it answers by itself.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass

from provisioner.actions.base import Readers, Writers
from provisioner.actions.check_live import production_names
from provisioner.actions.domain_refusals import detach_refusals
from provisioner.actions.project_domains import ProjectDomains, attached_domains, is_proved
from provisioner.actions.refusals import refusals
from provisioner.engine.step import Assessment, Progress, moving
from provisioner.errors import Effect, RemoteError
from provisioner.models.app import DesiredApp
from provisioner.models.plan import Actor, Verdict

Holders = Mapping[str, ProjectDomains]
"""Domains that a project of the hub gives up for the app, by name."""


@dataclass(frozen=True)
class FormerProject:
    """A project of this hub, not the app's own, that may have one of the app's domains.

    `claimed`: the domains that the journal says it was given.
    """

    at: ProjectDomains
    claimed: frozenset[str]


@dataclass(frozen=True)
class Neighbours:
    """What an app has to know of the other projects and apps of its hub."""

    former: tuple[FormerProject, ...] = ()
    """Projects that may still have one of the app's domains."""
    wanted: tuple[str, ...] = ()
    """Domains that the hub's other apps want: given up to them, and to nobody before."""


def holders(missing: Sequence[str], former: Sequence[FormerProject], readers: Readers) -> Holders:
    """Which of the domains are on other projects of the hub, where we once put them.

    One that a person put there is left to her.
    """
    found: dict[str, ProjectDomains] = {}
    for item in former:
        wanted = item.claimed.intersection(missing) - found.keys()
        if wanted:
            found |= dict.fromkeys(wanted & _held(item.at, readers), item.at)
    return found


def _held(place: ProjectDomains, readers: Readers) -> set[str]:
    """What a project of ours has; nothing where it is not ours, or cannot be looked at."""
    try:
        project = readers.host.project(place.team, place.project)
        if project is None or not is_proved(place, project, readers):
            return set()
        return {item.name for item in attached_domains(readers.host, place.team, place.project)}
    except RemoteError as error:
        if error.status == 403 and error.retry_after is None:
            return set()
        raise


def not_ready(app: DesiredApp, names: Sequence[str], readers: Readers) -> Assessment | None:
    """Why the domains stay where they are for now; `None` where the app's own project answers."""
    if readers.host.project(app.team, app.project) is None:
        return None  # it is made first, and looked at again then
    hosts = production_names(app, readers)
    if not hosts:
        return moving("The app has no address yet.")
    seen = readers.pages.look(hosts[0], app.entry.app.health, hosts)
    if seen.answers:
        return None
    return Assessment(
        Verdict.KEEP,
        f"{', '.join(names)} stays where it is until {hosts[0]} answers: {seen.reason}.",
        f"Open the project {app.project} on Vercel and read its logs, if it stays so. The "
        "provisioner looks again by itself.",
        Actor.MAINTAINER,
        Progress.MOVING,
    )


@contextmanager
def given_up(domain: str, holder: ProjectDomains | None, writers: Writers) -> Iterator[None]:
    """Inside, the domain is free; where it could not be taken, its holder has it back."""
    if holder is None:
        yield
        return
    with refusals(*detach_refusals(domain, holder.project)):
        writers.host.detach_domain(holder.team, holder.project, domain)
    try:
        yield
    except RemoteError as error:
        if error.effect is Effect.NONE:
            with suppress(RemoteError):
                writers.host.attach_domain(holder.team, holder.project, domain)
        raise
