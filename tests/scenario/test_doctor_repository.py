"""Faults in the settings of the network's repository: each is found, and how to fix it."""

import pytest

from tests.scenario.planting import (
    Fault,
    administrator,
    another_default_branch,
    assert_found_alone,
    github,
    journal_protection,
    later,
    protection,
    read_only_person,
    without_code_owners,
)
from tests.scenario.setup import REPOSITORY, SetUp

SETTINGS = (
    Fault(REPOSITORY, github("delete_repository", full_name=REPOSITORY), "no such", "GITHUB_TOKEN"),
    Fault(
        REPOSITORY,
        github("set_repository", full_name=REPOSITORY, archived=True),
        "archived",
        "Unarchive",
    ),
    Fault(
        REPOSITORY,
        another_default_branch,
        "called trunk",
        "`Default branch`",
        also=("environment provisioner",),
    ),
    Fault(
        "workflow files",
        github("push", files={".github/workflows/report.yml": None}),
        "lacks report.yml",
        "Put back",
    ),
    Fault(
        "Actions",
        administrator(github("set_repository", full_name=REPOSITORY, actions=False)),
        "switched off",
        "`Actions`, `General`",
    ),
    Fault(
        "Actions",
        administrator(github("set_repository", full_name=REPOSITORY, allowed_actions="local_only")),
        "some that GitHub made",
        "allow actions created by GitHub",
    ),
    Fault("schedule", later(hours=7), "It last ran 7 hours ago", "`Enable workflow`"),
    Fault("schedule", later(hours=24 * 70), "It last ran 70 days ago", "`Enable workflow`"),
    Fault(
        "branch protection",
        github("set_protection", contexts=None),
        "Nothing protects main",
        "`provisioner/check`",
        also=("code owners",),
    ),
    Fault(
        "branch protection",
        protection(contexts=["ci"]),
        "do not ask for provisioner/check",
        "`provisioner/check`",
    ),
    Fault(
        "branch protection",
        protection(contexts=["ci"], ruleset=False),
        "does not ask for provisioner/check",
        "`provisioner/check`",
    ),
    Fault("branch protection", protection(strict=False), "need not be up to date", "step 9"),
    Fault("branch protection", protection(forcible=True), "may be rewritten", "step 9"),
    Fault(
        "branch protection",
        protection(reviews=None),
        "no pull request is required",
        "step 9",
        also=("code owners",),
    ),
    Fault("code owners", protection(code_owners=False), "not required", "from Code Owners`"),
    Fault("code owners", without_code_owners, "has no `.github/CODEOWNERS`", "Put back"),
    Fault(
        "state branch protection",
        journal_protection(deletable=True),
        "may be deleted or rewritten",
        "`Restrict deletions`",
    ),
    Fault(
        "state branch protection",
        journal_protection(forcible=True),
        "may be deleted or rewritten",
        "`Block force pushes`",
    ),
    Fault(
        "environment provisioner",
        github(
            "set_environment", name="provisioner", branches="custom", policies=["main", "feature/*"]
        ),
        "Workflow files on feature/* may use the secrets of provisioner",
        "`main` alone",
    ),
    Fault(
        "environment provisioner",
        github("set_environment", name="provisioner", branches="custom", policies=[]),
        "No branch may use the secrets",
        "`main` alone",
    ),
    Fault(
        "state branch",
        read_only_person,
        "may not write",
        "somebody who may",
    ),
    Fault(
        "environment provisioner",
        github("set_environment", name="provisioner", exists=False),
        "nothing can be provisioned",
        "`New environment`",
    ),
    Fault(
        "environment provisioner",
        github("set_environment", name="provisioner", branches="all"),
        "on any branch may use the secrets of provisioner",
        "add `main` alone",
    ),
    Fault(
        "hub environments",
        github("set_environment", name="hub-nairobbi", branches="protected"),
        "No hub belongs to hub-nairobbi",
        "correct the name",
    ),
    Fault(
        "hub environments",
        github("set_environment", name="hub-nairobi", branches="all"),
        "on any branch may use the secrets of hub-nairobi",
        "add `main` alone",
    ),
)


@pytest.mark.parametrize("fault", SETTINGS, ids=str)
def test_a_planted_fault_is_found_with_its_fix_and_no_other_is_claimed(
    here: SetUp, fault: Fault
) -> None:
    assert_found_alone(here, fault)
