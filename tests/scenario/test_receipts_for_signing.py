"""Only a receipt that the journal agrees with is handed over for signing."""

import re
from pathlib import Path

import pytest

from provisioner.commands.receipt import checked_receipt
from provisioner.errors import ProvisionerError
from provisioner.models.receipt import Receipt
from provisioner.models.run import RunState
from provisioner.receipts.reading import canonical, receipt_of
from provisioner.receipts.recorded import NoReceipt
from tests.scenario.network import DOCS, Network
from tests.scenario.receipts import DOMAIN, saved


def test_a_receipt_that_agrees_with_the_journal_is_taken_without_asking_the_host(
    network: Network, written: Receipt, tmp_path: Path
) -> None:
    del network.environ["VERCEL_TOKEN"], network.environ["PROVISIONER_GITHUB_TOKEN"]

    assert checked_receipt(network.wiring(), "nairobi", saved(written, tmp_path)) == written


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
