"""A live hub gets a receipt of what was deployed, and it tells later what has changed since."""

import json
import re
from pathlib import Path
from typing import Any

import pytest

from provisioner.commands.receipt import checked_receipt, make_receipt
from provisioner.commands.verify_receipt import verify
from provisioner.errors import ConfigurationError, ExitCode, ProvisionerError
from provisioner.hosting.registry import FIRST
from provisioner.models.receipt import Receipt
from provisioner.models.run import RunState
from provisioner.receipts.reading import canonical, receipt_of
from provisioner.receipts.recorded import NoReceipt
from provisioner.report.receipt import Verified
from tests.e2e.observed import SECRETS
from tests.scenario.network import DOCS, TELEGRAM_TOKEN, Network
from tests.unit.commands.command import Outcome, run

DOMAIN = "docs.nairobi.example.org"
COPY, PROJECT = "nairobi-commons/nairobi--docs", "nairobi--docs"


@pytest.fixture
def written(network: Network) -> Receipt:
    """The receipt of a hub with a site and a bot, both live."""
    assert network.go_live().state is RunState.COMPLETED
    return make_receipt(network.wiring(), "nairobi")


def again(network: Network, receipt: Receipt) -> Verified:
    return verify(network.wiring(), receipt)


def differing(network: Network, receipt: Receipt) -> list[tuple[str, str]]:
    """The app and the kind of each difference; there is one, so the receipt is not true now."""
    found = again(network, receipt)
    assert not found.same
    assert found.unchecked == ()
    return [(item.app, item.what) for item in found.differences]


def command(network: Network, *arguments: str) -> Outcome:
    return run(*arguments, stdin=b"", **network.environ)


def saved(receipt: Receipt, folder: Path) -> Path:
    path = folder / "receipt.json"
    path.write_text(canonical(receipt))
    return path


def pushed(network: Network, **more: Any) -> None:
    """Somebody pushes to the copy; Vercel builds each push by itself."""
    network.sandbox.control.push({"docs/new.md": "# New\n"}, repository=COPY, **more)


def serving(network: Network) -> str:
    found = network.project(PROJECT)["deployments"]
    return str(found[0]["id"])


def test_a_receipt_says_what_is_live_and_where_it_came_from(
    network: Network, written: Receipt
) -> None:
    run = network.wiring().journal.read("nairobi").journal
    assert run is not None
    assert written.network == network.environ["GITHUB_REPOSITORY"]
    assert (written.run.plan_digest, written.run.id) == (run.run.digest, run.run.id)
    assert written.run.hub_file_commit == run.run.commit
    docs, bot = written.apps
    assert (docs.id, bot.id) == ("docs", "bot")
    assert docs.url == f"https://{DOMAIN}"
    assert docs.domains == (DOMAIN,)
    assert docs.repository.full_name == COPY
    assert docs.deployment.commit == docs.repository.commit
    assert docs.deployment.id == serving(network)
    assert bot.domains == ()


def test_the_same_journal_and_world_give_the_same_receipt_at_any_time(
    network: Network, written: Receipt
) -> None:
    network.clock.advance(86_400)
    assert canonical(make_receipt(network.wiring(), "nairobi")) == canonical(written)


def test_a_receipt_holds_no_secret(network: Network, written: Receipt) -> None:
    text = canonical(written)
    for secret in (*(network.environ[name] for name in SECRETS), TELEGRAM_TOKEN):
        assert secret not in text


def test_nothing_is_changed_by_writing_and_comparing(network: Network, written: Receipt) -> None:
    world, asked = network.world(), len(network.requests())
    again(network, make_receipt(network.wiring(), "nairobi"))
    assert {item.method for item in network.requests()[asked:]} == {"GET"}
    assert network.world() == world


def test_on_the_command_line_a_receipt_is_written_and_found_the_same(
    network: Network, tmp_path: Path
) -> None:
    network.go_live()
    printed = command(network, "receipt", "nairobi")
    assert printed.code == ExitCode.DONE, printed.err
    path = tmp_path / "receipt.json"
    path.write_text(printed.out)

    same = command(network, "verify-receipt", str(path))

    assert (same.code, same.out) == (ExitCode.DONE, "nairobi: the same as in the receipt\n")


def test_on_the_command_line_each_difference_is_a_line_and_the_exit_code_is_1(
    network: Network, written: Receipt, tmp_path: Path
) -> None:
    path = str(saved(written, tmp_path))
    network.by_hand("DELETE", f"/v9/projects/{PROJECT}/domains/{DOMAIN}", {})

    told = command(network, "verify-receipt", path)
    document = command(network, "verify-receipt", path, "--format", "json")

    assert told.code == document.code == ExitCode.FINDINGS
    assert told.out == (f"nairobi: docs: domain: the receipt says {DOMAIN}, now there is nothing\n")
    assert json.loads(document.out) == {
        "ok": False,
        "hub": "nairobi",
        "differences": [{"app": "docs", "what": "domain", "wanted": DOMAIN, "found": ""}],
        "unchecked": [],
    }


