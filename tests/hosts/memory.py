"""A host that is nothing but Python objects, and differs from Vercel in everything it may.

A push builds nothing; domains are connected before the build that makes them answer, and their
DNS entries have to stand before that; there is no build log; a build carries no labels; a
repository has no number. An account is a `room`.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from itertools import count
from typing import Annotated, ClassVar

from pydantic import Field

from provisioner.clock import Clock
from provisioner.dns.resolver import DnsReader
from provisioner.errors import Effect, RemoteError
from provisioner.hosting.accounts import HostAccountReader
from provisioner.hosting.base import Host
from provisioner.hosting.kind import (
    Abilities,
    AccountWords,
    Hints,
    HostAccess,
    HostAccount,
    HostKind,
)
from provisioner.hosting.problems import Concerned, HostProblem, Problem
from provisioner.hosting.registry import HOSTS
from provisioner.models.app import BuildSettings
from provisioner.models.diagnosis import Verdict, ok
from provisioner.models.dns import DnsEntry, DnsState
from provisioner.models.remote import (
    Account,
    AttachedDomain,
    Deployment,
    DeploymentState,
    DomainAdvice,
    Mark,
    PageObservation,
    PageTrouble,
    Project,
    Variable,
    VariableSetting,
)
from provisioner.models.setup import Team
from provisioner.refusals import Words

ADDRESS = "192.0.2.7"
OWN = "memory.example"


@dataclass
class Stored:
    """One project. `served`: the names that the newest build answers to."""

    project: Project
    variables: dict[str, Variable] = field(default_factory=dict)
    values: dict[str, str] = field(default_factory=dict)
    domains: list[str] = field(default_factory=list)
    builds: list[Deployment] = field(default_factory=list)
    served: tuple[str, ...] = ()


class MemoryHost:
    """A `Host` and a `PageReader`. `calls`: what it was asked to do. `fails`: the next build."""

    def __init__(self, clock: Clock, dns: DnsReader) -> None:
        self.stored: dict[tuple[str, str], Stored] = {}
        self.calls: list[str] = []
        self.fails = False
        self._clock, self._dns, self._ids = clock, dns, count(1)

    @property
    def kind(self) -> HostKind:
        return MEMORY

    def project(self, team: str, project: str) -> Project | None:
        found = self._find(team, project)
        return found.project if found else None

    def variables(self, team: str, project: str) -> tuple[Variable, ...]:
        return tuple(self._held(team, project).variables.values())

    def deployments(self, team: str, project_id: str) -> Iterable[Deployment]:
        return reversed(self._held(team, project_id).builds)

    def deployment(self, team: str, deployment_id: str) -> Deployment:
        for (room, _), stored in self.stored.items():
            for build in stored.builds:
                if (room, build.id) == (team, deployment_id):
                    return build
        raise _no(Problem.MISSING)

    def build_log(self, team: str, deployment_id: str, lines: int) -> tuple[str, ...]:
        raise AssertionError("this host has no build log")

    def domains(self, team: str, project: str) -> tuple[AttachedDomain, ...]:
        held = self._held(team, project)
        return tuple(
            AttachedDomain(name=name, zone=name, verified=True, in_effect=name in held.served)
            for name in held.domains
        )

    def domain_advice(self, team: str, project: str, domain: AttachedDomain) -> DomainAdvice:
        entry = DnsEntry(type="A", name=domain.name, value=ADDRESS, zone=domain.zone)
        seen = self._dns.seen(entry)
        return DomainAdvice(misconfigured=seen.state is not DnsState.OK, wanted=(entry,))

    def create_project(
        self, team: str, name: str, repository: str, build: BuildSettings, mark: str = ""
    ) -> Project:
        self.calls.append(f"create {team}/{name}")
        project = Project(
            id=f"p{next(self._ids)}",
            name=name,
            repository=repository,
            production_branch="main",
            build=build,
            mark=Mark(app=mark, made_at=self._clock.now()) if mark else None,
        )
        self.stored[team, name] = Stored(project)
        return project

    def disconnect_repository(self, team: str, project_id: str) -> None:
        raise AssertionError("nothing here asks for it")

    def connect_repository(self, team: str, project_id: str, repository: str) -> None:
        raise AssertionError("nothing here asks for it")

    def update_project(self, team: str, project: str, build: BuildSettings) -> None:
        raise AssertionError("nothing here asks for it")

    def pause_project(self, team: str, project_id: str) -> None:
        self.calls.append(f"pause {project_id}")
        held = self._held(team, project_id)
        held.served = ()
        held.project = held.project.model_copy(update={"paused": True})

    def unpause_project(self, team: str, project_id: str) -> None:
        self.calls.append(f"unpause {project_id}")
        held = self._held(team, project_id)
        held.served = held.project.aliases
        held.project = held.project.model_copy(update={"paused": False})

    def set_variables(self, team: str, project: str, settings: Sequence[VariableSetting]) -> None:
        held = self._held(team, project)
        self.calls.append(f"set {', '.join(sorted(one.key for one in settings))}")
        for one in settings:
            held.values[one.key] = one.value
            held.variables[one.key] = Variable(
                id=f"v{next(self._ids)}",
                key=one.key,
                targets=("production",),
                secret=one.secret,
                comment=one.comment,
                updated_at=self._now(),
            )

    def remove_variable(self, team: str, project: str, variable_id: str) -> None:
        held = self._held(team, project)
        held.variables = {k: v for k, v in held.variables.items() if v.id != variable_id}

    def deploy(
        self, team: str, project: Project, branch: str, commit: str, labels: dict[str, str]
    ) -> Deployment:
        held = self._held(team, project.id)
        self.calls.append(f"deploy {commit[:7]}")
        if not self.fails:
            self._offline(held)
        build = Deployment(
            id=f"d{next(self._ids)}",
            state=DeploymentState.ERROR if self.fails else DeploymentState.READY,
            failure="the build ended with 1" if self.fails else "",
            aliased=not self.fails,
            commit=commit,
            created_at=self._now(),
            aliases=(f"{project.name}.{OWN}", *held.domains),
        )
        self.fails = False
        held.builds.append(build)
        if build.aliased:
            held.served = build.aliases
            self._note(held, build)
        return build

    def promote(self, team: str, project_id: str, deployment_id: str) -> None:
        raise AssertionError("nothing here asks for it")

    def attach_domain(self, team: str, project: str, domain: str) -> None:
        self.calls.append(f"attach {domain}")
        self._held(team, project).domains.append(domain)

    def verify_domain(self, team: str, project: str, domain: str) -> bool:
        raise AssertionError("nobody has to prove a domain here")

    def detach_domain(self, team: str, project: str, domain: str) -> None:
        self.calls.append(f"detach {domain}")
        self._held(team, project).domains.remove(domain)

    def observe(self, host: str, path: str, others: Collection[str] = ()) -> PageObservation:
        """What a visitor meets."""
        if any(host in stored.served for stored in self.stored.values()):
            return PageObservation()
        return PageObservation(trouble=PageTrouble.UNREACHABLE, reason="nothing answers there")

    def _now(self) -> datetime:
        """Each thing is made a moment after the one before."""
        return self._clock.now() + timedelta(milliseconds=next(self._ids))

    def _offline(self, held: Stored) -> None:
        held.served = ()
        held.builds = [one.model_copy(update={"aliased": False}) for one in held.builds]
        self._note(held, None)

    def _note(self, held: Stored, build: Deployment | None) -> None:
        names = build.aliases if build else ()
        changed = {"aliases": names, "serving": build.id if build else None}
        held.project = held.project.model_copy(update=changed)

    def _find(self, team: str, project: str) -> Stored | None:
        for (room, name), stored in self.stored.items():
            if room == team and project in (name, stored.project.id):
                return stored
        return None

    def _held(self, team: str, project: str) -> Stored:
        found = self._find(team, project)
        if found is None:
            raise _no(Problem.MISSING)
        return found


def _no(problem: Problem) -> HostProblem:
    return HostProblem(RemoteError("No.", service="Memory", effect=Effect.NONE), problem)


class Room(HostAccount):
    where: ClassVar[str] = "room"

    room: Annotated[str, Field(pattern=r"^[a-z0-9-]+$")]


class _Doctor:
    def team(self, user: str, team: Team | None) -> Verdict:
        return ok(f"{user} may do anything in {team}.")

    def pair(self, owner: Account, team: Team, linked: object) -> Verdict:
        return ok(f"{team.slug} builds what belongs to {owner.login}: {linked}.")


def _words(error: HostProblem, about: Concerned) -> Words:
    return Words(f"Memory says {error.problem} of {about.project}.", "Remember.")


def _connect(_: HostAccess) -> Host:
    raise AssertionError("whoever registers it hands it in")


def _accounts(_: HostAccess) -> HostAccountReader:
    raise AssertionError("nobody asks")


MEMORY = HostKind(
    key="memory",
    name="Memory",
    url="https://memory.example",
    account=Room,
    account_words=AccountWords("room", "a room", "A room.", r"^[a-z0-9-]+$", lambda _: "think"),
    own_domains=(OWN,),
    pages=r"memory\.example/",
    error_header="X-Memory",
    hints=Hints("show it", "lead it back", "remember to", "forget it {where}", "think again"),
    words=_words,
    doctor=_Doctor(),
    connect=_connect,
    accounts=_accounts,
    abilities=Abilities(
        push_deploys=False,
        domains_after_build=False,
        dns_before_domains=True,
        build_log=False,
    ),
)


@contextmanager
def known(host: MemoryHost) -> Iterator[None]:
    """Inside, the registry knows the host."""
    HOSTS[MEMORY.key] = replace(MEMORY, connect=lambda _access: host)
    try:
        yield
    finally:
        del HOSTS[MEMORY.key]
