"""Vercel's REST API: what the provisioner calls, one request a method, no retries.

Every call names its team by slug. Paths and bodies follow Vercel's published
API description.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, TypeVar
from urllib.parse import quote

from provisioner.answers import Call, cut_list, parsed
from provisioner.clock import Clock
from provisioner.errors import RemoteError, UnexpectedResponse
from provisioner.hosting.kind import HostKind
from provisioner.hosting.problems import HostProblem, Problem
from provisioner.hosting.vercel import deployment_wire, domain_wire, problems, variable_wire, wire
from provisioner.hosting.vercel.host import VERCEL
from provisioner.hosting.vercel.paging import Paged
from provisioner.hosting.vercel.problems import Table, sorted_by
from provisioner.hosting.vercel.session import SERVICE, VercelSession
from provisioner.models.app import BuildSettings
from provisioner.models.remote import (
    AttachedDomain,
    Deployment,
    DomainAdvice,
    Project,
    Variable,
    VariableSetting,
)
from provisioner.transport import HttpClient

PAGE = 100
MOST_PAGES = 20

Model = TypeVar("Model")


class Vercel:
    """A `Host`. Safe to share between threads."""

    def __init__(self, base_url: str, token: str, http: HttpClient, clock: Clock) -> None:
        self._session = VercelSession(base_url, token, http, clock)

    @property
    def kind(self) -> HostKind:
        return VERCEL

    def project(self, team: str, project: str) -> Project | None:
        path = f"/v9/projects/{quote(project)}"
        try:
            payload = self._get(path, team)
        except HostProblem as error:
            if error.problem is Problem.MISSING:
                return None
            raise
        return _parsed("GET", path, payload, wire.project)

    def create_project(
        self, team: str, name: str, repository: str, build: BuildSettings, mark: str = ""
    ) -> Project:
        body = {
            "name": name,
            "gitRepository": wire.repository_body(repository),
            **wire.build_body(build),
            **wire.mark_body(mark),
        }
        payload = self._send("POST", "/v11/projects", team, problems.CREATION, body=body)
        return _parsed("POST", "/v11/projects", payload, wire.project)

    def disconnect_repository(self, team: str, project_id: str) -> None:
        """In no description: as Vercel's own command line does it (`vercel git disconnect`)."""
        self._delete(f"/v9/projects/{project_id}/link", team, problems.CHANGE)

    def connect_repository(self, team: str, project_id: str, repository: str) -> None:
        """In no description: as Vercel's own command line does it (`vercel git connect`)."""
        path = f"/v9/projects/{project_id}/link"
        self._send("POST", path, team, problems.CONNECTION, body=wire.repository_body(repository))

    def update_project(self, team: str, project: str, build: BuildSettings) -> None:
        path = f"/v9/projects/{quote(project)}"
        self._send("PATCH", path, team, problems.CHANGE, body=wire.build_body(build))

    def pause_project(self, team: str, project_id: str) -> None:
        self._send("POST", f"/v1/projects/{project_id}/pause", team, problems.CHANGE)

    def unpause_project(self, team: str, project_id: str) -> None:
        self._send("POST", f"/v1/projects/{project_id}/unpause", team, problems.CHANGE)

    def variables(self, team: str, project: str) -> tuple[Variable, ...]:
        path = f"/v10/projects/{quote(project)}/env"
        payload = self._get(path, team)
        found = _parsed("GET", path, payload, lambda p: _each(p["envs"], variable_wire.variable))
        if _parsed("GET", path, payload, _next_page) is not None:
            raise cut_list(Call(SERVICE, "GET", f"GET {path}"), len(found))
        return found

    def set_variables(self, team: str, project: str, settings: Sequence[VariableSetting]) -> None:
        """Set all in one call, replacing what has the same key. Safe to repeat.

        A 201 may still carry refusals, one by variable: they are raised by name,
        never with their text, which may echo a value.
        """
        path = f"/v10/projects/{quote(project)}/env"
        body = [variable_wire.variable_body(setting) for setting in settings]
        sent = {setting.key for setting in settings}
        try:
            payload = self._send(
                "POST", path, team, problems.CHANGE, body=body, params={"upsert": "true"}
            )
        except RemoteError as error:
            raise variable_wire.without_values(error, sent) from None
        refused = _parsed("POST", path, payload, lambda p: variable_wire.refused_in(p, sent))
        if refused:
            raise variable_wire.some_refused(refused)

    def remove_variable(self, team: str, project: str, variable_id: str) -> None:
        """Remove one variable. One that is gone already counts as removed."""
        path = f"/v9/projects/{quote(project)}/env/{quote(variable_id)}"
        self._delete(path, team, problems.CHANGE)

    def deployments(self, team: str, project_id: str) -> Paged[Deployment]:
        path = "/v6/deployments"

        def read() -> Iterator[tuple[Deployment, ...]]:
            for payload in self._pages(path, team, projectId=project_id, target="production"):
                yield _parsed(
                    "GET",
                    path,
                    payload,
                    lambda p: _each(p["deployments"], deployment_wire.deployment),
                )

        return Paged(read)

    def deployment(self, team: str, deployment_id: str) -> Deployment:
        path = f"/v13/deployments/{quote(deployment_id)}"
        return _parsed("GET", path, self._get(path, team), deployment_wire.deployment)

    def build_log(self, team: str, deployment_id: str, lines: int) -> tuple[str, ...]:
        path = f"/v3/deployments/{quote(deployment_id)}/events"
        payload = self._get(path, team, builds=1, direction="backward", limit=lines)
        return _parsed("GET", path, payload, deployment_wire.log_lines)[-lines:]

    def deploy(
        self, team: str, project: Project, branch: str, commit: str, labels: dict[str, str]
    ) -> Deployment:
        """Start a production deployment of one commit. Not safe to repeat: look first."""
        path = "/v13/deployments"
        body = {
            "name": project.name,
            "project": project.id,
            "target": "production",
            "gitSource": {
                "type": "github",
                "repoId": project.repository_id,
                "ref": branch,
                "sha": commit,
            },
            "meta": labels,
        }
        params = {"forceNew": "1", "skipAutoDetectionConfirmation": "1"}
        payload = self._send("POST", path, team, problems.DEPLOYMENT, body=body, params=params)
        return _parsed("POST", path, payload, deployment_wire.deployment)

    def promote(self, team: str, project_id: str, deployment_id: str) -> None:
        """Accepted, not done: the project tells when its names lead there."""
        path = f"/v10/projects/{project_id}/promote/{quote(deployment_id)}"
        self._send("POST", path, team, problems.PROMOTION)

    def domains(self, team: str, project: str) -> tuple[AttachedDomain, ...]:
        path = f"/v9/projects/{quote(project)}/domains"
        found: list[AttachedDomain] = []
        for payload in self._pages(path, team):
            found += _parsed(
                "GET", path, payload, lambda p: _each(p["domains"], domain_wire.domain)
            )
        return tuple(item for item in found if not item.name.endswith(wire.OWN_SUFFIX))

    def domain_advice(self, team: str, project: str, domain: AttachedDomain) -> DomainAdvice:
        path = f"/v6/domains/{quote(domain.name)}/config"
        payload = self._get(path, team, problems.ADVICE, projectIdOrName=project)
        return _parsed("GET", path, payload, lambda p: domain_wire.advice(p, domain))

    def attach_domain(self, team: str, project: str, domain: str) -> None:
        path = f"/v10/projects/{quote(project)}/domains"
        self._send("POST", path, team, problems.ATTACHING, body={"name": domain})

    def verify_domain(self, team: str, project: str, domain: str) -> bool:
        path = f"/v9/projects/{quote(project)}/domains/{quote(domain)}/verify"
        try:
            payload = self._send("POST", path, team, problems.CHANGE)
        except RemoteError as error:
            if error.status == 400:  # still pending: a state, not a failure
                return False
            raise
        return _parsed("POST", path, payload, lambda p: bool(p["verified"]))

    def detach_domain(self, team: str, project: str, domain: str) -> None:
        """Take a domain off the project. One that is gone already counts as taken off."""
        path = f"/v9/projects/{quote(project)}/domains/{quote(domain)}"
        self._delete(path, team, problems.DETACHING, body={})

    def _send(
        self,
        method: str,
        path: str,
        team: str,
        table: Table,
        *,
        body: object = None,
        params: Mapping[str, Any] | None = None,
    ) -> Any:
        with sorted_by(table):
            return self._session.send(method, path, team, body=body, params=params)

    def _get(self, path: str, team: str, table: Table = problems.READ, **params: Any) -> Any:
        return self._send("GET", path, team, table, params=params)

    def _pages(self, path: str, team: str, **params: Any) -> Iterator[Any]:
        """Each page of a list, the newest items first.

        What is not on the first pages may be there all the same: who reads on past
        the last that is read gets a `RemoteError`.
        """
        for _ in range(MOST_PAGES):
            payload = self._get(path, team, limit=PAGE, **params)
            yield payload
            following = _parsed("GET", path, payload, _next_page)
            if following is None:
                return
            params["until"] = following
        raise cut_list(Call(SERVICE, "GET", f"GET {path}"), MOST_PAGES * PAGE)

    def _delete(self, path: str, team: str, table: Table, body: object = None) -> None:
        try:
            self._send("DELETE", path, team, table, body=body)
        except RemoteError as error:
            if error.status != 404 or isinstance(error, UnexpectedResponse):
                raise


def _parsed(method: str, path: str, payload: Any, parse: Callable[[Any], Model]) -> Model:
    return parsed(Call(SERVICE, method, f"{method} {path}"), payload, parse)


def _each(items: Any, parse: Callable[[Any], Model]) -> tuple[Model, ...]:
    return tuple(parse(item) for item in items)


def _next_page(payload: Any) -> int | None:
    """What stands in `pagination.next`: a time, to be given back as `until`."""
    following: int | None = (payload.get("pagination") or {}).get("next")
    return following
