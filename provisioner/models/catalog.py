"""The catalog's apps as values: what a hub may ask for. Frozen, no I/O.

The schema of the catalog's files is generated from here; titles, examples and
descriptions are worded as in `hub`.
"""

from enum import StrEnum
from typing import Annotated

from pydantic import ConfigDict, Field

from provisioner.models.hub import APP_ID_PATTERN, TITLE_PATTERN, Frozen

SOURCE_PATTERN = r"^[A-Za-z0-9-]{1,39}/[A-Za-z0-9._-]{1,100}$(?!\n)"
WORKFLOW_PATTERN = r"^[a-z][a-z0-9-]*$(?!\n)"
APP_VARIABLE_PATTERN = r"^(?!PROVISIONER_)[A-Za-z][A-Za-z0-9_]{0,99}$(?!\n)"
"""By variables that begin with `PROVISIONER_` the provisioner knows what is its own."""
HEALTH_PATTERN = r"^/[^\s]*$(?!\n)"


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


AppVariableName = Annotated[
    str,
    Field(
        pattern=APP_VARIABLE_PATTERN,
        title="a variable name that apps may have (none with `PROVISIONER_`)",
        examples=["SITE_TITLE"],
    ),
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
        dict[AppVariableName, VariableRule],
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


class CatalogEntry(Frozen):
    """A catalog app together with its id."""

    id: Annotated[str, Field(pattern=APP_ID_PATTERN)]
    app: CatalogApp
