"""A live hub gets a receipt of what was deployed; whoever is not live gets none."""

import pytest

from provisioner.commands.receipt import make_receipt
from provisioner.commands.verify_receipt import verify
from provisioner.errors import ConfigurationError, ExitCode
from provisioner.models.receipt import Receipt
from provisioner.models.run import RunState
from provisioner.receipts.reading import canonical
from provisioner.receipts.recorded import NoReceipt
from tests.e2e.observed import SECRETS
from tests.scenario.network import DOCS, TELEGRAM_TOKEN, Network
from tests.scenario.receipts import COPY, DOMAIN, PROJECT


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
    verify(network.wiring(), make_receipt(network.wiring(), "nairobi"))
    assert {item.method for item in network.requests()[asked:]} == {"GET"}
    assert network.world() == world


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
