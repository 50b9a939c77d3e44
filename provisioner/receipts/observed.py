"""What the world holds of one app, as far as a receipt speaks of it. Looks only."""

from dataclasses import dataclass

from provisioner.actions.base import Readers
from provisioner.actions.support.deployments import serving
from provisioner.errors import ProvisionerError
from provisioner.models.remote import Deployment, Project


@dataclass(frozen=True)
class Place:
    """Where an app's copy and project are, by their natural keys."""

    repository: str
    host: str
    team: str
    project: str


class UnknownHost(ProvisionerError):
    """A receipt may come from anywhere, a newer provisioner's too."""

    def __init__(self, host: str) -> None:
        super().__init__(
            f"no host is known here by the name {host}",
            "If a newer provisioner wrote this, bring this copy up to date.",
        )


@dataclass(frozen=True)
class Observation:
    """What was found there. `repository` is the name it has now; without one nothing is there."""

    repository: str | None
    branch: str
    commit: str | None
    project: Project | None
    deployment: Deployment | None = None
    domains: tuple[str, ...] = ()
    """Connected and proved, sorted."""


def observe(place: Place, readers: Readers) -> Observation:
    """Raises `RemoteError` where something cannot be seen, `UnknownHost` where it is nowhere that
    we know: then nothing is known."""
    if place.host not in readers.hosts:
        raise UnknownHost(place.host)
    project = readers.host(place).project(place.team, place.project)
    repository = readers.repositories.repository(place.repository)
    branch = _branch(project, repository.default_branch if repository else "")
    commit = readers.repositories.branch_head(place.repository, branch) if repository else None
    name = repository.full_name if repository else None
    if project is None:
        return Observation(name, branch, commit, None)
    deployment = serving(place, project, readers)
    attached = readers.host(place).domains(place.team, project.id)
    domains = tuple(sorted(item.name for item in attached if item.verified))
    return Observation(name, branch, commit, project, deployment, domains)


def _branch(project: Project | None, default: str) -> str:
    return (project.production_branch if project else None) or default
