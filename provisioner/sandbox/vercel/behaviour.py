"""How the stand-in behaves where the real host may behave in several ways.

Everything here can be set by a test as a plain attribute, or from outside
through the control endpoint, whose JSON has these very fields.
"""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

Protection = Literal[
    "all", "preview", "prod_deployment_urls_and_all_previews", "all_except_custom_domains"
]


class Setting(BaseModel):
    """Assignments are checked, and unknown names refused."""

    model_config = ConfigDict(extra="forbid", validate_assignment=True)


class Outcome(Setting):
    """How deployments of `project` (a name, or `*`) end; used up after `times`, null: never.

    `state` may be any word: a word that is not a final state stays for ever.
    Lines of `log` stand in the build log; `${NAME}` in them becomes the value
    of that variable, as a careless build script would print it.
    """

    project: str = "*"
    state: str = "READY"
    error_code: str = "BUILD_UTILS_SPAWN_1"
    error_message: str = 'Command "npm run build" exited with 1'
    error_step: str = "buildStep"
    error_link: str = "https://vercel.com/docs/deployments/troubleshoot-a-build"
    block_code: Literal["COMMIT_AUTHOR_REQUIRED", "TEAM_ACCESS_REQUIRED"] = "COMMIT_AUTHOR_REQUIRED"
    alias: Literal["assigned", "never", "error"] = "assigned"
    alias_error_code: str = "cert_missing"
    alias_error_message: str = "No certificate could be found for the alias."
    checks: Literal["succeeded", "failed"] | None = None
    log: list[str] = []
    build_seconds: float | None = None
    times: int | None = 1


class TeamSetting(Setting):
    """A team that is there whether or not unknown slugs are teams too.

    `role` is the token's owner's; `confirmed` false while the team has not let them in.
    """

    plan: Literal["hobby", "pro", "enterprise"] = "pro"
    member: bool = True
    role: Literal["OWNER", "MEMBER", "DEVELOPER", "CONTRIBUTOR", "VIEWER", "BILLING"] = "MEMBER"
    confirmed: bool = True
    forces_sensitive: bool = False


class RateLimit(Setting):
    """At most `total` of an operation in `window` seconds of the world's clock, by account.

    `status` 402 with code `api-deployments-free-per-day` is what a day's quota
    answers; `retry_after` false leaves that header out.
    """

    operation: Literal["deployments", "projects", "env", "domains"]
    total: Annotated[int, Field(ge=0)]
    window: Annotated[float, Field(gt=0)] = 3600.0
    status: Literal[402, 429] = 429
    code: str = "rate_limited"
    retry_after: bool = True


class Behaviour(Setting):
    """Every switch of the stand-in, with the answer that the usual account would get.

    Accounts: `teams` by slug; `open_teams`: every other slug is a team on plan
    pro; `token_teams`: the only slugs the token may act in (null: all);
    `token_valid`; `personal_plan`.
    Repositories: `blind_to`: owners or `owner/name` the host's GitHub App does
    not see; `login_connection`: the token's owner has linked a GitHub login.
    Projects: `max_projects` in place of the plan's number; `in_transfer`:
    names of projects being handed over; `default_protection` of a project
    created without `ssoProtection`.
    Variables: `refused_variables`: names, each with the code that it is refused
    with; the refusal echoes the value, as the real host may.
    Deployments: `deploys_on_creation`: linking a repository deploys at once;
    `strangers_blocked`: private commits by authors outside `members` end
    BLOCKED; `next_deployments`: outcomes, the first that fits is taken;
    `events_in_payload`: build log lines hold their text under `payload`;
    `deployments_lag`: seconds by which lists of deployments are behind.
    Domains: `apex_owned_elsewhere`: apex names whose owner must be proved by a
    TXT record; `first_owner_keeps_apex`: so must every apex of which another
    account has a verified name; `held_elsewhere`: names that somebody else's
    project holds; `not_allowed`: names refused with 403;
    `already_added_code`; `config_errors`: codes that the next looks at a
    domain's DNS fail with; `must_change_address`: names reported with
    `ipStatus: required-change`.
    Pages: `certificates`: host → `none`, `expired` or `wrong_name`;
    `page_status`: project name → the status its pages answer.
    """

    teams: dict[str, TeamSetting] = {}
    open_teams: bool = True
    token_teams: list[str] | None = None
    token_valid: bool = True
    personal_plan: Literal["hobby", "pro", "enterprise"] = "hobby"

    blind_to: list[str] = []
    login_connection: bool = True

    max_projects: int | None = None
    in_transfer: list[str] = []
    default_protection: Protection | None = "prod_deployment_urls_and_all_previews"

    refused_variables: dict[str, str] = {}

    deploys_on_creation: bool = False
    strangers_blocked: bool = False
    members: list[str] = []
    next_deployments: list[Outcome] = []
    events_in_payload: bool = False
    deployments_lag: Annotated[float, Field(ge=0)] = 0.0

    apex_owned_elsewhere: list[str] = []
    first_owner_keeps_apex: bool = False
    held_elsewhere: list[str] = []
    not_allowed: list[str] = []
    already_added_code: str = "domain_already_exists"
    config_errors: list[str] = []
    must_change_address: list[str] = []

    certificates: dict[str, Literal["none", "expired", "wrong_name"]] = {}
    page_status: dict[str, int] = {}

    limits: list[RateLimit] = []

    def take_outcome(self, project: str) -> Outcome:
        """The outcome of the next deployment of a project; uses up one of its `times`."""
        for position, outcome in enumerate(self.next_deployments):
            if outcome.project not in {"*", project}:
                continue
            if outcome.times is not None:
                outcome.times -= 1
                if outcome.times <= 0:
                    del self.next_deployments[position]
            return outcome
        return Outcome()
