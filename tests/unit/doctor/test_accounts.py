"""Owners and teams as only the real services show them."""

import pytest

from provisioner.doctor import owners, teams
from provisioner.doctor.base import Access
from provisioner.doctor.owners import Owners
from provisioner.doctor.teams import Teams
from provisioner.hosting.registry import FIRST
from provisioner.models.diagnosis import CheckState, Verdict, ok
from provisioner.models.setup import Membership, OrganizationSettings, Team, TokenOwner
from tests.unit.doctor.readers import HostAccounts, Settings

MEMBER = Membership(active=True)


def holders(reader: Settings) -> Owners:
    return Owners(Access("PROVISIONER_GITHUB_TOKEN", ok("good"), (reader, reader.owner)))


def hosts(team: Team) -> Teams:
    return Teams(FIRST, Access("VERCEL_TOKEN", ok("good"), (HostAccounts(team), "machine")))


def verdict_on_owner(reader: Settings) -> Verdict:
    (probe,) = owners.probes(holders(reader), ["nairobi-commons"])
    return probe.check()


def verdict_on_team(**fields: object) -> Verdict:
    team = Team.model_validate({"slug": "nairobi", **fields})
    (probe,) = teams.probes(hosts(team), ["nairobi"])
    return probe.check()


def test_an_invitation_that_was_not_accepted_is_no_membership() -> None:
    found = verdict_on_owner(Settings(in_organization=Membership(active=False)))
    assert found.state is CheckState.NOT_OK
    assert "has not accepted the invitation" in found.detail


@pytest.mark.parametrize("settings", [None, OrganizationSettings()])
def test_an_organisation_that_hides_its_privileges_is_not_said_to_allow_anything(
    settings: OrganizationSettings | None,
) -> None:
    found = verdict_on_owner(Settings(in_organization=MEMBER, of_organization=settings))
    assert found.state is CheckState.UNKNOWN
    assert "GitHub does not show" in found.detail


def test_an_owner_of_an_organisation_may_make_repositories_whatever_members_may() -> None:
    reader = Settings(
        in_organization=Membership(active=True, admin=True),
        of_organization=OrganizationSettings(members_may_create=False),
    )
    assert verdict_on_owner(reader).state is CheckState.OK


def test_of_an_apps_token_no_membership_is_asked_for() -> None:
    found = verdict_on_owner(Settings(owner=TokenOwner()))
    assert found.state is CheckState.UNKNOWN
    assert "an app" in found.detail


@pytest.mark.parametrize(
    ("role", "state"),
    [
        ("OWNER", CheckState.OK),
        ("MEMBER", CheckState.OK),
        ("DEVELOPER", CheckState.UNKNOWN),
        ("SOMETHING_NEW", CheckState.UNKNOWN),
        ("VIEWER_FOR_PLUS", CheckState.NOT_OK),
        ("BILLING", CheckState.NOT_OK),
    ],
)
def test_a_role_in_a_team_is_enough_too_little_or_not_known(role: str, state: CheckState) -> None:
    assert verdict_on_team(role=role).state is state


def test_a_team_whose_plan_is_hidden_is_not_said_to_be_on_the_right_one() -> None:
    team = hosts(Team(slug="nairobi", role="OWNER"))
    (probe,) = teams.pair_probes(holders(Settings()), team, [("nairobi-commons", "nairobi")])
    found = probe.check()
    assert found.state is CheckState.UNKNOWN
    assert "it must not be Hobby" in found.detail
