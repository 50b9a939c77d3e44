"""A receipt tells later what has changed since, and what could not be looked at."""

from typing import Any

import pytest

from provisioner.commands.receipt import make_receipt
from provisioner.commands.verify_receipt import verify
from provisioner.errors import ProvisionerError
from provisioner.hosting.registry import FIRST
from provisioner.models.receipt import Receipt
from provisioner.report.receipt import Verified
from tests.scenario.network import Network
from tests.scenario.receipts import COPY, PROJECT


def again(network: Network, receipt: Receipt) -> Verified:
    return verify(network.wiring(), receipt)


def differing(network: Network, receipt: Receipt) -> list[tuple[str, str]]:
    """The app and the kind of each difference; there is one, so the receipt is not true now."""
    found = again(network, receipt)
    assert not found.same
    assert found.unchecked == ()
    return [(item.app, item.what) for item in found.differences]


def pushed(network: Network, **more: Any) -> None:
    """Somebody pushes to the copy; Vercel builds each push by itself."""
    network.sandbox.control.push({"docs/new.md": "# New\n"}, repository=COPY, **more)


def test_a_new_deployment_of_the_same_commit_is_named(network: Network, written: Receipt) -> None:
    wiring = network.wiring()
    project = wiring.readers.hosts[FIRST.key].project("nairobi-commons", PROJECT)
    assert project is not None
    wiring.writers.hosts[FIRST.key].deploy(
        "nairobi-commons", project, "main", written.apps[0].repository.commit, {}
    )
    network.clock.advance(600)

    assert differing(network, written) == [("docs", "deployment")]


def test_a_roll_back_by_hand_is_named(network: Network, written: Receipt) -> None:
    pushed(network)
    network.clock.advance(600)
    newer = make_receipt(network.wiring(), "nairobi")
    older = written.apps[0].deployment.id
    network.by_hand("POST", f"/v10/projects/{PROJECT}/promote/{older}")

    assert differing(network, newer) == [("docs", "deployment")]
    assert again(network, newer).differences[0].found == older


def test_a_new_commit_on_the_copy_is_named_and_what_it_deployed(
    network: Network, written: Receipt
) -> None:
    pushed(network)
    network.clock.advance(600)

    assert differing(network, written) == [("docs", "commit"), ("docs", "deployment")]


def test_an_added_domain_is_named(network: Network, written: Receipt) -> None:
    network.by_hand("POST", f"/v10/projects/{PROJECT}/domains", {"name": "new.example.org"})

    assert differing(network, written) == [("docs", "domain")]
    assert again(network, written).differences[0].found == "new.example.org"


def test_a_domain_whose_owner_was_not_proved_counts_for_nothing(
    network: Network, written: Receipt
) -> None:
    network.sandbox.control.set_vercel(apex_owned_elsewhere=["example.net"])
    network.by_hand("POST", f"/v10/projects/{PROJECT}/domains", {"name": "new.example.net"})

    assert again(network, written).same


def test_a_paused_project_is_named(network: Network, written: Receipt) -> None:
    network.by_hand("POST", f"/v1/projects/{network.project(PROJECT)['id']}/pause")

    assert differing(network, written) == [("docs", "paused")]


def test_another_project_of_the_same_name_is_named_and_nothing_that_follows_from_it(
    network: Network, written: Receipt
) -> None:
    network.by_hand("DELETE", f"/v9/projects/{PROJECT}")
    link = {"type": "github", "repo": "example-network/docs-site"}
    network.by_hand("POST", "/v11/projects", {"name": PROJECT, "gitRepository": link})

    assert differing(network, written) == [("docs", "project")]


def test_a_copy_and_a_project_that_are_gone_are_named(network: Network, written: Receipt) -> None:
    network.by_hand("DELETE", f"/v9/projects/{PROJECT}")
    network.sandbox.control.rename_repository(COPY, "nairobi-commons/elsewhere")

    found = again(network, written).differences

    assert [(item.app, item.what, item.found) for item in found] == [
        ("docs", "repository", "nairobi-commons/elsewhere"),
        ("docs", "project", ""),
    ]


@pytest.mark.parametrize(
    ("fault", "apps"),
    [
        ({"api": "vercel", "method": "GET", "path": f"/v9/projects/{PROJECT}"}, ["docs"]),
        ({"api": "vercel", "method": "GET", "path": "*/domains"}, ["docs", "bot"]),
        ({"api": "vercel", "method": "GET", "path": "/v13/deployments/*"}, ["docs", "bot"]),
        ({"api": "github", "method": "GET", "path": f"/repos/{COPY}"}, ["docs"]),
        ({"api": "github", "method": "GET", "path": f"/repos/{COPY}/branches/*"}, ["docs"]),
    ],
)
def test_what_cannot_be_seen_is_not_the_same_but_not_checked(
    network: Network, written: Receipt, fault: dict[str, str], apps: list[str]
) -> None:
    network.sandbox.control.add_faults(
        {**fault, "kind": "status", "status": 503, "times": "forever"}
    )

    found = again(network, written)

    assert not found.same
    assert [item.app for item in found.unchecked] == apps
    assert found.differences == ()
    with pytest.raises(ProvisionerError):
        make_receipt(network.wiring(), "nairobi")


def test_a_service_that_cannot_be_reached_at_all_is_exit_1_and_said(
    network: Network, written: Receipt
) -> None:
    network.environ["VERCEL_API_URL"] = "http://127.0.0.1:9"

    found = again(network, written)

    assert not found.same
    assert [item.app for item in found.unchecked] == ["docs", "bot"]


def test_an_app_at_a_host_that_nobody_knows_is_not_checked_and_hides_no_other(
    network: Network, written: Receipt
) -> None:
    docs, bot = written.apps
    away = bot.model_copy(update={"project": bot.project.model_copy(update={"host": "elsewhere"})})
    pushed(network)
    network.clock.advance(600)

    found = again(network, written.model_copy(update={"apps": (away, docs)}))

    assert [item.app for item in found.unchecked] == [bot.id]
    assert "no host is known here by the name elsewhere" in found.unchecked[0].reason
    assert {item.app for item in found.differences} == {docs.id}
