"""Forks and copies, with everything that surprises whoever makes them by program."""

import pytest

from provisioner.clock import ManualClock
from provisioner.sandbox.server import Sandbox
from provisioner.sandbox.world import Latency
from tests.conftest import MakeSandbox
from tests.unit.sandbox.client import SOURCE, encoded, github, head_of, said

HUB = {"organization": "nairobi-commons"}
FORK = "/repos/nairobi-commons/docs-site"


@pytest.fixture
def slow_sandbox(make_sandbox: MakeSandbox) -> Sandbox:
    return make_sandbox(latency=Latency(fork_readable=4.0))


def test_a_fork_is_accepted_and_tells_where_it_comes_from(sandbox: Sandbox) -> None:
    answer = github(sandbox).post(f"{SOURCE}/forks", json={**HUB, "name": "nairobi--docs"})

    fork = answer.json()
    assert answer.status_code == 202
    assert fork["full_name"] == "nairobi-commons/nairobi--docs"
    assert fork["fork"] is True
    assert fork["parent"]["full_name"] == fork["source"]["full_name"] == "example-network/docs-site"


def test_a_fork_is_there_at_once_but_its_commits_can_be_read_only_later(
    slow_sandbox: Sandbox, clock: ManualClock
) -> None:
    client = github(slow_sandbox)
    client.post(f"{SOURCE}/forks", json=HUB)

    assert client.get(FORK).status_code == 200
    assert client.get(f"{FORK}/branches/main").status_code == 404
    assert said(client.get(f"{FORK}/commits")) == (409, "Git Repository is empty.")
    assert said(client.get(f"{FORK}/git/ref/heads/main")) == (409, "Git Repository is empty.")
    assert client.get(f"{FORK}/contents/README.md").status_code == 404

    clock.advance(4.0)
    assert head_of(client, FORK) == head_of(client, SOURCE)


def test_an_owner_with_a_fork_gets_that_one_under_its_own_name(sandbox: Sandbox) -> None:
    client = github(sandbox)
    first = client.post(f"{SOURCE}/forks", json={**HUB, "name": "old-name"}).json()

    second = client.post(f"{SOURCE}/forks", json={**HUB, "name": "nairobi--docs"}).json()

    assert second["full_name"] == "nairobi-commons/old-name"
    assert second["id"] == first["id"]


def test_an_owner_with_a_fork_of_a_fork_gets_that_one_too(sandbox: Sandbox) -> None:
    client = github(sandbox)
    client.post(f"{SOURCE}/forks", json=HUB)
    deep = client.post(f"{FORK}/forks", json={"organization": "mombasa-commons"}).json()

    again = client.post(f"{SOURCE}/forks", json={"organization": "mombasa-commons"}).json()

    assert again["id"] == deep["id"]
    assert again["parent"]["full_name"] == "nairobi-commons/docs-site"
    assert again["source"]["full_name"] == "example-network/docs-site"


def test_a_name_that_something_else_has_gets_a_number(sandbox: Sandbox) -> None:
    for name in ("nairobi--docs", "nairobi--docs-1"):
        sandbox.control.set_repository(f"nairobi-commons/{name}", files={"README.md": "other"})

    fork = github(sandbox).post(f"{SOURCE}/forks", json={**HUB, "name": "nairobi--docs"}).json()

    assert fork["full_name"] == "nairobi-commons/nairobi--docs-2"


OWN = {"organization": "example-network"}


def test_the_organisation_that_owns_the_source_gets_a_fork_under_another_name(
    sandbox: Sandbox,
) -> None:
    fork = github(sandbox).post(f"{SOURCE}/forks", json={**OWN, "name": "nairobi--docs"}).json()

    assert (fork["full_name"], fork["fork"]) == ("example-network/nairobi--docs", True)
    assert fork["parent"]["full_name"] == "example-network/docs-site"


