"""Faults of accounts, teams and sources: each is found, and how to fix it."""

import pytest

from tests.scenario.planting import (
    SOURCE,
    Fault,
    assert_found_alone,
    emptied_source,
    github,
    private_source_of_a_strict_owner,
    source,
    template_that_is_none,
    two_hubs_of_one_owner,
    vercel,
)
from tests.scenario.setup import OWNER, PAIR, TEAM, SetUp

ACCOUNT, VERCEL = f"GitHub account {OWNER}", f"Vercel team {TEAM}"

ACCOUNTS = (
    Fault(ACCOUNT, github("set_account", login=OWNER, exists=False), "none of this name", "owner:"),
    Fault(ACCOUNT, github("set_account", login=OWNER, member=False), "not a member", "invites"),
    Fault(
        ACCOUNT,
        github("set_account", login=OWNER, may_create=False),
        "may not make repositories",
        "`Member privileges`",
    ),
    Fault(
        ACCOUNT,
        github("set_account", login=OWNER, type="user"),
        "PROVISIONER_GITHUB_TOKEN is provisioner-bot's",
        "Actions environment of its own",
    ),
    Fault(VERCEL, vercel(teams={TEAM: {"member": False}}), "not in it", "invites sandbox-owner"),
    Fault(VERCEL, vercel(token_teams=["example-network"]), "another team", "full account"),
    Fault(
        VERCEL,
        vercel(open_teams=False, teams={"example-network": {}}),
        "none of this name",
        "`vercel: team:`",
    ),
    Fault(VERCEL, vercel(teams={TEAM: {"role": "VIEWER"}}), "may make no projects", "`Member`"),
    Fault(VERCEL, vercel(teams={TEAM: {"confirmed": False}}), "not been let into", "confirms"),
    Fault(PAIR, vercel(teams={TEAM: {"plan": "hobby"}}), "plan Hobby", "Upgrade the team to Pro"),
)

CATALOG = (
    Fault(
        "docs-site",
        github("delete_repository", full_name=SOURCE),
        f"GitHub shows no repository {SOURCE}",
        "`provisioner/catalog/apps/docs-site.yaml`",
    ),
    Fault("docs-site", emptied_source, "is empty", "Push"),
    Fault("docs-site", source(forking=False), "does not allow forks", "`Allow forking`"),
    Fault("docs-site", private_source_of_a_strict_owner, "does not allow forks", "privileges"),
    Fault("docs-site", two_hubs_of_one_owner, f"{OWNER} cannot fork it", "`Template repository`"),
    Fault(
        "docs-site",
        template_that_is_none,
        "no template repository",
        "tick `Template repository`",
    ),
    Fault(
        "docs-site",
        lambda here: here.edit("apps/docs-site.yaml", "workflow: website", "workflow: webseite"),
        "a workflow that does not exist: webseite",
        "name one of: website, telegram-bot",
    ),
)


@pytest.mark.parametrize("fault", [*ACCOUNTS, *CATALOG], ids=str)
def test_a_planted_fault_is_found_with_its_fix_and_no_other_is_claimed(
    here: SetUp, fault: Fault
) -> None:
    assert_found_alone(here, fault)
