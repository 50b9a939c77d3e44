"""A site of one hub at a host that lives in memory: what the stories of this folder look at."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any, cast

from provisioner.actions.base import Action, Readers, Secrets, Writers, bind
from provisioner.actions.support.ownership import INPUTS_LABEL, LABEL, label_of
from provisioner.actions.support.variables import comment, inputs_digest
from provisioner.dns.resolver import DnsReader
from provisioner.engine.step import Assessment
from provisioner.errors import Effect, FatalError, RemoteError
from provisioner.github.repositories import RepositoryReader, RepositoryWriter
from provisioner.hosting.base import HostReader, HostWriter
from provisioner.hosting.kind import HostKind
from provisioner.hosting.live_page import PageReader
from provisioner.hosting.registry import FIRST
from provisioner.hosting.vercel.problems import READ, Table, sorted_by
from provisioner.models.app import DesiredApp
from provisioner.models.dns import DnsEntry
from provisioner.models.hub import Sealed, Value
from provisioner.models.remote import (
    AttachedDomain,
    Deployment,
    DeploymentState,
    DomainAdvice,
    PageObservation,
    Project,
    Repository,
    Variable,
    Webhook,
)
from provisioner.telegram.api import WebhookReader, WebhookWriter
from tests.unit.desired.given import own_catalog

COPY_ID = 7
EPOCH = datetime(2026, 1, 1, tzinfo=UTC)
PASSWORD = "correct-horse-battery-staple"


def as_told(table: Table, error: RemoteError) -> RemoteError:
    """The error as the host's client raises it from a call that has this table."""
    try:
        with sorted_by(table):
            raise error
    except RemoteError as told:
        return told


def at(minutes: float) -> datetime:
    return EPOCH + timedelta(minutes=minutes)


def app(kind: str = "docs-site", **fields: Any) -> DesiredApp:
    """An app of the hub `nairobi` as the catalog has it."""
    defaults: dict[str, Any] = {
        "hub": "nairobi",
        "id": "docs",
        "owner": "nairobi",
        "host": FIRST.key,
        "team": "nairobi",
    }
    return DesiredApp(entry=own_catalog().entries[kind], **{**defaults, **fields})


def build(id: str, minutes: float, of: DesiredApp | None = None, **fields: Any) -> Deployment:
    """A deployment, READY and online unless said otherwise; with `of`, one of ours."""
    defaults: dict[str, Any] = {
        "state": DeploymentState.READY,
        "aliased": fields.get("state", DeploymentState.READY) is DeploymentState.READY,
        "labels": {LABEL: label_of(of), INPUTS_LABEL: inputs_digest(of)} if of else {},
    }
    return Deployment(id=id, created_at=at(minutes), **{**defaults, **fields})


def failed(id: str, minutes: float, of: DesiredApp | None = None, **fields: Any) -> Deployment:
    fields = {"state": DeploymentState.ERROR, "failure": "exit 1", **fields}
    return build(id, minutes, of, **fields)


def variable(key: str, value: Value, minutes: float = 0, of: DesiredApp | None = None) -> Variable:
    """A variable of the project; with `of`, one that was set from the hub's file."""
    told = comment(of, value) if of else ""
    return Variable(
        id=key, key=key, targets=("production",), secret=False, comment=told, updated_at=at(minutes)
    )


