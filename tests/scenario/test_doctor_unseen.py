"""What the doctor cannot see it says, and one thing unseen hides nothing else."""

from pathlib import Path

import pytest

from provisioner.clock import ManualClock
from provisioner.models.diagnosis import CheckState, Diagnosis
from tests.conftest import MakeSandbox
from tests.scenario.network import DOCS
from tests.scenario.setup import OWNER, PAIR, REPOSITORY, TEAM, SetUp, line, names, set_up


def of_area(diagnosis: Diagnosis, area: str) -> set[CheckState]:
    return {check.state for check in diagnosis.checks if check.area == area}


def test_a_branch_protection_rule_does_not_show_whether_code_owners_are_asked(here: SetUp) -> None:
    here.protect(ruleset=False)

    found = line(here.diagnose(), "code owners")

    assert found.state is CheckState.UNKNOWN
    assert "`Require review from Code Owners`" in found.hint


def test_an_environment_whose_branches_cannot_be_seen_is_not_said_to_be_good(here: SetUp) -> None:
    path = "*/deployment-branch-policies"
    fault = {"api": "github", "method": "GET", "path": path, "kind": "status", "status": 403}
    here.sandbox.control.add_faults([{**fault, "times": "forever"}])

    found = line(here.diagnose(), "environment provisioner")

    assert found.state is CheckState.UNKNOWN
    assert "limited to chosen branches" in found.detail
    assert "`main` alone" in found.hint


def test_protected_branches_are_known_only_where_a_branch_protection_rule_is(here: SetUp) -> None:
    here.sandbox.control.set_environment(name="provisioner", branches="protected")

    found = line(here.diagnose(), "environment provisioner")

    assert found.state is CheckState.UNKNOWN
    assert "takes all branches for protected" in found.detail


def test_the_schedule_of_a_new_repository_has_time(
    make_sandbox: MakeSandbox, clock: ManualClock, tmp_path: Path
) -> None:
    here = set_up(make_sandbox, clock, tmp_path)
    here.sandbox.github.runs.clear()

    assert line(here.diagnose(), "schedule").state is CheckState.UNKNOWN
    clock.advance(7 * 3600)
    found = line(here.diagnose(), "schedule")
    assert found.state is CheckState.NOT_OK
    assert "It has never run" in found.detail


def test_runs_that_a_push_started_do_not_prove_that_the_schedule_runs(here: SetUp) -> None:
    here.clock.advance(7 * 3600)
    here.sandbox.control.add_run(workflow="provision", event="push")
    here.sandbox.control.add_run(workflow="other", event="schedule")

    assert line(here.diagnose(), "schedule").state is CheckState.NOT_OK


def test_chosen_actions_may_or_may_not_be_the_right_ones(here: SetUp) -> None:
    here.as_person()
    here.sandbox.control.set_repository(full_name=REPOSITORY, allowed_actions="selected")

    assert line(here.diagnose(), "Actions").state is CheckState.UNKNOWN


@pytest.mark.parametrize(
    "more",
    [
        {"ruleset": False},
        {"reviews": 1},
        {"contexts": ["ci"]},
        {"updates": True},
    ],
    ids=["a rule", "pull requests", "checks", "special rights"],
)
def test_a_state_branch_protected_too_well_stops_the_journal(
    here: SetUp, more: dict[str, object]
) -> None:
    here.network.apply()
    assert line(here.diagnose(), "state branch").state is CheckState.OK

    here.protect_journal(**more)

    found = line(here.diagnose(), "state branch")
    assert found.state is CheckState.NOT_OK
    assert "stops the journal" in found.detail


def test_an_environment_of_a_hub_that_is_gone_but_remembered_is_no_mistake(here: SetUp) -> None:
    here.network.apply()
    here.network.remove("nairobi")
    here.sandbox.control.set_environment(name="hub-nairobi", branches="custom")

    found = line(here.diagnose(), "hub environments")

    assert found.state is CheckState.OK
    assert "hub-nairobi" in found.detail


def test_a_token_that_ends_in_a_year_is_good_and_its_end_is_said(here: SetUp) -> None:
    here.classic_token("public_repo", "workflow")
    here.sandbox.control.set_behaviour(token_ends="2027-01-31T09:00:00Z")

    found = line(here.diagnose(), "PROVISIONER_GITHUB_TOKEN")

    assert found.state is CheckState.OK
    assert "ends on 2027-01-31" in found.detail


