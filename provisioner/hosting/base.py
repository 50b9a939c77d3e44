"""What a host must offer. A new host is one folder beside this file and one line in `registry`.

`team` is the account's name at the host, `project` a project's name or id. Readers change nothing
and are safe to repeat; no method here retries. A refusal whose meaning is known is raised as a
`HostProblem`.
"""

from collections.abc import Iterable, Sequence
from typing import Protocol

from provisioner.hosting.kind import HostKind
from provisioner.models.app import BuildSettings
from provisioner.models.remote import (
    AttachedDomain,
    Deployment,
    DomainAdvice,
    Project,
    Variable,
    VariableSetting,
)

MARK = "PROVISIONER_APP"
"""The variable by which a project says for which app it was made. No hub file's own."""


class HostReader(Protocol):
    """Looks only."""

    @property
    def kind(self) -> HostKind: ...

    def project(self, team: str, project: str) -> Project | None: ...

    def variables(self, team: str, project: str) -> tuple[Variable, ...]: ...

    def deployments(self, team: str, project_id: str) -> Iterable[Deployment]:
        """Production deployments, the newest first; read only as far as one goes through."""
        ...

    def deployment(self, team: str, deployment_id: str) -> Deployment: ...

    def build_log(self, team: str, deployment_id: str, lines: int) -> tuple[str, ...]:
        """The last lines of a build: foreign text."""
        ...

    def domains(self, team: str, project: str) -> tuple[AttachedDomain, ...]:
        """Every domain of the project, the host's own names left out."""
        ...

    def domain_advice(self, team: str, project: str, domain: AttachedDomain) -> DomainAdvice: ...


class HostWriter(Protocol):
    """Changes the world; every method may fail with an effect that is not known."""

    @property
    def kind(self) -> HostKind: ...

    def create_project(
        self, team: str, name: str, repository: str, build: BuildSettings, mark: str = ""
    ) -> Project:
        """Make a project that carries the mark from its first moment on, where one is given."""
        ...

    def disconnect_repository(self, team: str, project_id: str) -> None:
        """Let a project build nothing; what is online stays online."""
        ...

    def connect_repository(self, team: str, project_id: str, repository: str) -> None:
        """Let a project that is connected to none build a repository."""
        ...

    def update_project(self, team: str, project: str, build: BuildSettings) -> None: ...

    def pause_project(self, team: str, project_id: str) -> None: ...

    def unpause_project(self, team: str, project_id: str) -> None: ...

    def set_variables(self, team: str, project: str, settings: Sequence[VariableSetting]) -> None:
        """Set all, replacing what has the same key. Some may be refused: `VARIABLES_REFUSED`."""
        ...

    def remove_variable(self, team: str, project: str, variable_id: str) -> None: ...

    def deploy(
        self, team: str, project: Project, branch: str, commit: str, labels: dict[str, str]
    ) -> Deployment: ...

    def promote(self, team: str, project_id: str, deployment_id: str) -> None:
        """Let the production names lead to a deployment that is built; it takes a moment."""
        ...

    def attach_domain(self, team: str, project: str, domain: str) -> None: ...

    def verify_domain(self, team: str, project: str, domain: str) -> bool:
        """Ask the host to look at the ownership challenge; true when it is satisfied."""
        ...

    def detach_domain(self, team: str, project: str, domain: str) -> None: ...


class Host(HostReader, HostWriter, Protocol):
    """Both; only the wiring hands out the writing half."""