@pytest.mark.parametrize("order", [OWN, {**OWN, "name": "Docs-Site"}])
def test_under_its_own_name_the_organisation_gets_the_source_itself(
    sandbox: Sandbox, order: dict[str, str]
) -> None:
    client = github(sandbox)
    answer = client.post(f"{SOURCE}/forks", json=order)

    assert answer.status_code == 202
    assert answer.json()["id"] == client.get(SOURCE).json()["id"]
    assert answer.json()["fork"] is False


@pytest.mark.parametrize(
    ("several", "second"), [(False, "nairobi--docs"), (True, "mombasa--docs")], ids=["one", "many"]
)
def test_a_second_fork_in_the_organisation_of_the_source_is_as_was_set(
    sandbox: Sandbox, several: bool, second: str
) -> None:
    sandbox.control.set_behaviour(several_forks=several)
    client = github(sandbox)
    for name in ("nairobi--docs", "mombasa--docs", "nairobi--docs"):
        client.post(f"{SOURCE}/forks", json={**OWN, "name": name})

    again = client.post(f"{SOURCE}/forks", json={**OWN, "name": "mombasa--docs"}).json()

    assert again["full_name"] == f"example-network/{second}"
    assert len(client.get(f"{SOURCE}/forks").json()) == 1 + several


def test_a_person_who_owns_the_source_gets_the_source_itself(sandbox: Sandbox) -> None:
    sandbox.control.set_repository("provisioner-bot/site", files={"README.md": "site"})

    fork = github(sandbox).post("/repos/provisioner-bot/site/forks", json={"name": "copy"}).json()

    assert (fork["full_name"], fork["fork"]) == ("provisioner-bot/site", False)


def test_without_an_organisation_the_fork_goes_to_the_tokens_own_user(sandbox: Sandbox) -> None:
    fork = github(sandbox).post(f"{SOURCE}/forks").json()

    assert fork["full_name"] == "provisioner-bot/docs-site"
    assert fork["owner"]["type"] == "User"


def test_a_user_cannot_be_given_as_the_organisation(sandbox: Sandbox) -> None:
    sandbox.control.set_account("amina-k", type="user")

    status, message = said(
        github(sandbox).post(f"{SOURCE}/forks", json={"organization": "amina-k"})
    )

    assert status == 422
    assert message.startswith("'amina-k' is the login for a user account.")


@pytest.mark.parametrize(
    "circumstance",
    [{"member": False}, {"may_create": False}],
    ids=["not a member", "members may not create"],
)
def test_an_organisation_that_does_not_let_us_is_refused(
    sandbox: Sandbox, circumstance: dict[str, bool]
) -> None:
    sandbox.control.set_account("nairobi-commons", **circumstance)

    answer = github(sandbox).post(f"{SOURCE}/forks", json=HUB)

    assert said(answer) == (403, "Resource not accessible by personal access token")


def test_an_organisation_that_is_not_there_is_not_found(sandbox: Sandbox) -> None:
    sandbox.control.set_account("nairobi-commons", exists=False)

    assert github(sandbox).post(f"{SOURCE}/forks", json=HUB).status_code == 404


def test_an_actions_token_cannot_fork(sandbox: Sandbox) -> None:
    answer = github(sandbox, actions=True).post(f"{SOURCE}/forks", json=HUB)

    assert said(answer) == (403, "Resource not accessible by integration")


def test_a_source_that_forbids_forks_says_so(sandbox: Sandbox) -> None:
    sandbox.control.set_repository("example-network/docs-site", forking=False)

    answer = github(sandbox).post(f"{SOURCE}/forks", json=HUB)

    assert said(answer) == (403, "The repository exists, but forking is disabled.")


def test_a_private_source_cannot_be_forked_where_the_organisation_forbids_it(
    sandbox: Sandbox,
) -> None:
    sandbox.control.set_account("example-network", role="admin", forks_of_private=False)
    sandbox.control.set_repository("example-network/docs-site", private=True)

    answer = github(sandbox).post(f"{SOURCE}/forks", json=HUB)

    assert said(answer) == (403, "The repository exists, but forking is disabled.")


def test_an_empty_source_cannot_be_forked(sandbox: Sandbox) -> None:
    sandbox.control.set_repository("example-network/empty")

    answer = github(sandbox).post("/repos/example-network/empty/forks", json=HUB)

    status, message = said(answer)
    assert status == 403
    assert "contains no Git content" in message


