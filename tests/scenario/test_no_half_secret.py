"""No limit cuts a secret in two: what a command shows was redacted before it was shortened."""

import json
from pathlib import Path
from typing import Any

import pytest

from provisioner.models.run import RunState
from provisioner.sandbox.seed import EXAMPLE_CATALOG
from tests.scenario.journals import edit
from tests.scenario.network import DOCS, PLAIN, Network
from tests.unit.answering import Given, answering
from tests.unit.commands.command import run

HALF = 6
"""So many letters of a secret are too many."""


TOKEN = "opaque-token-of-forty-letters-0123456789"


@pytest.fixture
def forged(network: Network) -> Network:
    """Somebody wrote a secret of the job into a journal, wherever something of it is cut."""
    network.write("nairobi", PLAIN)
    network.apply()

    def forge(document: dict[str, Any]) -> None:
        (app,) = document["run"]["apps"]
        titles = ["x" * length + TOKEN for length in range(60, 100 - HALF, 4)]
        apps = [{**app, "id": f"app-{n}", "title": title} for n, title in enumerate(titles)]
        document["run"].update(title=titles[-1], commit=TOKEN, apps=apps)

    edit(network, "nairobi", forge)
    return network


def test_a_plan_shows_no_half_of_one(forged: Network) -> None:
    forged.remove("nairobi")

    outcome = run(
        *("plan", "--format", "markdown", "--hubs", str(forged.directory), "nairobi"),
        stdin=b"",
        **forged.environ,
        ACTIONS_RUNTIME_TOKEN=TOKEN,
    )

    assert "xxx" in outcome.out
    assert TOKEN[:HALF] not in outcome.out + outcome.err


def test_the_status_of_a_hub_shows_no_half_of_one(forged: Network) -> None:
    outcome = run("status", "nairobi", stdin=b"", **forged.environ, ACTIONS_RUNTIME_TOKEN=TOKEN)

    assert "xxx" in outcome.out
    assert TOKEN[:HALF] not in outcome.out + outcome.err


def test_what_apply_shows_at_its_end_holds_no_half_of_one(forged: Network, tmp_path: Path) -> None:
    forged.remove("nairobi")
    page = tmp_path / "summary.md"

    outcome = run(
        *("apply", "--hubs", str(forged.directory), "nairobi"),
        stdin=b"",
        **forged.environ,
        ACTIONS_RUNTIME_TOKEN=TOKEN,
        GITHUB_STEP_SUMMARY=str(page),
    )

    assert "xxx" in page.read_text()
    assert TOKEN[:HALF] not in page.read_text() + outcome.out + outcome.err


def test_the_comment_of_a_pull_request_that_was_overtaken_shows_no_half_of_one(
    network: Network,
) -> None:
    network.environ["ACTIONS_RUNTIME_TOKEN"] = TOKEN
    network.write("nairobi", DOCS)
    older = network.merge("nairobi")
    assert network.apply().state is RunState.WAITING
    edit(network, "nairobi", lambda it: it["run"].update(title="x" * (600 - 20) + TOKEN))
    network.write("nairobi", PLAIN)
    network.merge("nairobi")

    network.apply()

    assert "xxx" in network.comment(older)
    assert TOKEN[:HALF] not in network.comment(older)


@pytest.mark.parametrize("length", range(900, 960, 10))
def test_a_diagnosis_shows_no_half_of_one(tmp_path: Path, length: int) -> None:
    words = "x" * length + TOKEN
    said = json.dumps({"message": words, "error": {"code": "forbidden", "message": words}})
    page = tmp_path / "summary.md"
    with answering(Given(403, said)) as server:
        outcome = run(
            *("doctor", "--hubs", str(tmp_path)),
            PROVISIONER_CATALOG=str(EXAMPLE_CATALOG),
            GITHUB_REPOSITORY="example-network/hubs",
            GITHUB_API_URL=server.url,
            VERCEL_API_URL=server.url,
            GITHUB_TOKEN=TOKEN,
            VERCEL_TOKEN=TOKEN,
            PROVISIONER_GITHUB_TOKEN=TOKEN,
            GITHUB_STEP_SUMMARY=str(page),
        )

    assert "xxx" in page.read_text()
    assert TOKEN[:HALF] not in page.read_text() + outcome.out + outcome.err
