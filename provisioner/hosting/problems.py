"""Why a host says no: a closed set that every host's client sorts its refusals into. No I/O.

What is not in here stays a plain `RemoteError`: retried, or told as it is. Each host's own
`refusals` has the words for its people.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from provisioner.errors import RemoteError


class Problem(StrEnum):
    MISSING = "missing"
    """There is no such thing."""
    NO_ENTRY = "no-entry"
    """The token may not act in the account, or there is no such account."""
    NAME_TAKEN = "name-taken"
    """There is a project of that name by now."""
    MARK_REFUSED = "mark-refused"
    """The project was refused for the mark that it was to carry."""
    REPOSITORY_UNSEEN = "repository-unseen"
    """The host cannot see the repository."""
    NO_LOGIN = "no-login"
    """The token's user has no login where the repositories are."""
    PLAN_TOO_SMALL = "plan-too-small"
    """The account's plan builds no repositories of an organisation."""
    LINKS_USED_UP = "links-used-up"
    """The repository is linked to as many projects as may be."""
    PROJECTS_USED_UP = "projects-used-up"
    UNPAID = "unpaid"
    IN_TRANSFER = "in-transfer"
    """The project is being handed over to another account: nothing of it can be changed."""
    VARIABLES_REFUSED = "variables-refused"
    """Some variables were not taken, the others were: see `HostProblem.variables`."""
    COMMIT_UNSEEN = "commit-unseen"
    """The host cannot see the commit yet."""
    BUILDS_USED_UP = "builds-used-up"
    """Time brings new ones."""
    NO_WAY_TO_BUILD = "no-way-to-build"
    BUILDS_UNPAID = "builds-unpaid"
    """The account is blocked, or lacks a payment."""
    NOT_PROMOTED = "not-promoted"
    DOMAIN_HERE = "domain-here"
    """The domain is on this very project."""
    DOMAIN_HELD = "domain-held"
    """Another project has the domain: see `HostProblem.holder`."""
    NO_GOOD_BUILD = "no-good-build"
    """The host connects a domain only after a good build."""
    NO_DOMAIN_NAME = "no-domain-name"
    DOMAINS_USED_UP = "domains-used-up"
    DOMAIN_NOT_ALLOWED = "domain-not-allowed"
    DOMAIN_LED_TO = "domain-led-to"
    """Other domains of the project lead on to it."""
    DOMAIN_IN_TRANSFER = "domain-in-transfer"
    """The host does not let go of it while its project changes hands."""
    NAME_SERVERS_SILENT = "name-servers-silent"
    """The host could not ask a domain's name servers just now."""


class HostProblem(RemoteError):
    """A call that a host refused, and why: an error of its client, sorted.

    `holder`: the id of the project that has a domain, empty where it is not told. `variables`:
    the host's own code for each variable that was not taken; never a value.
    """

    def __init__(
        self,
        error: RemoteError,
        problem: Problem,
        holder: str = "",
        variables: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(
            error.message,
            error.hint,
            service=error.service,
            effect=error.effect,
            status=error.status,
            code=error.code,
            retry_after=error.retry_after,
            body=error.body,
            said=error.said,
        )
        self.problem = problem
        self.holder = holder
        self.variables = variables or {}


@dataclass(frozen=True)
class Concerned:
    """What a refused call was about, for the words. Empty where it does not matter."""

    team: str
    project: str
    hub: str = ""
    owner: str = ""
    repository: str = ""
    domain: str = ""
