"""The network's own settings as values: the catalog's `network.yaml`. Frozen, no I/O.

Its schema is generated from here; titles, examples and descriptions are worded as in `hub`.
"""

from typing import Annotated

from pydantic import ConfigDict, Field

from provisioner.models.hub import (
    HUB_ID_PATTERN,
    MAX_APPS,
    TEAM_PATTERN,
    TITLE_PATTERN,
    Frozen,
    Login,
)

PUBLIC_KEY_PATTERN = r"^[A-Za-z0-9_-]{43}$(?!\n)"
ACCOUNT_PATTERN = r"^[A-Za-z0-9][A-Za-z0-9-]{0,47}$(?!\n)"

AccountName = Annotated[
    str,
    Field(
        pattern=ACCOUNT_PATTERN,
        title="the name of an account at GitHub or at a host",
        examples=["nairobi-commons"],
    ),
]
HubId = Annotated[str, Field(pattern=HUB_ID_PATTERN, title="a hub's name", examples=["nairobi"])]


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
            title="a team's short name",
            description="The team at the host, of a hub file that names none.",
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
    accounts: Annotated[
        dict[
            AccountName,
            Annotated[
                tuple[HubId, ...], Field(title="a list of hub names", examples=[["nairobi"]])
            ],
        ],
        Field(
            title="a group of `account: [hub, hub]` lines",
            description="Accounts at GitHub and at hosts that several hubs share, with these hubs. "
            "Without a line here, hubs share one only if they share a maintainer.",
            examples=[{"nairobi-commons": ["nairobi", "nairobi-west"]}],
        ),
    ] = {}
    limits: Annotated[Limits, Field(description="What one hub may ask for.")] = Limits()
