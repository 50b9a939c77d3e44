"""What a service does not say of a set-up is never taken for a right that nobody has given."""

from provisioner.models.setup import (
    BranchRules,
    BranchSettings,
    Membership,
    OrganizationSettings,
    RepositorySettings,
    Team,
    TokenOwner,
)
from tests.unit.doctor.readers import NOW


def test_a_repository_is_public_in_use_and_nobodys_to_write() -> None:
    found = RepositorySettings(full_name="a/b", owner="a", default_branch="main", created_at=NOW)

    assert not any((found.private, found.archived, found.is_template, found.may_write))
    assert found.forkable


def test_a_branch_is_held_by_no_rule() -> None:
    rules = BranchRules()

    assert not BranchSettings(protected=True).rule
    assert (rules.kinds, rules.required_checks) == (frozenset(), ())
    assert not any((rules.up_to_date, rules.code_owner_review))


def test_who_is_a_member_is_no_administrator() -> None:
    assert not Membership(active=True).admin


def test_what_is_not_shown_is_not_known() -> None:
    token, organization = TokenOwner(), OrganizationSettings()

    assert (token.login, token.scopes, token.expires_at) == (None, None, None)
    assert (organization.members_may_create, organization.private_forks) == (None, None)


def test_a_team_that_is_shown_is_one_that_its_user_has_joined() -> None:
    assert Team(slug="nairobi").confirmed
