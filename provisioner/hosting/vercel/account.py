"""The Vercel team that a hub file names, and how a wrong name is put right. Pure."""

import re
from typing import Annotated, ClassVar

from pydantic import ConfigDict, Field

from provisioner.hosting.kind import AccountWords, HostAccount
from provisioner.models.hub import TEAM_PATTERN

TITLE = "a Vercel team's short name"


class VercelAccount(HostAccount):
    """The Vercel team that the projects belong to."""

    model_config = ConfigDict(
        title="a group that names the Vercel `team`",
        json_schema_extra={"examples": [{"team": "nairobi-commons"}]},
    )
    where: ClassVar[str] = "team"

    team: Annotated[
        str,
        Field(
            pattern=TEAM_PATTERN,
            title=TITLE,
            description="The team's short name (slug), as in vercel.com/<team>.",
            examples=["nairobi-commons"],
        ),
    ]


_ADDRESS = re.compile(r"^(https?://)?(www\.)?vercel\.com/(teams/)?")
_TEAMS_PAGE = re.compile(r"/~(/.*)?$")
"""Its settings and the like, as they stand in a browser: vercel.com/<team>/~/settings."""


def correct(text: str) -> str:
    name = _TEAMS_PAGE.sub("", _ADDRESS.sub("", text.strip().lower())).strip("@/ ")
    if name.startswith("team_"):
        return "this is the team's id; write its short name, as it stands in vercel.com/<team>"
    if re.match(TEAM_PATTERN, name):
        return f"write `{name}`"
    return "write it as it stands in vercel.com/<team>: small letters, digits and hyphens"


WORDS = AccountWords(
    noun="Vercel team",
    title=TITLE,
    description="The Vercel team of the projects; the network's own team if left out.",
    pattern=TEAM_PATTERN,
    correct=correct,
)
