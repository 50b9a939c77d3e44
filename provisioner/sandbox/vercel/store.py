"""What the stand-in holds, and how it is found again. Judges nothing and answers no request.

Hold `world.lock` while using it.
"""

import hashlib
import re
from collections import defaultdict
from datetime import datetime

from provisioner.sandbox.dns import DnsZone
from provisioner.sandbox.vercel.behaviour import Behaviour, TeamSetting
from provisioner.sandbox.vercel.records import Account, Deployment, Project, ProjectDomain
from provisioner.sandbox.world import RepositoryLookup, World

SLUG = re.compile(r"[a-z0-9][a-z0-9-]{0,47}")


class Store:
    """Accounts, projects and deployments, and the behaviour that tests may change."""

    def __init__(self, world: World, repositories: RepositoryLookup, dns: DnsZone) -> None:
        self.world = world
        self.repositories = repositories
        self.dns = dns
        self.behaviour = Behaviour()
        self.projects: dict[str, Project] = {}
        self.deployments: dict[str, Deployment] = {}
        self.spent: dict[tuple[str, str], list[datetime]] = defaultdict(list)
        self._last_stamp = 0
        self.personal = Account(
            world.token("user_"), "sandbox-owner", "hobby", self.stamp(), personal=True
        )
        self._teams: dict[str, Account] = {}

    def stamp(self) -> int:
        """A time in milliseconds that is later than every stamp before it."""
        self._last_stamp = max(self.world.now_ms(), self._last_stamp + 1)
        return self._last_stamp

    def team(self, slug_or_id: str) -> Account | None:
        """A team by slug or id, as the behaviour has it now; None when there is no such team."""
        slug = next((one.slug for one in self._teams.values() if one.id == slug_or_id), slug_or_id)
        setting = self.behaviour.teams.get(slug)
        if setting is None and not (self.behaviour.open_teams and SLUG.fullmatch(slug)):
            return None
        setting = setting or TeamSetting()
        account = self._teams.setdefault(slug, Account(_team_id(slug), slug, "pro", self.stamp()))
        account.plan, account.member = setting.plan, setting.member
        account.role, account.confirmed = setting.role, setting.confirmed
        account.forces_sensitive = setting.forces_sensitive
        return account

    def teams(self) -> list[Account]:
        """Every team that was declared or has been asked for, the oldest first."""
        slugs = dict.fromkeys((*self._teams, *self.behaviour.teams))
        found = (self.team(slug) for slug in slugs)
        return [team for team in found if team is not None]

    def projects_of(self, account: Account) -> list[Project]:
        """Newest first."""
        own = [one for one in self.projects.values() if one.account.id == account.id]
        return sorted(own, key=lambda one: one.created, reverse=True)

    def project(self, account: Account, id_or_name: str) -> Project | None:
        own = self.projects_of(account)
        return next((one for one in own if id_or_name in {one.id, one.name}), None)

    def deployments_of(self, project: Project) -> list[Deployment]:
        """Newest first."""
        own = [one for one in self.deployments.values() if one.project.id == project.id]
        return sorted(own, key=lambda one: one.created, reverse=True)

    def deployment(self, account: Account, id_or_host: str) -> Deployment | None:
        return next(
            (
                one
                for one in self.deployments.values()
                if id_or_host in {one.id, one.host} and one.project.account.id == account.id
            ),
            None,
        )

    def holder(self, domain: str) -> tuple[Project, ProjectDomain] | None:
        """The project of any account that has this domain."""
        for project in self.projects.values():
            if domain in project.domains:
                return project, project.domains[domain]
        return None


def _team_id(slug: str) -> str:
    """The same slug always has the same id, so that reading leaves no trace."""
    return "team_" + hashlib.sha256(slug.encode()).hexdigest()[:24]