@dataclass
class Hosted:
    """Everything that can be looked at. What is an exception is raised instead of answered.

    `serving`: the id of the build that the names lead to, where the host says; `unlisted`: builds
    that its list lacks yet.
    """

    builds: list[Deployment] = field(default_factory=list)
    held: list[Variable] = field(default_factory=list)
    attached: list[AttachedDomain] = field(default_factory=list)
    advice: dict[str, DomainAdvice | Exception] = field(default_factory=dict)
    log: list[str] | Exception = field(default_factory=list)
    pages: dict[str, PageObservation] = field(default_factory=dict)
    webhook_url: str = ""
    asked: list[str] = field(default_factory=list)
    serving: str | None = None
    unlisted: list[Deployment] = field(default_factory=list)
    copy_id: int | None = COPY_ID
    kind: HostKind = FIRST

    def project(self, team: str, project: str) -> Project | None:
        names = ("nairobi--docs.vercel.app",)
        return Project(
            id="prj_1",
            name=project,
            repository="nairobi/nairobi--docs",
            repository_id=COPY_ID,
            aliases=names,
            serving=self.serving,
        )

    def repository(self, full_name: str) -> Repository | None:
        owner = full_name.partition("/")[0]
        if self.copy_id is None:
            return None
        return Repository(id=self.copy_id, full_name=full_name, default_branch="main", owner=owner)

    def variables(self, team: str, project: str) -> tuple[Variable, ...]:
        self.asked.append("variables")
        return tuple(self.held)

    def deployments(self, team: str, project_id: str) -> Iterable[Deployment]:
        return sorted(self.builds, key=lambda item: item.created_at, reverse=True)

    def deployment(self, team: str, deployment_id: str) -> Deployment:
        for item in (*self.builds, *self.unlisted):
            if item.id == deployment_id:
                return item
        none = RemoteError("There is none.", service="Vercel", effect=Effect.NONE, status=404)
        raise as_told(READ, none)

    def build_log(self, team: str, deployment_id: str, lines: int) -> tuple[str, ...]:
        self.asked.append("log")
        if isinstance(self.log, Exception):
            raise self.log
        return tuple(self.log[-lines:])

    def domains(self, team: str, project: str) -> tuple[AttachedDomain, ...]:
        return tuple(self.attached)

    def domain_advice(self, team: str, project: str, domain: AttachedDomain) -> DomainAdvice:
        advice = self.advice[domain.name]
        if isinstance(advice, Exception):
            raise advice
        return advice

    def seen(self, entry: DnsEntry) -> DnsEntry:
        """Public DNS has everything already as it is told."""
        return entry

    def observe(self, host: str, path: str, others: Collection[str] = ()) -> PageObservation:
        return self.pages.get(host, PageObservation())

    def webhook(self, token: str) -> Webhook:
        return Webhook(bot=token.partition(":")[0], url=self.webhook_url)

    def branch_head(self, full_name: str, branch: str) -> str | None:
        return "c0ffee0" * 5


class Opened:
    """Opens every sealed value to the same secret."""

    def open(
        self,
        hub: str,
        app: str,
        name: str,
        value: str | Sealed,
        since: datetime | None = None,
    ) -> str:
        return PASSWORD if isinstance(value, Sealed) else value


class Locked:
    """Has the wrong key."""

    def open(
        self,
        hub: str,
        app: str,
        name: str,
        value: str | Sealed,
        since: datetime | None = None,
    ) -> str:
        raise FatalError(f"{name} cannot be opened.")


def readers(hosted: Hosted, secrets: Secrets | None = None) -> Readers:
    return Readers(
        repositories=cast(RepositoryReader, hosted),
        hosts={FIRST.key: cast(HostReader, hosted)},
        dns=cast(DnsReader, hosted),
        pages=cast(PageReader, hosted),
        webhooks=cast(WebhookReader, hosted),
        secrets=secrets,
    )


class _Known:
    """An object that takes the calls of a host, and says which host it is."""

    kind = FIRST

    def __init__(self, host: object) -> None:
        self._host = host

    def __getattr__(self, name: str) -> Any:
        return getattr(self._host, name)


def writers(host: object, secrets: Secrets | None = None) -> Writers:
    """Whatever is written goes to one object."""
    return Writers(
        repositories=cast(RepositoryWriter, host),
        hosts={FIRST.key: cast(HostWriter, _Known(host))},
        webhooks=cast(WebhookWriter, host),
        secrets=secrets or Opened(),
    )


def done(
    action: Action[Any, Any], inputs: object, writers: Writers, look: Assessment
) -> str | None:
    """The change that an assessment asks for, made as the engine has it made."""
    return bind(action, inputs, readers(Hosted()), writers).perform(look)
