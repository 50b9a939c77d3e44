"""The catalog as values, and one app of one hub with everything resolved. Frozen, no I/O.

The schemas of the catalog's files are generated from here; titles, examples and
descriptions are worded as in `hub`.
"""

from enum import StrEnum
from typing import Annotated

from pydantic import ConfigDict, Field

from provisioner.models.hub import (
    APP_ID_PATTERN,
    MAX_APPS,
    TEAM_PATTERN,
    TITLE_PATTERN,
    Frozen,
    Login,
    Value,
    VariableName,
)

SOURCE_PATTERN = r"^[A-Za-z0-9-]{1,39}/[A-Za-z0-9._-]{1,100}$(?!\n)"
WORKFLOW_PATTERN = r"^[a-z][a-z0-9-]*$(?!\n)"
HEALTH_PATTERN = r"^/[^\s]*$(?!\n)"
PUBLIC_KEY_PATTERN = r"^[A-Za-z0-9_-]{43}$(?!\n)"


class CopyMethod(StrEnum):
    """How the app's repository gets to the hub."""

    FORK = "fork"
    TEMPLATE = "template"


class DomainRule(StrEnum):
    """Whether an app of this kind has domains of its own."""

    REQUIRED = "required"
    OPTIONAL = "optional"
    NONE = "none"


Setting = Annotated[
    str | None, Field(min_length=1, max_length=256, title="a text of at most 256 characters")
]


class VariableRule(Frozen):
    """One variable that an app reads from its environment."""

    model_config = ConfigDict(
        title="a group that begins with `description`",
        json_schema_extra={"examples": [{"description": "The title of every page."}]},
    )

    description: Annotated[
        str,
        Field(
            min_length=1,
            max_length=300,
            title="a text of at most 300 characters",
            description="What the variable is for, in words that a facilitator understands.",
            examples=["The title at the top of every page."],
        ),
    ]
    required: Annotated[
        bool, Field(title="`true` or `false`", description="The app does not work without it.")
    ] = False
    secret: Annotated[
        bool,
        Field(title="`true` or `false`", description="It may stand only sealed in a hub file."),
    ] = False


class BuildSettings(Frozen):
    """How the host builds the app; what is left out, the host decides."""

    model_config = ConfigDict(
        title="a group of build settings",
        json_schema_extra={"examples": [{"framework": "vitepress"}]},
    )

    framework: Annotated[
        Setting,
        Field(
            description="The framework as the host's API names it; left out: none of them.",
            examples=["vitepress"],
        ),
    ] = None
    root_directory: Annotated[
        Setting, Field(description="Where in the repository the app lies.", examples=["app"])
    ] = None
    build_command: Annotated[
        Setting, Field(description="The command that builds it.", examples=["npm run build"])
    ] = None
    install_command: Annotated[
        Setting, Field(description="The command that installs its needs.", examples=["npm ci"])
    ] = None
    output_directory: Annotated[
        Setting, Field(description="Where the build leaves its files.", examples=["dist"])
    ] = None

    def stated(self) -> dict[str, str]:
        """The settings that are not left to the host, by name."""
        stated: dict[str, str] = self.model_dump(exclude_none=True)
        return stated


class CatalogApp(Frozen):
    """An entry of the catalog: `apps/<id>.yaml`. Its id is the file's name without `.yaml`."""

    model_config = ConfigDict(title="a catalog file")

    title: Annotated[
        str,
        Field(
            pattern=TITLE_PATTERN,
            max_length=100,
            title="a name on one line",
            description="The app's name as people read it.",
            examples=["Documentation site"],
        ),
    ]
    description: Annotated[
        str,
        Field(
            max_length=300,
            title="a text of at most 300 characters",
            description="What the app does for a hub.",
            examples=["A site for guides and notes."],
        ),
    ] = ""
    source: Annotated[
        str,
        Field(
            pattern=SOURCE_PATTERN,
            title="a GitHub repository, `owner/name`",
            description="The repository that every hub gets a copy of.",
            examples=["example-network/docs-site"],
        ),
    ]
    copy_method: Annotated[
        CopyMethod,
        Field(
            alias="copy",
            description="`fork` keeps the link to the source; `template` starts afresh.",
            examples=["fork"],
        ),
    ] = CopyMethod.FORK
    workflow: Annotated[
        str,
        Field(
            pattern=WORKFLOW_PATTERN,
            title="the name of a workflow",
            description="The steps that bring this app to life.",
            examples=["website"],
        ),
    ]
    build: Annotated[
        BuildSettings,
        Field(description="Sent to the host once, when it creates the project."),
    ] = BuildSettings()
    domains: Annotated[
        DomainRule,
        Field(
            description="Whether a hub must, may or may not give this app domains.",
            examples=["optional"],
        ),
    ] = DomainRule.OPTIONAL
    env: Annotated[
        dict[VariableName, VariableRule],
        Field(
            title="a group of variables",
            description="Every variable that a hub may set for this app.",
            examples=[{"SITE_TITLE": {"description": "The title at the top of every page."}}],
        ),
    ] = {}
    health: Annotated[
        str,
        Field(
            pattern=HEALTH_PATTERN,
            max_length=200,
            title="a path that begins with `/`",
            description="A page that answers 200 when the app lives.",
            examples=["/"],
        ),
    ] = "/"


class Limits(Frozen):
    """What one hub may ask for, and what one run may take away."""

    model_config = ConfigDict(
        title="a group of limits", json_schema_extra={"examples": [{"apps_per_hub": 5}]}
    )

    apps_per_hub: Annotated[
        int,
        Field(
            ge=1,
            le=MAX_APPS,
            title="a whole number",
            description="More apps in one hub file than this is a finding.",
            examples=[5],
        ),
    ] = 5
    removals_at_once: Annotated[
        int,
        Field(
            ge=0,
            title="a whole number",
            description="More hub files missing at once than this stops the plan.",
            examples=[3],
        ),
    ] = 3


class Network(Frozen):
    """The network's own settings: `network.yaml`."""

    model_config = ConfigDict(title="the network's settings")

    name: Annotated[
        str,
        Field(
            pattern=TITLE_PATTERN,
            max_length=100,
            title="a name on one line",
            description="The network's name as people read it.",
            examples=["Example Network"],
        ),
    ]
    owner: Annotated[
        Login,
        Field(
            title="a GitHub user or organisation name",
            description="Where copies go if a hub file names no `github.owner`.",
            examples=["example-network"],
        ),
    ]
    team: Annotated[
        str,
        Field(
            pattern=TEAM_PATTERN,
            title="a Vercel team's short name",
            description="The Vercel team of a hub file that names no `vercel.team`.",
            examples=["example-network"],
        ),
    ]
    maintainers: Annotated[
        tuple[Login, ...],
        Field(
            min_length=1,
            title="a list of GitHub user names",
            description="Who answers facilitators and re-runs failed jobs.",
            examples=[["example-maintainer"]],
        ),
    ]
    sealing_key: Annotated[
        str | None,
        Field(
            pattern=PUBLIC_KEY_PATTERN,
            title="the public half of a sealing key",
            description="Made by `provisioner keygen`. Secrets in hub files are sealed with it.",
        ),
    ] = None
    limits: Annotated[Limits, Field(description="What one hub may ask for.")] = Limits()
    grace_days: Annotated[
        int,
        Field(
            ge=0,
            le=365,
            title="a whole number of days",
            description="How long a removed hub's apps are kept before anything is deleted.",
            examples=[30],
        ),
    ] = 30


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
