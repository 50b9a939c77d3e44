"""Projects of the host's stand-in: created on a repository, refused, edited, paused, deleted."""

import pytest

from tests.unit.sandbox.host import NAME, SOURCE, TEAM, Host


def test_a_project_is_linked_to_its_repository_and_gets_a_production_name(host: Host) -> None:
    made = host.create_project(framework="vitepress", buildCommand="npm run build")

    assert made.status == 200
    assert made["link"]["repoId"] == host.source
    assert made["link"]["productionBranch"] == "main"
    assert made["framework"] == "vitepress"
    domains = host.get(f"/v9/projects/{NAME}/domains")["domains"]
    assert [one["name"] for one in domains] == [f"{NAME}.vercel.app"]


def test_creating_a_project_deploys_nothing_unless_the_host_is_told_to(host: Host) -> None:
    host.create_project()
    assert host.get("/v6/deployments", projectId=NAME)["deployments"] == []

    host.vercel.behaviour.deploys_on_creation = True
    host.create_project("second")
    found = host.get("/v6/deployments", projectId="second")["deployments"]
    assert [one["source"] for one in found] == ["import"]


def test_a_name_can_be_taken_once_in_a_team_and_again_in_another(host: Host) -> None:
    host.create_project()

    again = host.create_project()
    elsewhere = host.create_project(team="lagos-commons")

    assert (again.status, again.error["code"]) == (409, "conflict")
    assert elsewhere.status == 200
    domains = host.get(f"/v9/projects/{NAME}/domains", team="lagos-commons")["domains"]
    assert domains[0]["name"] == f"{NAME}-one.vercel.app"


@pytest.mark.parametrize("name", ["Nairobi", "a---b", "with space", "ü", "", "a" * 101])
def test_a_name_outside_the_rules_is_refused(name: str) -> None:
    refused = Host().create_project(name)

    assert (refused.status, refused.error["code"]) == (400, "bad_request")


def test_a_property_that_the_description_forbids_is_refused() -> None:
    host = Host()

    refused = host.create_project(productionBranch="main")

    assert refused.status == 400
    assert "should NOT have additional property `productionBranch`" in refused.error["message"]
    assert host.vercel.snapshot()["projects"] == []


def test_without_the_github_app_the_host_says_what_to_install(host: Host) -> None:
    host.repositories.change(host.source, installed=False)

    refused = host.create_project()

    assert (refused.status, refused.error["code"]) == (400, "bad_request")
    assert refused.error["action"] == "Install GitHub App"
    assert refused.error["link"] == "https://github.com/apps/vercel"
    assert refused.error["repo"] == SOURCE


@pytest.mark.parametrize("blind_to", [TEAM, SOURCE, SOURCE.upper()])
def test_an_app_on_selected_repositories_does_not_see_the_new_fork(
    host: Host, blind_to: str
) -> None:
    host.vercel.behaviour.blind_to = [blind_to]

    assert host.create_project().error["action"] == "Install GitHub App"


def test_a_repository_that_is_not_there_cannot_be_linked(host: Host) -> None:
    refused = host.create_project(repo="nairobi-commons/nothing")

    assert (refused.status, refused.error["code"]) == (400, "repo_not_found")


def test_a_token_whose_owner_has_no_github_login_is_told_so(host: Host) -> None:
    host.vercel.behaviour.login_connection = False

    assert host.create_project().error["action"] == "Add a Login Connection"


def test_hobby_takes_a_persons_repository_but_no_organizations(host: Host) -> None:
    host.call("POST", "/_sandbox/vercel", {"teams": {TEAM: {"plan": "hobby"}}})
    host.repositories.add("amina/docs", owner_type="User")

    assert host.create_project().status == 400
    assert host.create_project(repo="amina/docs").status == 200


def test_a_repository_has_at_most_ten_projects_on_hobby(host: Host) -> None:
    host.call("POST", "/_sandbox/vercel", {"teams": {TEAM: {"plan": "hobby"}}})
    host.repositories.add("amina/docs", owner_type="User")
    for number in range(10):
        assert host.create_project(f"site-{number}", "amina/docs").status == 200

    refused = host.create_project("one-more", "amina/docs")

    assert refused.error["code"] == "repo_links_exceeded_limit"
    assert "more than 10 Projects" in refused.error["message"]


