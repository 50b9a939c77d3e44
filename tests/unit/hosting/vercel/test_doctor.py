"""May the token act in a Vercel team, and may the team build what belongs to an owner?"""

import pytest

from provisioner.hosting.vercel.doctor import VercelDoctor
from provisioner.models.diagnosis import CheckState, Verdict
from provisioner.models.remote import Account
from provisioner.models.setup import Team

ORGANISATION = Account(login="Nairobi-Commons", personal=False)
PERSON = Account(login="amina-k", personal=True)


def team(role: str = "MEMBER", plan: str = "pro", confirmed: bool = True) -> Team:
    return Team(slug="nairobi", role=role, plan=plan, confirmed=confirmed)


def in_team(found: Team | None) -> Verdict:
    return VercelDoctor().team("machine", found)


def pair(owner: Account, found: Team, *linked: str) -> Verdict:
    return VercelDoctor().pair(owner, found, lambda: linked)


def test_a_team_that_is_not_shown_is_none_or_not_the_tokens() -> None:
    found = in_team(None)

    assert found.state is CheckState.NOT_OK
    assert found.detail.startswith("Vercel does not show it to machine")
    assert "invites machine as `Member`" in found.hint


def test_an_invitation_is_no_membership_whatever_the_role() -> None:
    found = in_team(team("OWNER", confirmed=False))

    assert found.state is CheckState.NOT_OK
    assert found.detail == "machine has not been let into the team yet."
    assert "confirms machine" in found.hint


@pytest.mark.parametrize(
    ("found", "detail"),
    [
        (team("OWNER", "pro"), "machine is Owner, plan Pro."),
        (team("MEMBER", "enterprise"), "machine is Member, plan Enterprise."),
        (team("MEMBER", ""), "machine is Member."),
    ],
)
def test_owners_and_members_may_and_the_plan_is_told_where_it_is_known(
    found: Team, detail: str
) -> None:
    assert in_team(found) == Verdict(state=CheckState.OK, detail=detail)


@pytest.mark.parametrize("role", ["VIEWER", "VIEWER_FOR_PLUS", "BILLING", "SECURITY"])
def test_some_roles_make_no_projects(role: str) -> None:
    found = in_team(team(role))

    assert found.state is CheckState.NOT_OK
    assert found.detail.startswith(f"machine is {role.capitalize().replace('_', ' ')} there")
    assert "makes machine a `Member`" in found.hint


def test_of_a_role_that_nobody_knows_nothing_is_said_but_how_to_be_sure() -> None:
    found = in_team(team("SOMETHING_NEW"))

    assert found.state is CheckState.UNKNOWN
    assert found.detail.startswith("machine is Something new there; whether that is enough")
    assert "makes machine a `Member`" in found.hint


def test_the_free_plan_builds_nothing_of_an_organisation_and_nobody_need_look_further() -> None:
    def linked() -> tuple[str, ...]:
        raise AssertionError("nobody asks for what is linked")

    found = VercelDoctor().pair(ORGANISATION, team(plan="hobby"), linked)

    assert found.state is CheckState.NOT_OK
    assert "plan Hobby" in found.detail
    assert "Nairobi-Commons is one" in found.detail
    assert "Upgrade the team to Pro" in found.hint


def test_it_builds_a_persons() -> None:
    found = pair(PERSON, team(plan="hobby"), "amina-k/site")

    assert found.state is CheckState.OK


@pytest.mark.parametrize("plan", ["pro", "hobbyist", ""])
def test_a_project_that_is_linked_to_one_of_the_owners_is_the_proof(plan: str) -> None:
    found = pair(ORGANISATION, team(plan=plan), "other/x", "nairobi-commons/docs", "other/y")

    assert found.state is CheckState.OK
    assert "is linked to nairobi-commons/docs" in found.detail


@pytest.mark.parametrize("linked", [(), ("other/nairobi-commons",), ("nairobi-commons-2/docs",)])
def test_without_one_nothing_is_known_but_where_to_look(linked: tuple[str, ...]) -> None:
    found = pair(ORGANISATION, team(), *linked)

    assert found.state is CheckState.UNKNOWN
    assert "all repositories of Nairobi-Commons shows only with the first copy." in found.detail
    assert "Hobby" not in found.detail
    assert "https://github.com/apps/vercel" in found.hint


def test_a_plan_that_is_hidden_may_be_the_free_one() -> None:
    assert pair(ORGANISATION, team(plan="")).detail.endswith("it must not be Hobby.")
