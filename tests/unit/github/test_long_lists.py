"""Lists over several pages are read to their end, or as far as they are needed."""

from urllib.parse import parse_qs

from provisioner.github.network_repository import NetworkRepository
from provisioner.github.reading import PER_PAGE
from provisioner.github.repositories import Repositories
from provisioner.sandbox.server import Sandbox
from tests.unit.github.conftest import NETWORK

SOURCE = "example-network/docs-site"


def test_every_comment_is_read(network: NetworkRepository, sandbox: Sandbox) -> None:
    pull = sandbox.control.open_pull_request("Hub", "amina-k", {"a": "b"})["number"]
    for number in range(2 * PER_PAGE):
        sandbox.control.comment(pull, "joseph-m", f"Remark {number}")

    comments = network.comments(pull)

    assert [item.body for item in comments] == [f"Remark {n}" for n in range(2 * PER_PAGE)]


def test_every_environment_is_known_in_a_network_of_more_than_a_hundred_hubs(
    network: NetworkRepository, sandbox: Sandbox
) -> None:
    for number in range(PER_PAGE + 20):
        sandbox.control.set_environment(f"hub-{number}")

    assert {f"hub-{number}" for number in range(PER_PAGE + 20)} <= set(network.environments())


def test_a_fork_is_looked_for_only_until_it_is_found(
    copies: Repositories, sandbox: Sandbox
) -> None:
    for number in range(PER_PAGE + 5):
        sandbox.control.set_repository(f"hub-{number}/docs", fork_of=SOURCE)

    newest = copies.fork_of(SOURCE, "hub-104")
    oldest = copies.fork_of(SOURCE, "HUB-0")
    nobodys = copies.fork_of(SOURCE, "somebody-else")

    assert newest is not None
    assert oldest is not None
    assert (newest.full_name, oldest.full_name) == ("hub-104/docs", "hub-0/docs")
    assert nobodys is None
    asked = [item.query for item in sandbox.control.requests() if item.path.endswith("/forks")]
    assert [parse_qs(query)["page"][0] for query in asked] == ["1", "1", "2", "1", "2"]


def test_a_renamed_repository_is_found_and_its_list_too(
    copies: Repositories, sandbox: Sandbox
) -> None:
    sandbox.control.set_repository("nairobi-commons/docs", fork_of=SOURCE)
    sandbox.control.rename_repository(SOURCE, "example-network/guides")

    found = copies.repository(SOURCE)
    fork = copies.fork_of(SOURCE, "nairobi-commons")

    assert found is not None
    assert found.full_name == "example-network/guides"
    assert fork is not None
    assert fork.parent == "example-network/guides"


def test_what_is_not_there_is_nothing(network: NetworkRepository, copies: Repositories) -> None:
    assert network.pull_request(99) is None
    assert network.last_change("hubs/nobody.yaml") is None
    assert network.pull_requests_of("0" * 40) == []
    assert copies.repository("nobody/nothing") is None
    assert copies.branch_head(NETWORK, "nothing") is None