def test_a_full_account_takes_no_project(host: Host) -> None:
    host.vercel.behaviour.max_projects = 1
    host.create_project()

    assert host.create_project("second").error["code"] == "too_many_projects"


def test_a_fork_without_commits_yet_is_linked_as_sourceless(host: Host) -> None:
    host.repositories.change(host.source, readable=False)

    assert host.create_project()["link"]["sourceless"] is True


def test_protection_is_on_unless_it_is_turned_off(host: Host) -> None:
    usual = host.create_project()
    off = host.create_project("open", ssoProtection=None)

    assert usual["ssoProtection"] == {"deploymentType": "prod_deployment_urls_and_all_previews"}
    assert off["ssoProtection"] is None


def test_editing_changes_what_is_said_and_leaves_the_rest(host: Host) -> None:
    host.create_project(framework="vitepress", outputDirectory="dist")

    host.call("PATCH", f"/v9/projects/{NAME}", {"framework": None, "name": "renamed"})

    shown = host.get("/v9/projects/renamed")
    assert (shown["framework"], shown["outputDirectory"]) == (None, "dist")
    assert host.get(f"/v9/projects/{NAME}").status == 404


def test_a_project_is_found_by_id_name_and_repository(host: Host) -> None:
    made = host.create_project()
    host.repositories.add("nairobi-commons/other")
    host.create_project("other", "nairobi-commons/other")

    assert host.get(f"/v9/projects/{made['id']}")["name"] == NAME
    by_id = host.get("/v10/projects", repoId=str(host.source))["projects"]
    assert [one["name"] for one in by_id] == [NAME]
    assert len(host.get("/v10/projects", search="oth")["projects"]) == 1


def test_a_long_list_comes_in_pages(host: Host) -> None:
    for number in range(5):
        host.create_project(f"site-{number}")

    names: list[str] = []
    query: dict[str, int] = {}
    for _ in range(3):
        page = host.get("/v10/projects", limit=2, **query)
        names += [one["name"] for one in page["projects"]]
        query = {"from": page["pagination"]["next"]}

    assert names == ["site-4", "site-3", "site-2", "site-1", "site-0"]
    assert query == {"from": None}


def test_deleting_takes_variables_domains_and_deployments_along(host: Host) -> None:
    host.live()
    host.attach("docs.nairobi.example.org")

    assert host.call("DELETE", f"/v9/projects/{NAME}").status == 204

    assert host.vercel.snapshot()["projects"] == []
    assert host.get("/v6/deployments")["deployments"] == []
    host.live("second")
    assert host.attach("docs.nairobi.example.org", "second").status == 200


def test_a_project_can_be_paused_and_taken_up_again(host: Host) -> None:
    project = host.create_project()["id"]

    assert host.call("POST", f"/v1/projects/{project}/pause").status == 200
    assert host.get(f"/v9/projects/{NAME}")["paused"] is True
    assert host.call("POST", f"/v1/projects/{project}/unpause").status == 200
    assert "paused" not in host.get(f"/v9/projects/{NAME}").body


def test_a_project_in_transfer_cannot_be_changed(host: Host) -> None:
    host.live()
    host.vercel.behaviour.in_transfer = [NAME]

    assert host.call("PATCH", f"/v9/projects/{NAME}", {"name": "x"}).status == 409
    assert host.deploy().status == 409
    assert host.get(f"/v9/projects/{NAME}").status == 200


def test_creating_projects_can_be_limited(host: Host) -> None:
    limit = {"operation": "projects", "total": 1, "window": 60}
    host.call("POST", "/_sandbox/vercel", {"limits": [limit]})
    host.create_project()

    refused = host.create_project("second")

    assert refused.status == 429
    assert refused.headers["Retry-After"] == "60"
    assert refused.error["limit"]["remaining"] == 0
    host.clock.advance(61)
    assert host.create_project("second").status == 200
