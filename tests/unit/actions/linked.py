"""A project of a site, connected to its copy: what the stories of its link begin with."""

from dataclasses import dataclass, field
from typing import Any

from provisioner.actions.create_project import CreateProject
from provisioner.actions.support.copy_plan import KIND as REPOSITORY
from provisioner.actions.support.project_key import PROJECT
from provisioner.engine.step import Assessment, Claims
from provisioner.errors import (
    Effect,
    RemoteError,
)
from provisioner.hosting.vercel.problems import CONNECTION, Table
from provisioner.models.remote import Mark, Project
from tests.unit.actions.hosted import COPY_ID, Hosted, app, as_told, at, done, readers, writers

SITE = app()
COPY, FORMER, STRANGE = SITE.repository, "nairobi-before/nairobi--docs", "nairobi/handmade"
OURS = (PROJECT, "vercel:nairobi/nairobi--docs")
CLAIMED: Claims = frozenset({OURS, (REPOSITORY, COPY)})
MOVED: Claims = CLAIMED | {(REPOSITORY, FORMER)}
MARK = Mark(app="nairobi/docs", made_at=at(1))
LINKED = Project(
    id="prj_1",
    name=SITE.project,
    repository=COPY,
    repository_id=COPY_ID,
    build=SITE.entry.app.build,
)


class Held(Hosted):
    """A host with this very project."""

    held_project: Project = LINKED

    def project(self, team: str, project: str) -> Project | None:
        return self.held_project


def assess(
    claims: Claims = CLAIMED, copy_id: int | None = COPY_ID, **project: object
) -> Assessment:
    hosted = Held(copy_id=copy_id)
    hosted.held_project = LINKED.model_copy(update=project)
    return CreateProject().assess(SITE, readers(hosted), claims, None)


def refusal(status: int = 400, table: Table = CONNECTION, **more: object) -> RemoteError:
    body = {"action": "Install GitHub App"}
    fields: dict[str, Any] = {
        "service": "Vercel",
        "effect": Effect.NONE,
        "status": status,
        "body": body,
        **more,
    }
    return as_told(table, RemoteError("No.", **fields))


@dataclass
class Host:
    """Connects and disconnects. `refuses`: by repository, what connecting to it answers."""

    refuses: dict[str, RemoteError] = field(default_factory=dict)
    in_transfer: bool = False
    done: list[str] = field(default_factory=list)

    def disconnect_repository(self, team: str, project_id: str) -> None:
        if self.in_transfer:
            raise refusal(409, body=None)
        self.done.append("-")

    def connect_repository(self, team: str, project_id: str, repository: str) -> None:
        self.done.append(repository)
        if repository in self.refuses:
            raise self.refuses[repository]

    def unpause_project(self, team: str, project_id: str) -> None:
        self.done.append("unpause")


def perform(host: Host, look: Assessment) -> list[str]:
    done(CreateProject(), SITE, writers(host), look)
    return host.done
