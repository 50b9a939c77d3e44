"""What a hub asks for: the hub file as values. Frozen, no I/O.

The JSON Schema in `schemas/hub.schema.json` is generated from here, so every
limit a facilitator can meet is stated in this file.
"""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

HUB_ID_PATTERN = r"^(?!.*--)[a-z][a-z0-9-]{1,38}[a-z0-9]$"
APP_ID_PATTERN = r"^(?!.*--)[a-z]([a-z0-9-]{0,18}[a-z0-9])?$"
LOGIN_PATTERN = r"^(?!.*--)[A-Za-z0-9]([A-Za-z0-9-]{0,37}[A-Za-z0-9])?$"
TEAM_PATTERN = r"^[a-z0-9][a-z0-9-]{0,47}$"
HOST_NAME_PATTERN = (
    r"^(?=.{4,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{0,61}[a-z0-9]$"
)
VARIABLE_NAME_PATTERN = r"^[A-Za-z][A-Za-z0-9_]{0,99}$"
SEALED_PATTERN = r"^v1\.[A-Za-z0-9_-]{8}\.[A-Za-z0-9_-]{64,40000}$"

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


Login = Annotated[str, Field(pattern=LOGIN_PATTERN)]
HostName = Annotated[str, Field(pattern=HOST_NAME_PATTERN)]
VariableName = Annotated[str, Field(pattern=VARIABLE_NAME_PATTERN)]
AppId = Annotated[str, Field(pattern=APP_ID_PATTERN)]


class Sealed(Frozen):
    """A secret value that only the provisioner can open (`provisioner seal`)."""

    sealed: Annotated[str, Field(pattern=SEALED_PATTERN)]


PlainValue = Annotated[str, Field(max_length=MAX_VALUE_LENGTH)]
Value = PlainValue | Sealed


class GitHubAccount(Frozen):
    """Where the copies of the apps' repositories go."""

    owner: Login


class VercelAccount(Frozen):
    """The Vercel team, by its slug, that the projects belong to."""

    team: Annotated[str, Field(pattern=TEAM_PATTERN)]


class AppRequest(Frozen):
    """One app that the hub asks for."""

    app: Annotated[str, Field(pattern=APP_ID_PATTERN, description="An entry of the catalog.")]
    domains: Annotated[tuple[HostName, ...], Field(max_length=MAX_DOMAINS)] = ()
    env: Annotated[dict[VariableName, Value], Field(max_length=MAX_VARIABLES)] = {}
    adopt: Annotated[
        bool,
        Field(description="Consent to take over a repository or project that exists already."),
    ] = False


class Hub(Frozen):
    """A hub file. Its id is the file's name without `.yaml`."""

    name: Annotated[str, Field(min_length=1, max_length=100)]
    maintainers: Annotated[tuple[Login, ...], Field(min_length=1, max_length=MAX_MAINTAINERS)]
    github: GitHubAccount | None = None
    vercel: VercelAccount | None = None
    apps: Annotated[dict[AppId, AppRequest], Field(min_length=1, max_length=MAX_APPS)]
