"""Each token may do what docs/set-up.md asks for, and nothing else; each client uses its own."""

import pytest

from provisioner.errors import ExitCode, RemoteError
from provisioner.github.network_repository import NetworkRepository
from provisioner.github.repositories import Repositories
from provisioner.github.session import GitHubSession
from provisioner.github.state_branch import StateBranch
from provisioner.models.remote import Account
from provisioner.models.run import RunState
from provisioner.redaction import Redactor
from provisioner.report.marker import marker
from provisioner.sandbox.requests import Logged
from provisioner.wiring import Wiring
from tests.scenario.network import DOCS, PLAIN, Network

HOME = "example-network/hubs"
SOURCE = "example-network/docs-site"
OWNER = Account(login="nairobi-commons", personal=False)


def session(network: Network, variable: str) -> GitHubSession:
    """As one of the program's tokens."""
    wiring: Wiring = network.wiring()
    return wiring._session(network.environ[variable], variable)


def refused(call: object) -> int | None:
    assert callable(call)
    with pytest.raises(RemoteError) as caught:
        call()
    return caught.value.status


def test_the_copies_token_may_not_write_the_journal(network: Network) -> None:
    branch = StateBranch(session(network, "PROVISIONER_GITHUB_TOKEN"), HOME)

    assert refused(lambda: branch.write("hubs/nairobi.json", b"{}", None, "Begin")) == 403
    assert "provisioner-state" not in network.world()["github"]["repositories"][-1]["branches"]


def test_the_copies_token_sees_nothing_of_a_private_network_that_it_is_no_member_of(
    network: Network,
) -> None:
    network.sandbox.control.set_account("example-network", member=False)
    network.sandbox.control.set_repository(HOME, private=True)

    theirs = NetworkRepository(session(network, "PROVISIONER_GITHUB_TOKEN"), HOME)

    assert theirs.default_branch() is None


def test_the_jobs_token_makes_no_copies(network: Network) -> None:
    copies = Repositories(session(network, "GITHUB_TOKEN"))

    assert refused(lambda: copies.fork(SOURCE, OWNER, "nairobi--docs")) == 403


def test_the_copies_token_makes_copies_and_writes_nothing_into_them(network: Network) -> None:
    one = session(network, "PROVISIONER_GITHUB_TOKEN")

    copy = Repositories(one).fork(SOURCE, OWNER, "nairobi--docs")

    body = {"message": "Add", "content": "YQ=="}
    path = f"/repos/{copy.full_name}/contents/a.md"
    assert refused(lambda: one.send("PUT", path, body)) == 403


def test_a_fine_grained_copies_token_writes_no_comment(network: Network) -> None:
    network.write("nairobi", PLAIN)
    number = network.merge("nairobi")
    theirs = NetworkRepository(session(network, "PROVISIONER_GITHUB_TOKEN"), HOME)

    assert refused(lambda: theirs.add_comment(number, Redactor().markdown("Hello"))) == 403


def test_a_comment_by_a_classic_copies_token_is_not_ours(network: Network) -> None:
    network.sandbox.control.set_behaviour(scopes=["public_repo"])
    network.write("nairobi", PLAIN)
    number = network.merge("nairobi")
    theirs = NetworkRepository(session(network, "PROVISIONER_GITHUB_TOKEN"), HOME)
    theirs.add_comment(number, Redactor().markdown(f"{marker('nairobi')}\nAll is live."))

    network.apply()

    forged, ours = network.comments(number)
    assert (forged["author"], ours["author"]) == ("provisioner-bot", "github-actions[bot]")
    assert "All is live." in forged["body"]


def test_every_request_is_made_with_the_token_that_is_for_it(network: Network) -> None:
    network.write("nairobi", DOCS)
    network.merge("nairobi")
    network.set_dns(network.apply())
    assert network.apply().state is RunState.COMPLETED

    used = {(item.api, _of_the_network(item)): set[str]() for item in network.requests()}
    for item in network.requests():
        used[item.api, _of_the_network(item)].add(item.token)

    assert used == {
        ("github", True): {"GITHUB_TOKEN"},
        ("github", False): {"PROVISIONER_GITHUB_TOKEN"},
        ("vercel", False): {"VERCEL_TOKEN"},
    }


def _of_the_network(item: Logged) -> bool:
    """Also the questions who the comments are by, and who the hub's maintainers are."""
    asks_who = item.path in ("/user", "/users/amina-k", "/users/example-maintainer")
    asks_who = asks_who and item.token == "GITHUB_TOKEN"
    return asks_who or item.path.startswith(f"/repos/{HOME}")


def test_a_service_that_nobody_reaches_is_a_wrong_setting_and_nothing_was_begun(
    network: Network,
) -> None:
    network.environ["VERCEL_API_URL"] = "http://127.0.0.1:9"
    network.write("nairobi", PLAIN)

    (applied,) = network.try_apply()

    assert applied.error is not None
    assert applied.error.exit_code is ExitCode.USAGE
    assert "Vercel" in applied.error.message
    assert applied.error.hint
    assert network.sandbox.control.world()["vercel"]["projects"] == []