def test_a_private_source_of_strangers_is_not_there(sandbox: Sandbox) -> None:
    sandbox.control.set_account("strangers", member=False)
    sandbox.control.set_repository("strangers/secret", private=True, files={"a": "b"})

    assert github(sandbox).post("/repos/strangers/secret/forks", json=HUB).status_code == 404


def test_a_fork_of_the_default_branch_alone_leaves_the_others_behind(sandbox: Sandbox) -> None:
    client = github(sandbox)
    head = head_of(client, SOURCE)
    github(sandbox, maintainer=True).post(
        f"{SOURCE}/git/refs", json={"ref": "refs/heads/next", "sha": head}
    )

    client.post(f"{SOURCE}/forks", json={**HUB, "default_branch_only": True})

    assert client.get(f"{SOURCE}/branches/next").status_code == 200
    assert client.get(f"{FORK}/branches/next").status_code == 404


def test_a_renamed_repository_sends_readers_on_and_writers_too(sandbox: Sandbox) -> None:
    client = github(sandbox)
    fork = client.post(f"{SOURCE}/forks", json=HUB).json()
    sandbox.control.rename_repository("nairobi-commons/docs-site", "nairobi-commons/handbook")

    read = client.get(f"{FORK}/branches/main")
    written = client.patch(FORK, json={"description": "Guides"})

    target = f"{sandbox.environment['GITHUB_API_URL']}/repositories/{fork['id']}"
    assert (read.status_code, read.headers["location"]) == (301, f"{target}/branches/main")
    assert (written.status_code, written.headers["location"]) == (307, target)
    assert client.get(read.headers["location"]).json()["name"] == "main"
    assert client.get(target).json()["full_name"] == "nairobi-commons/handbook"


def test_a_new_repository_takes_over_a_name_that_another_one_left(sandbox: Sandbox) -> None:
    client = github(sandbox)
    client.post(f"{SOURCE}/forks", json=HUB)
    sandbox.control.rename_repository("nairobi-commons/docs-site", "nairobi-commons/handbook")
    sandbox.control.set_repository("nairobi-commons/docs-site", files={"README.md": "new"})

    found = client.get(FORK).json()

    assert (found["full_name"], found["fork"]) == ("nairobi-commons/docs-site", False)


def test_a_copy_of_a_template_has_one_commit_and_no_parent(sandbox: Sandbox) -> None:
    client = github(sandbox)
    client.post(f"{SOURCE}/forks", json=HUB)
    copy = {"owner": "nairobi-commons", "name": "second-site"}

    made = client.post(f"{SOURCE}/generate", json=copy).json()

    assert made["fork"] is False
    assert "parent" not in made
    assert made["template_repository"]["full_name"] == "example-network/docs-site"
    commits = client.get("/repos/nairobi-commons/second-site/commits").json()
    assert [one["commit"]["message"] for one in commits] == ["Initial commit"]
    original, copied = (
        client.get(f"{repository}/git/trees/main?recursive=1").json()["tree"]
        for repository in (SOURCE, "/repos/nairobi-commons/second-site")
    )
    assert [one["sha"] for one in copied] == [one["sha"] for one in original]


def test_what_is_no_template_cannot_be_copied(sandbox: Sandbox) -> None:
    answer = github(sandbox).post(
        "/repos/example-network/hubs/generate", json={"owner": "nairobi-commons", "name": "x"}
    )

    assert answer.status_code == 404


def test_the_maker_of_a_repository_may_do_everything_with_it(sandbox: Sandbox) -> None:
    client = github(sandbox)
    sandbox.control.set_behaviour(scopes=["repo"])
    client.post(f"{SOURCE}/forks", json=HUB)

    written = client.put(
        f"{FORK}/contents/docs/a.md", json={"message": "Add", "content": encoded("a")}
    )

    assert written.status_code == 201
    assert client.delete(FORK).status_code == 204
    assert client.get(FORK).status_code == 404
