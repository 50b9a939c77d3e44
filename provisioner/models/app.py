"""The catalog as values, and one app of one hub with everything resolved. Frozen, no I/O."""

from enum import StrEnum
from typing import Annotated

from pydantic import Field

from provisioner.models.hub import (
    APP_ID_PATTERN,
    LOGIN_PATTERN,
    TEAM_PATTERN,
    Frozen,
    Login,
    Value,
    VariableName,
)


class CopyMethod(StrEnum):
    """How the app's repository gets to the hub."""

    FORK = "fork"
    TEMPLATE = "template"


class DomainRule(StrEnum):
    """Whether an app of this kind has domains of its own."""

    REQUIRED = "required"
    OPTIONAL = "optional"
    NONE = "none"


class VariableRule(Frozen):
    """One variable that an app reads from its environment."""

    description: Annotated[str, Field(min_length=1, max_length=300)]
    required: bool = False
    secret: bool = False


class BuildSettings(Frozen):
    """How the host builds the app; what is left out, the host decides."""

    framework: str | None = None
    root_directory: str | None = None
    build_command: str | None = None
    install_command: str | None = None
    output_directory: str | None = None


class CatalogApp(Frozen):
    """An entry of the catalog: `catalog/apps/<id>.yaml`."""

    title: Annotated[str, Field(min_length=1, max_length=100)]
    description: Annotated[str, Field(max_length=300)] = ""
    source: Annotated[str, Field(pattern=r"^[A-Za-z0-9-]{1,39}/[A-Za-z0-9._-]{1,100}$")]
    copy_method: Annotated[CopyMethod, Field(alias="copy")] = CopyMethod.FORK
    workflow: Annotated[str, Field(pattern=r"^[a-z][a-z0-9-]*$")]
    build: BuildSettings = BuildSettings()
    domains: DomainRule = DomainRule.OPTIONAL
    env: dict[VariableName, VariableRule] = {}
    health: Annotated[str, Field(pattern=r"^/", description="Answers 200 when the app lives.")] = (
        "/"
    )


class Limits(Frozen):
    """What one hub may ask for, and what one run may take away."""

    apps_per_hub: Annotated[int, Field(ge=1, le=20)] = 5
    removals_at_once: Annotated[
        int, Field(ge=0, description="More hub files missing at once than this stops the plan.")
    ] = 3


class Network(Frozen):
    """The network's own settings: `catalog/network.yaml`."""

    name: Annotated[str, Field(min_length=1, max_length=100)]
    owner: Annotated[str, Field(pattern=LOGIN_PATTERN, description="Default owner of copies.")]
    team: Annotated[str, Field(pattern=TEAM_PATTERN, description="Default Vercel team.")]
    maintainers: Annotated[tuple[Login, ...], Field(min_length=1)]
    sealing_key: Annotated[
        str | None, Field(pattern=r"^[A-Za-z0-9_-]{43}$", description="Public half (`keygen`).")
    ] = None
    limits: Limits = Limits()
    grace_days: Annotated[int, Field(ge=0, le=365)] = 30


class CatalogEntry(Frozen):
    """A catalog app together with its id."""

    id: Annotated[str, Field(pattern=APP_ID_PATTERN)]
    app: CatalogApp


class DesiredApp(Frozen):
    """One app of one hub, resolved: all that a step's inputs are made of.

    `repository` and `project` are natural keys: the same hub and app always
    give the same names, so that a lost record can be found again by looking.
    """

    hub: str
    id: str
    entry: CatalogEntry
    owner: str
    team: str
    domains: tuple[str, ...] = ()
    env: dict[str, Value] = {}
    adopt: bool = False

    @property
    def name(self) -> str:
        """`<hub>--<app>`; no id holds `--`, so no two apps share a name."""
        return f"{self.hub}--{self.id}"

    @property
    def repository(self) -> str:
        return f"{self.owner}/{self.name}"

    @property
    def project(self) -> str:
        return self.name


class DesiredHub(Frozen):
    """The desired state of one hub; `digest` changes when and only when it does."""

    id: str
    title: str
    maintainers: tuple[str, ...]
    digest: str
    apps: tuple[DesiredApp, ...]
