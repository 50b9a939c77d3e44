"""What was deployed for one hub: the form that is signed. Frozen, no I/O, no secrets.

A receipt may come from anywhere, and its names end up in requests: each field is bounded, and
names are only those that the hub itself could have (`<hub>--<app>`). Whoever changes the form
raises `VERSION`.
"""

from typing import Annotated, Final, Literal, Self

from pydantic import AwareDatetime, Field, model_validator

from provisioner.models.hub import (
    APP_ID_PATTERN,
    HUB_ID_PATTERN,
    LOGIN_PATTERN,
    MAX_APPS,
    TEAM_PATTERN,
    Frozen,
    HostName,
)
from provisioner.models.run import RunState

VERSION: Final = 1
MOST_DOMAINS = 50
"""As many as a host lets a project have; a person may have added some by hand."""

HOST_PATTERN = r"^[a-z]{1,20}$(?!\n)"
_NO_SPACE = r"[^\s\x00-\x20\x7f-\x9f]"

HubId = Annotated[str, Field(pattern=HUB_ID_PATTERN, max_length=40)]
AppId = Annotated[str, Field(pattern=APP_ID_PATTERN, max_length=20)]
Commit = Annotated[str, Field(pattern=r"^[0-9a-f]{40}([0-9a-f]{24})?$(?!\n)", max_length=64)]
Digest = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$(?!\n)", max_length=64)]
Id = Annotated[str, Field(pattern=r"^[A-Za-z0-9_-]+$(?!\n)", max_length=100)]
Branch = Annotated[str, Field(pattern=rf"^{_NO_SPACE}+$(?!\n)", max_length=255)]
Address = Annotated[str, Field(pattern=rf"^https?://{_NO_SPACE}+$(?!\n)", max_length=500)]
Repository = Annotated[
    str, Field(pattern=r"^[A-Za-z0-9-]{1,39}/(?!\.)[A-Za-z0-9._-]{1,100}$(?!\n)", max_length=140)
]
Version = Annotated[str, Field(pattern=r"^[0-9A-Za-z.+-]+$(?!\n)", max_length=50)]


class ReceiptRun(Frozen):
    """The run that brought the hub to this state, as the journal has it."""

    id: Id
    state: Literal[RunState.COMPLETED] = RunState.COMPLETED
    hub_file_commit: Commit | None
    plan_digest: Digest
    pull_request: Annotated[int, Field(ge=1, lt=2**31)] | None
    started_at: AwareDatetime
    ended_at: AwareDatetime
    actions_run: Address | None


class ReceiptRepository(Frozen):
    """The copy, and the newest commit of the branch that goes live."""

    owner: Annotated[str, Field(pattern=LOGIN_PATTERN, max_length=39)]
    name: Annotated[str, Field(max_length=100)]
    branch: Branch
    commit: Commit

    @property
    def full_name(self) -> str:
        return f"{self.owner}/{self.name}"


class ReceiptProject(Frozen):
    """The host's project. Its `id` tells it from a later one of the same name."""

    host: Annotated[str | None, Field(pattern=HOST_PATTERN, exclude_if=lambda it: it is None)] = (
        None
    )
    """The key of the host; left out for the one that all projects were at when it had no name."""
    team: Annotated[str, Field(pattern=TEAM_PATTERN, max_length=48)]
    name: Annotated[str, Field(max_length=100)]
    id: Id


class ReceiptDeployment(Frozen):
    """What the project's production names lead to. `commit` is missing where the host is silent."""

    id: Id
    commit: Commit | None
    created_at: AwareDatetime


class ReceiptApp(Frozen):
    """One app. `domains` are connected and proved, sorted; the host's own names are left out."""

    id: AppId
    app: AppId
    url: Address | None
    repository: ReceiptRepository
    project: ReceiptProject
    deployment: ReceiptDeployment
    domains: Annotated[tuple[HostName, ...], Field(max_length=MOST_DOMAINS)]


class Versions(Frozen):
    """Of the program that wrote the receipt, and of the journal's form."""

    provisioner: Version
    journal: Annotated[int, Field(ge=1, lt=1000)]


class Receipt(Frozen):
    """The same journal and world give the same receipt: no time in it is that of its writing."""

    version: Literal[1] = VERSION
    network: Repository
    hub: HubId
    run: ReceiptRun
    apps: Annotated[tuple[ReceiptApp, ...], Field(min_length=1, max_length=MAX_APPS)]
    versions: Versions

    @model_validator(mode="after")
    def _names_are_the_hub_s_own(self) -> Self:
        for app in self.apps:
            if not app.repository.name == app.project.name == f"{self.hub}--{app.id}":
                raise ValueError("a copy or a project has a name that is not this hub's")
        if len({app.id for app in self.apps}) < len(self.apps):
            raise ValueError("an app is listed twice")
        return self
