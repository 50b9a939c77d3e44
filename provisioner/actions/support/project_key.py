"""How a project is named in the journal: by its host, its account there, and its own name. Pure."""

from dataclasses import dataclass

from provisioner.actions.base import At

PROJECT = "project"
"""The kind of claim that a project is."""


@dataclass(frozen=True)
class ProjectPlace:
    """Where a project is. Without a `host` the journal names none that there is."""

    host: str
    team: str
    project: str

    def __str__(self) -> str:
        """For people."""
        return f"{self.team}/{self.project}"


def project_key(at: At, project: str) -> str:
    return f"{at.host}:{at.team}/{project}"


def place_of(key: str) -> ProjectPlace:
    host, _, name = key.rpartition(":")
    team, _, project = name.partition("/")
    return ProjectPlace(host, team, project)