def test_a_file_that_is_no_receipt_is_exit_2_before_anything_is_asked(
    network: Network, tmp_path: Path
) -> None:
    path = tmp_path / "receipt.json"
    path.write_text("{}")

    outcome = command(network, "verify-receipt", str(path))

    assert outcome.code == ExitCode.USAGE
    assert "not a receipt" in outcome.err
    assert network.requests() == []


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


def test_a_hub_that_waits_has_no_receipt_and_is_told_what_is_missing(network: Network) -> None:
    network.write("nairobi", DOCS)
    network.merge("nairobi")
    network.apply()

    with pytest.raises(NoReceipt, match="its run is waiting; docs is waiting") as refused:
        make_receipt(network.wiring(), "nairobi")

    assert refused.value.exit_code is ExitCode.FINDINGS
    assert {item.api for item in network.requests()[-1:]} == {"github"}


def test_a_hub_that_was_removed_has_no_receipt(network: Network, written: Receipt) -> None:
    network.remove("nairobi")
    network.merge("nairobi")
    network.apply()

    with pytest.raises(NoReceipt, match="taken offline"):
        make_receipt(network.wiring(), "nairobi")


def test_a_hub_that_nobody_knows_is_wrong_use(network: Network) -> None:
    with pytest.raises(ConfigurationError, match="nothing is recorded"):
        make_receipt(network.wiring(), "kisumu")


def test_what_is_live_by_the_journal_but_not_by_the_world_has_no_receipt(
    network: Network, written: Receipt
) -> None:
    network.by_hand("POST", f"/v1/projects/{network.project(PROJECT)['id']}/pause")
    with pytest.raises(NoReceipt, match="docs: its project is paused"):
        make_receipt(network.wiring(), "nairobi")


def test_an_app_that_the_hub_gave_up_is_not_in_its_receipt(
    network: Network, written: Receipt
) -> None:
    network.write("nairobi", DOCS)
    network.merge("nairobi")
    assert network.apply().state is RunState.COMPLETED

    assert [app.id for app in make_receipt(network.wiring(), "nairobi").apps] == ["docs"]


# What is handed over for signing.


def test_a_receipt_that_agrees_with_the_journal_is_taken_without_asking_the_host(
    network: Network, written: Receipt, tmp_path: Path
) -> None:
    del network.environ["VERCEL_TOKEN"], network.environ["PROVISIONER_GITHUB_TOKEN"]

    assert checked_receipt(network.wiring(), "nairobi", saved(written, tmp_path)) == written


def forged(receipt: Receipt, before: str, after: str) -> Receipt:
    text = canonical(receipt)
    assert before in text
    return receipt_of(text.replace(before, after).encode())


@pytest.mark.parametrize(
    ("before", "after", "what"),
    [
        ('"network": "example-network', '"network": "evil-network', "the network"),
        ('"plan_digest": "[0-9a-f]{8}', '"plan_digest": "01234567', "the run"),
        ('"actions_run": null', '"actions_run": "https://evil.example/"', "the run"),
        ('"owner": "nairobi-commons"', '"owner": "somebody-else"', "its apps"),
        ('"team": "nairobi-commons"', '"team": "somebody-else"', "its apps"),
        (f'"url": "https://{DOMAIN}"', '"url": "https://evil.example"', "its apps"),
        ('"journal": [0-9]+', '"journal": 99', "the versions"),
    ],
)
def test_a_receipt_that_says_otherwise_than_the_journal_is_not_taken(
    network: Network, written: Receipt, tmp_path: Path, before: str, after: str, what: str
) -> None:
    forged, changes = re.subn(before, after, canonical(written), count=1)
    assert changes
    path = saved(receipt_of(forged.encode()), tmp_path)

    with pytest.raises(ProvisionerError, match=f"by its journal: {what} differ"):
        checked_receipt(network.wiring(), "nairobi", path)


def test_a_receipt_of_another_hub_is_not_taken(
    network: Network, written: Receipt, tmp_path: Path
) -> None:
    other = canonical(written).replace("nairobi--", "kisumu--")
    other = other.replace('"hub": "nairobi"', '"hub": "kisumu"')

    with pytest.raises(ProvisionerError, match="the hub, its apps differ"):
        checked_receipt(network.wiring(), "nairobi", saved(receipt_of(other.encode()), tmp_path))


def test_a_receipt_of_an_earlier_run_is_not_taken(
    network: Network, written: Receipt, tmp_path: Path
) -> None:
    network.write("nairobi", DOCS.replace("SITE_TITLE: Nairobi Commons", "SITE_TITLE: Karibu"))
    network.merge("nairobi")
    assert network.apply().state is RunState.COMPLETED

    with pytest.raises(ProvisionerError, match="the run, its apps differ"):
        checked_receipt(network.wiring(), "nairobi", saved(written, tmp_path))


def test_a_hub_that_waits_again_has_no_receipt_to_sign(
    network: Network, written: Receipt, tmp_path: Path
) -> None:
    network.write("nairobi", DOCS.replace(DOMAIN, "other.example.org"))
    network.merge("nairobi")
    network.apply()

    with pytest.raises(NoReceipt):
        checked_receipt(network.wiring(), "nairobi", saved(written, tmp_path))
