"""Receipts go from the job that deploys to the job that signs, which trusts nothing of them."""

import json
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

import pytest

from tests.e2e.actions_run import ActionsRun
from tests.e2e.conftest import MakeNetwork
from tests.e2e.hub_files import docs_hub
from tests.e2e.network import ActionsNetwork
from tests.e2e.observed import SECRETS

OWNERS = {"kisumu": "kisumu-commons", "mombasa": "mombasa-commons"}
FIRST_RUN = 9_001
SIGNED = "signed-receipts"


def two_hubs(network: ActionsNetwork) -> ActionsRun:
    numbers = [
        network.open_unseen({f"hubs/{hub}.yaml": docs_hub(owner)}) for hub, owner in OWNERS.items()
    ]
    network.merge_unseen(numbers[0])
    return network.merge(numbers[1])


def one_hub(network: ActionsNetwork, domain: str = "", **repository: object) -> ActionsRun:
    files = {"hubs/kisumu.yaml": docs_hub(OWNERS["kisumu"], domain)}
    return network.merge(network.open_unseen(files), **repository)


def uploaded(network: ActionsNetwork, run: ActionsRun) -> dict[str, list[str]]:
    """The files of each artifact of a run."""
    return {
        artifact.name: sorted(path.name for path in artifact.iterdir())
        for artifact in sorted(network.artifacts(run.id).iterdir())
        if artifact.is_dir()
    }


def subjects(folder: Path) -> dict[str, str]:
    """What was to be signed: each file's name and its digest."""
    lines = (folder / "attested.txt").read_text().partition("with:\n")[0].splitlines()
    return {name: digest for digest, name in (line.split("  ") for line in lines)}


@dataclass(frozen=True)
class Live:
    """Two hubs that one run has brought online, and the digests of their plans."""

    network: ActionsNetwork
    run: ActionsRun
    digests: dict[str, str]


@pytest.fixture(scope="module")
def live(make_network: MakeNetwork) -> Live:
    network = make_network()
    run = two_hubs(network)
    return Live(network, run, {hub: network.journal(hub)["run"]["digest"] for hub in OWNERS})


def test_receipts_of_hubs_that_are_live_are_checked_signed_and_handed_out(live: Live) -> None:
    network, run = live.network, live.run

    assert run.succeeded
    names = [f"receipt-{hub}.json" for hub in OWNERS]
    assert uploaded(network, run) == {
        "receipt-kisumu": names[:1],
        "receipt-mombasa": names[1:],
        SIGNED: [*names, "signature.json"],
    }
    folder = network.artifacts(run.id)
    signed = {name: (folder / SIGNED / name).read_bytes() for name in names}
    assert subjects(folder) == {name: sha256(text).hexdigest() for name, text in signed.items()}
    for hub, name in zip(OWNERS, names, strict=True):
        assert signed[name] == (folder / f"receipt-{hub}" / name).read_bytes()
        receipt = json.loads(signed[name])
        assert receipt["hub"] == hub
        assert receipt["run"]["plan_digest"] == live.digests[hub]
        assert receipt["run"]["actions_run"].endswith(f"/actions/runs/{run.id}")


def test_what_signs_knows_no_secret_that_provisions_and_no_receipt_holds_one(live: Live) -> None:
    network, run = live.network, live.run

    given = network.sandbox.environment
    folder = network.artifacts(run.id)
    with_it = (folder / "attested.txt").read_text()
    receipts = [(folder / SIGNED / f"receipt-{hub}.json").read_text() for hub in OWNERS]
    for name in SECRETS:
        assert not any(given[name] in receipt for receipt in receipts)
        assert name == "GITHUB_TOKEN" or given[name] not in with_it
    assert network.secrets_told(run) == []


def test_a_hub_that_waits_has_no_receipt_until_it_is_live(network: ActionsNetwork) -> None:
    waiting = one_hub(network, "docs.kisumu.example.org")

    assert waiting.succeeded
    assert uploaded(network, waiting) == {}
    assert "its run is waiting" in waiting.job("apply").log
    assert "nothing to sign" in waiting.job("sign").log

    network.set_dns("kisumu")
    network.an_hour_passes()
    live = network.on_schedule()

    assert live.succeeded
    assert list(uploaded(network, live)) == ["receipt-kisumu", SIGNED]
    (comment,) = network.comments(1)
    assert f"/actions/runs/{live.id}#artifacts" in comment["body"]


@pytest.mark.parametrize(
    ("private", "variable", "signed"),
    [(True, "", False), (True, "yes", True), (False, "no", False)],
)
def test_where_github_does_not_sign_that_is_left_out_and_said(
    network: ActionsNetwork, private: bool, variable: str, signed: bool
) -> None:
    if variable:
        network.set_variable("PROVISIONER_ATTEST", variable)

    run = one_hub(network, private=private)

    assert run.succeeded
    assert "receipt-kisumu" in uploaded(network, run)
    assert (SIGNED in uploaded(network, run)) is signed
    assert ("are not signed" in run.job("sign").summary) is not signed


def test_a_file_that_is_no_receipt_is_not_signed_and_keeps_no_other_from_it(
    network: ActionsNetwork,
) -> None:
    failing = {"project": "mombasa--docs", "state": "ERROR"}
    network.sandbox.control.set_vercel(next_deployments=[failing])
    planted = network.artifacts(FIRST_RUN) / "receipt-mombasa"
    planted.mkdir()
    (planted / "receipt-mombasa.json").write_text("::error::{}")

    run = two_hubs(network)

    assert run.id == FIRST_RUN
    assert not run.job("apply", hub="mombasa").succeeded
    assert not run.job("sign").succeeded
    assert "this is not a receipt" in run.job("sign").log
    assert uploaded(network, run)[SIGNED] == ["receipt-kisumu.json", "signature.json"]
    assert list(subjects(network.artifacts(run.id))) == ["receipt-kisumu.json"]


def test_a_receipt_of_a_hub_that_is_not_live_is_not_signed(live: Live) -> None:
    """The only one of the stories that goes on with these hubs."""
    network, first = live.network, live.run
    old = network.artifacts(first.id) / "receipt-mombasa" / "receipt-mombasa.json"
    planted = network.artifacts(first.id + 1) / "receipt-mombasa"
    planted.mkdir()
    (planted / old.name).write_bytes(old.read_bytes())
    waiting = docs_hub(OWNERS["mombasa"], "docs.mombasa.example.org")
    number = network.open_unseen({"hubs/mombasa.yaml": waiting})

    run = network.merge(number)

    assert run.succeeded
    assert "there is no receipt of mombasa: its run is waiting" in run.job("sign").log
    (warning,) = run.job("sign").annotations
    assert "The receipt of mombasa is not signed" in warning.message
    assert SIGNED not in uploaded(network, run)
