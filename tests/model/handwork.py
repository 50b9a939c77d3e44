"""What people do at the services by hand: the stand-ins' own calls, without a request."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from provisioner.sandbox.server import Sandbox
from provisioner.sandbox.vercel import deployments, domains, projects
from provisioner.sandbox.vercel.calls import Call, Handler
from provisioner.sandbox.vercel.linking import link_to
from provisioner.sandbox.vercel.pages import page_for
from provisioner.sandbox.vercel.records import Account, Deployment, Project
from provisioner.sandbox.vercel.serving import has_certificate


class Hands:
    """Everything here holds the world's lock, as a request would."""

    def __init__(self, sandbox: Sandbox) -> None:
        self.sandbox = sandbox
        self.store = sandbox.vercel

    def _call(self, handler: Handler, team: str, body: Any = None, **path: str) -> Any:
        with self.store.world.lock:
            return handler(self.store, Call(self.team(team), {}, body, path))[1]

    def team(self, slug: str) -> Account:
        account = self.store.team(slug)
        if account is None:
            raise AssertionError(f"there is no team {slug}")
        return account

    def project(self, team: str, name: str) -> Project | None:
        with self.store.world.lock:
            return self.store.project(self.team(team), name)

    def projects(self) -> list[Project]:
        with self.store.world.lock:
            return sorted(self.store.projects.values(), key=lambda one: one.created)

    def builds(self, project: Project) -> list[Deployment]:
        """Newest first."""
        with self.store.world.lock:
            return self.store.deployments_of(project)

    def delete_project(self, team: str, name: str) -> None:
        self._call(projects.delete, team, project=name)

    def promote(self, team: str, name: str, deployment: str) -> None:
        self._call(deployments.promote, team, project=name, deployment=deployment)

    def link(self, team: str, name: str, repository: str | None) -> None:
        project = self.project(team, name)
        if project is not None:
            with self.store.world.lock:
                link = link_to(self.store, project.account, repository) if repository else None
                project.link = link

    def plant(self, team: str, name: str, repository: str, domain: str) -> None:
        """Somebody else's site, of a name like ours."""
        self.sandbox.control.set_repository(full_name=repository, files={"index.md": "Not yours"})
        found = self.sandbox.github.repositories.find(repository)
        link = {"type": "github", "repo": repository}
        self._call(projects.create, team, {"name": name, "gitRepository": link})
        source = {"type": "github", "repoId": found.id if found else 0, "ref": "main"}
        body = {"name": name, "project": name, "target": "production", "gitSource": source}
        settings = {"projectSettings": {"framework": None}}
        with self._all_well():
            self._call(deployments.create, team, {**body, **settings})
        self._call(domains.add_domain, team, {"name": domain}, project=name)

    @contextmanager
    def _all_well(self) -> Iterator[None]:
        """What is built meanwhile is built at once, and does not fail."""
        behaviour, services = self.store.behaviour, self.store.world
        kept = behaviour.next_deployments, services.latency
        behaviour.next_deployments, services.latency = [], type(services.latency)()
        try:
            yield
        finally:
            behaviour.next_deployments, services.latency = kept

    def answers(self, host: str, path: str = "/", says: str = "") -> bool:
        """Whether a visitor of the host gets the app's page, which says this."""
        with self.store.world.lock:
            if not has_certificate(self.store, host):
                return False
            page = page_for(self.store, host, "GET", path)
        return page.status == 200 and says in page.body
