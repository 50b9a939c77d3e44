"""Every fault that can be planted in a set-up is found: its line says so, and how to fix it."""

from pathlib import Path

import pytest

from provisioner.clock import ManualClock
from provisioner.models.diagnosis import CheckState
from tests.conftest import MakeSandbox
from tests.scenario.planting import (
    SOURCE,
    Fault,
    administrator,
    another_default_branch,
    emptied_source,
    ending_in,
    github,
    in_another_repository,
    journal_protection,
    lacking,
    later,
    private_source_of_a_strict_owner,
    protection,
    read_only_person,
    source,
    template_that_is_none,
    two_hubs_of_one_owner,
    vercel,
    with_environ,
    without_any_key,
    without_code_owners,
    without_key_in_catalog,
)
from tests.scenario.setup import OWNER, PAIR, REPOSITORY, TEAM, SetUp, line, names, set_up

OTHER_KEY = "private_v1_" + "A" * 43
ACCOUNT, VERCEL = f"GitHub account {OWNER}", f"Vercel team {TEAM}"

NETWORK = (
    Fault(
        "network.yaml",
        in_another_repository,
        "still holds the example's values: `owner: example-network`, `team: example-network`, "
        "the maintainer `example-maintainer`",
        "provisioner/catalog/network.yaml",
    ),
    Fault("sealing key", lacking("PROVISIONER_SEALING_KEY"), "is not set", "`Run workflow`"),
    Fault("sealing key", without_any_key, "There is none", "provisioner keygen"),
    Fault("sealing key", without_key_in_catalog, "hubs cannot seal", "`sealing_key: "),
    Fault(
        "sealing key",
        with_environ(PROVISIONER_SEALING_KEY=OTHER_KEY),
        "does not belong",
        "`sealing_key: ",
    ),
    Fault(
        "sealing key",
        with_environ(PROVISIONER_SEALING_KEY="secret"),
        "is not one that `provisioner keygen` made",
        "PROVISIONER_SEALING_KEY",
    ),
    Fault(
        "hub files",
        lambda here: here.network.write("mombasa", "name: M\n"),
        "mistakes, so nothing is done for them: mombasa",
        "provisioner check",
    ),
)
TOKENS = (
    Fault("GITHUB_TOKEN", lacking("GITHUB_TOKEN"), "is not set", "the workflow file passes it on"),
    Fault("GITHUB_TOKEN", with_environ(GITHUB_TOKEN="ghp_old"), "does not accept it", "new token"),
    Fault(
        "PROVISIONER_GITHUB_TOKEN",
        lacking("PROVISIONER_GITHUB_TOKEN"),
        "is not set",
        "`Run workflow`",
    ),
    Fault(
        "PROVISIONER_GITHUB_TOKEN",
        with_environ(PROVISIONER_GITHUB_TOKEN="ghp_old"),
        "GitHub does not accept it",
        "new token",
    ),
    Fault(
        "PROVISIONER_GITHUB_TOKEN",
        lambda here: here.network.environ.update(
            PROVISIONER_GITHUB_TOKEN=here.network.environ["GITHUB_TOKEN"]
        ),
        "the same as GITHUB_TOKEN",
        "docs/set-up.md",
    ),
    Fault(
        "PROVISIONER_GITHUB_TOKEN",
        github("set_behaviour", scopes=["read:org", "gist"]),
        "belongs to provisioner-bot and has only the scopes read:org, gist",
        "`public_repo`",
    ),
    Fault(
        "PROVISIONER_GITHUB_TOKEN",
        github("set_behaviour", scopes=[]),
        "has no scope at all",
        "`public_repo`",
    ),
    Fault(
        "PROVISIONER_GITHUB_TOKEN", ending_in(days=3), "it ends on 2026-01-04", "Make a new token"
    ),
    Fault("VERCEL_TOKEN", lacking("VERCEL_TOKEN"), "is not set", "`Run workflow`"),
    Fault("VERCEL_TOKEN", with_environ(VERCEL_TOKEN="old"), "Vercel does not accept", "new token"),
)
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


@pytest.fixture
def here(make_sandbox: MakeSandbox, clock: ManualClock, tmp_path: Path) -> SetUp:
    return set_up(make_sandbox, clock, tmp_path)


@pytest.mark.parametrize("fault", [*NETWORK, *TOKENS, *SETTINGS, *ACCOUNTS, *CATALOG], ids=str)
def test_a_planted_fault_is_found_with_its_fix_and_no_other_is_claimed(
    here: SetUp, fault: Fault
) -> None:
    fault.plant(here)

    diagnosis = here.diagnose()

    found = line(diagnosis, fault.name)
    assert found.state is CheckState.NOT_OK
    assert fault.detail in found.detail
    assert fault.hint in found.hint
    assert set(names(diagnosis, CheckState.NOT_OK)) == {fault.name, *fault.also}
    assert {item.method for item in here.network.requests()} <= {"GET"}
