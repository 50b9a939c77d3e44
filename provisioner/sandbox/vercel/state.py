"""The host as a whole: its store, bound to the repositories' pushes, and its snapshot."""

import hashlib
from typing import Any

from provisioner.sandbox.dns import DnsZone
from provisioner.sandbox.vercel.builds import progress
from provisioner.sandbox.vercel.deployment_payloads import aliases
from provisioner.sandbox.vercel.records import Account, Deployment, Project, ProjectDomain, Variable
from provisioner.sandbox.vercel.starting import pushed
from provisioner.sandbox.vercel.store import Store
from provisioner.sandbox.world import Push, RepositoryLookup, World


class VercelWorld(Store):
    """The stand-in. `behaviour` holds every switch; pushes to linked repositories deploy."""

    def __init__(self, world: World, repositories: RepositoryLookup, dns: DnsZone) -> None:
        super().__init__(world, repositories, dns)
        repositories.on_push(self._pushed)

    def _pushed(self, push: Push) -> None:
        with self.world.lock:
            pushed(self, push)

    def snapshot(self) -> dict[str, Any]:
        """Everything that exists, without times. Of a variable the value's SHA-256 alone.

        A team is listed when it was declared or has a project: asking for a
        team leaves no trace here.
        """
        with self.world.lock:
            projects = sorted(self.projects.values(), key=lambda one: one.created)
            owners = {one.account.slug for one in projects} | set(self.behaviour.teams)
            teams = [team for team in self.teams() if team.slug in owners]
            return {
                "teams": {team.slug: _team(team) for team in teams},
                "projects": [_project(self, one) for one in projects],
            }


def _team(team: Account) -> dict[str, Any]:
    return {"id": team.id, "plan": team.plan, "member": team.member}


def _project(store: Store, project: Project) -> dict[str, Any]:
    link = project.link
    return {
        "id": project.id,
        "name": project.name,
        "team": project.account.slug,
        "settings": {name: one for name, one in project.settings.items() if one is not None},
        "protection": project.protection,
        "paused": project.paused,
        "link": link
        and {
            "repository": f"{link.org}/{link.repo}",
            "repository_id": link.repository_id,
            "production_branch": link.production_branch,
        },
        "env": [_variable(one) for one in sorted(project.variables, key=lambda one: one.key)],
        "domains": [_domain(one) for one in project.domains.values()],
        "deployments": [_deployment(store, one) for one in store.deployments_of(project)],
    }


def _variable(variable: Variable) -> dict[str, Any]:
    return {
        "key": variable.key,
        "type": variable.type,
        "target": variable.target,
        "comment": variable.comment,
        "sha256": hashlib.sha256(variable.value.encode()).hexdigest(),
    }


def _domain(domain: ProjectDomain) -> dict[str, Any]:
    return {"name": domain.name, "verified": domain.verified, "redirect": domain.redirect}


def _deployment(store: Store, deployment: Deployment) -> dict[str, Any]:
    made = progress(deployment, store.world.clock.now())
    return {
        "id": deployment.id,
        "state": made.state,
        "target": deployment.target,
        "source": deployment.source,
        "sha": deployment.git.sha,
        "url": deployment.host,
        "aliased": made.aliased_at is not None,
        "aliases": aliases(store, deployment),
        "meta": deployment.meta,
    }
