"""Moves a domain from one project of the hub to another, with as short a gap as the host allows.

Another's project is never asked to give anything up: each has to show that it
is this hub's, by its link to the hub's copy or by our label. And nothing is
taken before the project that gets it answers by itself.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import timedelta
from typing import Never

from provisioner.actions.base import Readers, Writers
from provisioner.actions.support.dns_entries import entries_of, observe
from provisioner.actions.support.host_problems import in_words
from provisioner.actions.support.project_domains import (
    ProjectDomains,
    attached_domains,
    is_proved,
    production_names,
)
from provisioner.engine.step import Assessed, Progress, moving
from provisioner.errors import Effect, RemoteError
from provisioner.hosting.problems import Concerned, HostProblem, Problem
from provisioner.models.app import DesiredApp
from provisioner.models.plan import Actor, Verdict
from provisioner.models.remote import AttachedDomain
from provisioner.refusals import BY_ITSELF

OBSERVE_AGAIN = timedelta(minutes=10)


@dataclass(frozen=True)
class Holder:
    """A project of the hub that gives up a domain for the app."""

    at: ProjectDomains
    domain: AttachedDomain


Holders = Mapping[str, Holder]
"""By the domain's name."""


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
    found: dict[str, Holder] = {}
    for item in former:
        wanted = item.claimed.intersection(missing) - found.keys()
        if wanted:
            held = _held(item.at, readers)
            found |= {one.name: Holder(item.at, one) for one in held if one.name in wanted}
    return found


def _held(place: ProjectDomains, readers: Readers) -> tuple[AttachedDomain, ...]:
    """What a project of ours has; nothing where it is not ours, or cannot be looked at."""
    try:
        project = readers.host(place).project(place.team, place.project)
        if project is None or not is_proved(place, project, readers):
            return ()
        return attached_domains(readers, place, place.project)
    except HostProblem as error:
        if error.problem is Problem.NO_ENTRY:
            return ()
        raise


def not_ready(app: DesiredApp, holders: Holders, readers: Readers) -> Assessed[Never] | None:
    """Why the domains stay where they are for now; `None` where they may move."""
    host = readers.host(app)
    if host.project(app.team, app.project) is None:
        return None  # it is made first, and looked at again then
    if not host.kind.abilities.domains_after_build:
        return _led_elsewhere(app, holders, readers)  # it answers nowhere before it has them
    return _unanswered(app, holders, readers) or _led_elsewhere(app, holders, readers)


def _unanswered(app: DesiredApp, holders: Holders, readers: Readers) -> Assessed[Never] | None:
    """The app's own project has to answer under the host's name for it."""
    hosts = production_names(app, readers)
    if not hosts:
        return moving("The app has no address yet.")
    seen = readers.pages.observe(hosts[0], app.entry.app.health, hosts)
    if seen.answers:
        return None
    return Assessed(
        Verdict.KEEP,
        f"{_named(holders)} stays where it is until {hosts[0]} answers: {seen.reason}.",
        f"If it stays so, open the project {app.project} on {readers.host(app).kind.name} and read "
        f"its logs. {BY_ITSELF}",
        Actor.MAINTAINER,
        Progress.MOVING,
    )


def _led_elsewhere(app: DesiredApp, holders: Holders, readers: Readers) -> Assessed[Never] | None:
    """A domain that works where it is moves when its DNS entry works for the new project, too."""
    there = [
        item.domain.model_copy(update={"verified": True, "challenges": ()})
        for item in holders.values()
        if item.domain.verified and _works(item, readers)
    ]
    observations = observe(app, there, readers)
    if any(seen.advice is None for seen in observations):
        return moving(f"{readers.host(app).kind.name} could not ask the name servers just now.")
    early = [seen for seen in observations if seen.advice and seen.advice.misconfigured]
    if not early:
        return None
    return Assessed(
        Verdict.KEEP,
        f"{', '.join(seen.domain.name for seen in early)} answers where it was so far. It moves "
        "as soon as its DNS entry leads to the new place.",
        "Change the DNS entry as listed, where the domain is managed. For some minutes up to an "
        "hour the address may not answer then; the provisioner looks again by itself.",
        Actor.FACILITATOR,
        Progress.WAITING,
        OBSERVE_AGAIN,
        dns=entries_of(observations),
    )


def _works(holder: Holder, readers: Readers) -> bool:
    place = holder.at
    return (
        not readers.host(place)
        .domain_advice(place.team, place.project, holder.domain)
        .misconfigured
    )


def _named(holders: Holders) -> str:
    return ", ".join(holders)


@contextmanager
def given_up(domain: str, holding: Holder | None, writers: Writers) -> Iterator[None]:
    """Inside, the domain is free; where it could not be taken, its holder has it back."""
    if holding is None:
        yield
        return
    holder = holding.at
    host = writers.host(holder)
    with in_words(host, Concerned(holder.team, holder.project, domain=domain)):
        host.detach_domain(holder.team, holder.project, domain)
    try:
        yield
    except RemoteError as error:
        if error.effect is Effect.NONE:
            with suppress(RemoteError):
                host.attach_domain(holder.team, holder.project, domain)
        raise