def test_a_hub_of_the_person_whose_token_makes_the_copies_is_well(here: SetUp) -> None:
    here.network.write("nairobi", DOCS.replace(f"owner: {OWNER}", "owner: Provisioner-Bot"))
    here.sandbox.control.set_vercel(teams={TEAM: {"plan": "hobby"}})

    diagnosis = here.diagnose()

    assert line(diagnosis, "GitHub account Provisioner-Bot").state is CheckState.OK
    pair = f"copies of Provisioner-Bot on Vercel team {TEAM}"
    assert line(diagnosis, pair).state is CheckState.UNKNOWN


@pytest.mark.parametrize(
    ("token", "shut", "open_"),
    [
        ("GITHUB_TOKEN", {"repository"}, {"catalog"}),
        ("PROVISIONER_GITHUB_TOKEN", {"catalog"}, {"repository"}),
    ],
)
def test_without_a_token_only_what_needs_it_could_not_be_checked(
    here: SetUp, token: str, shut: set[str], open_: set[str]
) -> None:
    here.lack(token)

    diagnosis = here.diagnose()

    assert names(diagnosis, CheckState.NOT_OK) == [token]
    for area in shut:
        assert of_area(diagnosis, area) == {CheckState.UNKNOWN}
    for area in open_:
        assert CheckState.OK in of_area(diagnosis, area)
    needy = [check for check in diagnosis.checks if check.detail == f"This needs {token}."]
    assert needy
    assert {check.hint for check in needy} == {f"Fix {token} first."}


def test_an_unreachable_github_is_not_ok_and_never_called_well(here: SetUp) -> None:
    here.network.environ["GITHUB_API_URL"] = "http://127.0.0.1:9"

    diagnosis = here.diagnose()

    assert names(diagnosis, CheckState.NOT_OK) == ["GITHUB_TOKEN", "PROVISIONER_GITHUB_TOKEN"]
    assert "did not answer" in line(diagnosis, "GITHUB_TOKEN").detail
    assert of_area(diagnosis, "repository") == of_area(diagnosis, "catalog") == {CheckState.UNKNOWN}
    assert line(diagnosis, f"Vercel team {TEAM}").state is CheckState.OK


def test_an_unreachable_vercel_leaves_the_rest_to_be_seen(here: SetUp) -> None:
    here.network.environ["VERCEL_API_URL"] = "http://127.0.0.1:9"

    diagnosis = here.diagnose()

    assert names(diagnosis, CheckState.NOT_OK) == ["VERCEL_TOKEN"]
    assert line(diagnosis, PAIR).state is CheckState.UNKNOWN
    assert line(diagnosis, f"GitHub account {OWNER}").state is CheckState.OK


def test_a_check_that_fails_for_good_hides_no_other(here: SetUp) -> None:
    healthy = here.diagnose()
    here.sandbox.control.add_faults(
        {
            "api": "github",
            "path": "*/environments",
            "kind": "status",
            "status": 500,
            "times": "forever",
        }
    )

    diagnosis = here.diagnose()

    assert [check.name for check in diagnosis.checks] == [check.name for check in healthy.checks]
    changed = {check.name for check in diagnosis.checks} - {
        check.name for check in diagnosis.checks if check in healthy.checks
    }
    assert changed == {"environment provisioner", "hub environments"}
    found = line(diagnosis, "environment provisioner")
    assert found.state is CheckState.UNKNOWN
    assert "GitHub answered 500" in found.detail
    assert found.hint


def test_what_passes_by_itself_is_asked_again_and_leaves_no_trace(here: SetUp) -> None:
    healthy = here.diagnose()
    here.sandbox.control.add_faults(
        [
            {"api": "github", "path": "/user", "kind": "status", "status": 503},
            {"api": "github", "path": "*/branches/main", "kind": "html", "times": 2},
            {"api": "vercel", "path": "/v2/teams/*", "kind": "rate-limit", "retry_after": 5},
            {"api": "github", "path": "/users/*", "kind": "reset"},
        ]
    )

    assert here.diagnose() == healthy


def test_a_limit_of_the_service_is_no_fault_of_the_set_up(here: SetUp) -> None:
    here.sandbox.control.add_faults(
        {
            "api": "github",
            "path": "/orgs/*",
            "kind": "primary-limit",
            "retry_after": 3000,
            "times": "forever",
        }
    )

    found = line(here.diagnose(), f"GitHub account {OWNER}")

    assert found.state is CheckState.UNKNOWN
    assert found.hint == "Run this again in some minutes."
