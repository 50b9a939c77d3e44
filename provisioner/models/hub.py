"""What a hub asks for: the hub file as values. Frozen, no I/O.

The JSON Schema in `schemas/hub.schema.json` is generated from here, so every
limit a facilitator can meet is stated in this file. Titles are worded to stand
after "must be" in a finding; the first example is what a finding shows as the
fix; descriptions are what an editor shows.
"""

from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field

_END = r"$(?!\n)"  # Python's `$` also stands before a last line break; JSON Schema's does not
HUB_ID_PATTERN = r"^(?!.*--)[a-z][a-z0-9-]{1,38}[a-z0-9]" + _END
APP_ID_PATTERN = r"^(?!.*--)[a-z]([a-z0-9-]{0,18}[a-z0-9])?" + _END
LOGIN_PATTERN = r"^(?!.*--)[A-Za-z0-9]([A-Za-z0-9-]{0,37}[A-Za-z0-9])?" + _END
TEAM_PATTERN = r"^[a-z0-9][a-z0-9-]{0,47}" + _END
HOST_NAME_PATTERN = (
    r"^(?=.{4,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{0,61}[a-z0-9]" + _END
)
VARIABLE_NAME_PATTERN = r"^[A-Za-z][A-Za-z0-9_]{0,99}" + _END
SEALED_PATTERN = r"^v1\.[A-Za-z0-9_-]{8}\.[A-Za-z0-9_-]{64,40000}" + _END
TITLE_PATTERN = r"^(?=.*\S)[^\x00-\x1f\x7f-\x9f]+" + _END
VALUE_PATTERN = r"^(?![\s\S]*\x00)"

MAX_FILE_BYTES = 64 * 1024
MAX_APPS = 20
MAX_DOMAINS = 20
MAX_VARIABLES = 100
MAX_MAINTAINERS = 20
MAX_VALUE_LENGTH = 16_384


class Frozen(BaseModel):
    """A value: immutable, and strict about keys it does not know."""

    model_config = ConfigDict(
        frozen=True, extra="forbid", regex_engine="python-re", populate_by_name=True
    )


Login = Annotated[
    str, Field(pattern=LOGIN_PATTERN, title="a GitHub user name", examples=["amina-k"])
]
HostName = Annotated[
    str, Field(pattern=HOST_NAME_PATTERN, title="a host name", examples=["docs.example.org"])
]
VariableName = Annotated[
    str, Field(pattern=VARIABLE_NAME_PATTERN, title="a variable name", examples=["SITE_TITLE"])
]
AppId = Annotated[str, Field(pattern=APP_ID_PATTERN, title="an app's name", examples=["docs"])]


class Sealed(Frozen):
    """A secret value that only the provisioner can open (made by `provisioner seal`)."""

    model_config = ConfigDict(title="a sealed value")

    sealed: Annotated[
        str,
        Field(
            pattern=SEALED_PATTERN,
            title="a sealed value",
            description="The text that `provisioner seal` printed, whole and unchanged.",
        ),
    ]


PlainValue = Annotated[
    str, Field(pattern=VALUE_PATTERN, max_length=MAX_VALUE_LENGTH, title="a text")
]
Value = Annotated[
    PlainValue | Sealed,
    Field(
        title="a text, or a sealed value",
        description="Numbers and words such as true need quotes. A secret is never plain text.",
    ),
]


class GitHubAccount(Frozen):
    """Where the copies of the apps' repositories go."""

    model_config = ConfigDict(
        title="a group that names the GitHub `owner`",
        json_schema_extra={"examples": [{"owner": "nairobi-commons"}]},
    )

    owner: Annotated[
        Login,
        Field(
            title="a GitHub user or organisation name",
            description="A GitHub user or organisation, as in github.com/<owner>.",
            examples=["nairobi-commons"],
        ),
    ]


class AppRequest(Frozen):
    """One app that the hub asks for."""

    model_config = ConfigDict(
        title="a group of settings that begins with `app`",
        json_schema_extra={"examples": [{"app": "docs-site"}]},
    )

    app: Annotated[
        str,
        Field(
            pattern=APP_ID_PATTERN,
            title="the name of an app in the catalog",
            description="Which app of the network's catalog this is.",
            examples=["docs-site"],
        ),
    ]
    domains: Annotated[
        tuple[HostName, ...],
        Field(
            max_length=MAX_DOMAINS,
            title="a list of host names",
            description="The app's own host names, without https:// and without a path.",
            examples=[["docs.example.org"]],
        ),
    ] = ()
    env: Annotated[
        dict[VariableName, Value],
        Field(
            max_length=MAX_VARIABLES,
            title="a group of `NAME: value` lines",
            description="Settings that the app reads; the catalog says which ones it knows.",
            examples=[{"SITE_TITLE": "Nairobi Commons"}],
        ),
    ] = {}
    adopt: Annotated[
        bool,
        Field(
            title="`true` or `false`",
            description="Consent to take over a repository, project or bot that is in use already.",
            examples=[True],
        ),
    ] = False


def _apps_last(schema: dict[str, Any]) -> None:
    """As in the files, also where accounts at hosts are added to the model."""
    properties = schema["properties"]
    properties["apps"] = properties.pop("apps")


class Hub(Frozen):
    """A hub file. The hub's id is the file's name without `.yaml`.

    Without its account at a host: each host says itself how that is written (`HubFile`).
    """

    model_config = ConfigDict(title="a hub file", json_schema_extra=_apps_last)

    name: Annotated[
        str,
        Field(
            pattern=TITLE_PATTERN,
            max_length=100,
            title="a name on one line",
            description="The hub's name as people read it.",
            examples=["Nairobi Commons"],
        ),
    ]
    maintainers: Annotated[
        tuple[Login, ...],
        Field(
            min_length=1,
            max_length=MAX_MAINTAINERS,
            title="a list of GitHub user names",
            description="GitHub user names of those who may change this file.",
            examples=[["amina-k", "joseph-m"]],
        ),
    ]
    github: Annotated[
        GitHubAccount | None,
        Field(
            description="Where the copies of the apps go; the network's own account if left out.",
        ),
    ] = None
    apps: Annotated[
        dict[AppId, AppRequest],
        Field(
            min_length=1,
            max_length=MAX_APPS,
            title="a group of apps",
            description="The apps of the hub. Each has a short name of your choice.",
            examples=[{"docs": {"app": "docs-site"}}],
        ),
    ]
