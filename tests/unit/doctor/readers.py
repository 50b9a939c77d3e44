"""Readers that answer what a story gives them: for what the stand-ins cannot show."""

from dataclasses import dataclass, field
from datetime import UTC, datetime

from provisioner.models.remote import Account
from provisioner.models.setup import (
    ActionsSettings,
    BranchRules,
    BranchSettings,
    EnvironmentSettings,
    Membership,
    OrganizationSettings,
    RepositorySettings,
    Team,
    TokenOwner,
)

NOW = datetime(2026, 1, 1, tzinfo=UTC)
NETWORK = RepositorySettings(
    full_name="example-network/hubs",
    owner="example-network",
    default_branch="main",
    created_at=NOW,
)
ORGANIZATION = Account(login="nairobi-commons", personal=False)


@dataclass
class Settings:
    """A `SettingsReader` of one repository and one organisation."""

    owner: TokenOwner = field(default_factory=lambda: TokenOwner(login="provisioner-bot"))
    settings: RepositorySettings = NETWORK
    in_organization: Membership | None = None
    of_organization: OrganizationSettings | None = None

    def token_owner(self) -> TokenOwner:
        return self.owner

    def repository(self, full_name: str) -> RepositorySettings | None:
        return self.settings

    def branch(self, full_name: str, branch: str) -> BranchSettings | None:
        return None

    def rules(self, full_name: str, branch: str) -> BranchRules:
        return BranchRules()

    def branch_policies(self, full_name: str, environment: str) -> tuple[str, ...] | None:
        return None

    def file_names(self, full_name: str, folder: str, branch: str = "") -> tuple[str, ...]:
        return ()

    def environments(self, full_name: str) -> tuple[EnvironmentSettings, ...]:
        return ()

    def actions(self, full_name: str) -> ActionsSettings | None:
        return None

    def last_scheduled(self, full_name: str, workflow: str) -> datetime | None:
        return None

    def account(self, login: str) -> Account | None:
        return ORGANIZATION

    def membership(self, organization: str, login: str) -> Membership | None:
        return self.in_organization

    def organization(self, login: str) -> OrganizationSettings | None:
        return self.of_organization


@dataclass
class HostAccounts:
    """A `HostAccountReader` of one team."""

    its_team: Team

    def user(self) -> str:
        return "machine"

    def team(self, slug: str) -> Team | None:
        return self.its_team

    def linked_repositories(self, team: str) -> tuple[str, ...]:
        return ()
