"""Receipts as commands print and compare them, with their exit codes."""

import json
from pathlib import Path

from provisioner.errors import ExitCode
from provisioner.models.receipt import Receipt
from tests.scenario.network import Network
from tests.scenario.receipts import DOMAIN, PROJECT, saved
from tests.unit.commands.command import Outcome, run


def command(network: Network, *arguments: str) -> Outcome:
    return run(*arguments, stdin=b"", **network.environ)


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
