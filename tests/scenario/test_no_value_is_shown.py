"""Answers that echo a secret: it is in no log, no output, no comment, no journal, no summary."""

from pathlib import Path

import pytest

from tests.scenario.bots import GRAPH_URI, merged_bot
from tests.scenario.network import DOCS, TELEGRAM_TOKEN, Network
from tests.unit.commands.command import run

SECRET = TELEGRAM_TOKEN.split(":")[1]


def journal(network: Network) -> str:
    """Every version of the hub's file on the state branch, as it stands there."""
    git = network.sandbox.github.network_repository().git
    head = git.head("provisioner-state")
    assert head is not None
    content = git.file(head, "hubs/nairobi.json")
    assert content is not None
    return content.decode()


def everything_said(network: Network, tmp_path: Path, number: int) -> str:
    """What one run of the command leaves behind anywhere that people look."""
    summary = tmp_path / "summary.md"
    environ = {**network.environ, "GITHUB_STEP_SUMMARY": str(summary)}
    applied = run("apply", "nairobi", "--hubs", str(network.directory), stdin=b"", **environ)
    assert applied.code == 1, applied.err
    status = run("status", "--format", "json", stdin=b"", **environ)
    assert status.code == 0, status.err
    (comment,) = network.comments(number)
    said = (applied.out, applied.err, status.out, status.err, summary.read_text())
    return "\n".join((*said, comment["body"], journal(network)))


@pytest.mark.parametrize("refused", [["TELEGRAM_TOKEN"], ["TELEGRAM_TOKEN", "GRAPH_URI"]])
def test_a_refusal_that_echoes_values_leaves_only_names_behind(
    network: Network, tmp_path: Path, refused: list[str]
) -> None:
    number = merged_bot(network)
    codes = dict.fromkeys(refused, "ENV_CONFLICT")
    network.sandbox.control.set_vercel(refused_variables=codes)

    said = everything_said(network, tmp_path, number)

    assert all(name in said for name in refused)
    assert SECRET not in said
    assert GRAPH_URI not in said


def test_a_limit_on_variables_is_no_reason_to_show_them(network: Network, tmp_path: Path) -> None:
    network.write("nairobi", DOCS.replace("Nairobi Commons}", "Unannounced}"))
    number = network.merge("nairobi")
    network.sandbox.control.set_vercel(refused_variables={"SITE_TITLE": "TOO_LONG_LIMIT"})

    said = everything_said(network, tmp_path, number)

    assert "SITE_TITLE" in said
    assert "Unannounced" not in said
