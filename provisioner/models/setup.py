"""A network's set-up as the remote services show it, for those who check it. Frozen, no I/O.

None stands for what a service does not show to the token that asked.
"""

from datetime import datetime
from enum import StrEnum

from provisioner.models.hub import Frozen


class TokenOwner(Frozen):
    """Whom a GitHub token acts for. An app's token acts for no user; Actions' own is one.

    `scopes` are those of a classic token; other kinds do not say what they may do.
    """

    login: str | None = None
    scopes: tuple[str, ...] | None = None
    expires_at: datetime | None = None


class RepositorySettings(Frozen):
    """`may_write` is the token's user's role; of an app's token it says nothing."""

    full_name: str
    owner: str
    default_branch: str
    created_at: datetime
    private: bool = False
    archived: bool = False
    is_template: bool = False
    forkable: bool = True
    may_write: bool = False


class BranchSettings(Frozen):
    """`rule`: a branch protection rule holds. Without one, `protected` comes of a ruleset."""

    protected: bool
    rule: bool = False
    required_checks: tuple[str, ...] = ()


class BranchRules(Frozen):
    """What rulesets demand of a branch. `kinds` are GitHub's own words, such as `deletion`.

    Branch protection rules are none of these.
    """

    kinds: frozenset[str] = frozenset()
    required_checks: tuple[str, ...] = ()
    up_to_date: bool = False
    code_owner_review: bool = False


class BranchLimit(StrEnum):
    """Which branches' jobs may use an Actions environment."""

    ALL = "all"
    PROTECTED = "protected"
    NAMED = "named"


class EnvironmentSettings(Frozen):
    name: str
    branches: BranchLimit


class ActionsSettings(Frozen):
    """`allowed` says whose actions may run: `all`, `local_only`, `selected`, or nothing."""

    enabled: bool
    allowed: str = ""


class Membership(Frozen):
    """A user in an organisation; not `active` while the invitation waits."""

    active: bool
    admin: bool = False


class OrganizationSettings(Frozen):
    members_may_create: bool | None = None
    private_forks: bool | None = None


class Team(Frozen):
    """A team at the host. `role` is the token's user's; `plan` in the host's words."""

    slug: str
    plan: str = ""
    role: str = ""
    confirmed: bool = True
