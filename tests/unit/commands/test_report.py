"""Which pull request a report is about: the one that has the checked commit, and no other."""

import json
from pathlib import Path
from typing import Any

import pytest

from provisioner.clock import ManualClock
from provisioner.commands.report import Report
from provisioner.github.events import PULL_REQUEST, CheckedCommit
from provisioner.wiring import Wiring
from tests.unit.answering import Given, answering
from tests.unit.github.test_wire import PULL, REPOSITORY

COMMIT = CheckedCommit(PULL_REQUEST, "amina-k/hubs", "hub", "a1")
OPEN = {**PULL, "state": "open", "merged_at": None}


@pytest.mark.parametrize(
    "difference",
    [
        {"base": {"ref": "side", "sha": "b2"}},
        {"head": {**PULL["head"], "sha": "newer"}},
        {"head": {**PULL["head"], "repo": {"full_name": "amina-k/another"}}},
        {"head": {**PULL["head"], "repo": None}},
    ],
    ids=["another branch", "another commit", "another repository", "a repository that is gone"],
)
def test_one_that_only_looks_like_it_gets_neither_comment_nor_status(
    clock: ManualClock, tmp_path: Path, difference: dict[str, Any]
) -> None:
    answers = (REPOSITORY, [{**OPEN, **difference}])
    with answering(*(Given(200, json.dumps(one)) for one in answers)) as server:
        environ = {
            "GITHUB_API_URL": server.url,
            "GITHUB_REPOSITORY": "example-network/hubs",
            "GITHUB_TOKEN": "a-token",
        }
        said = Report(Wiring(environ, clock), tmp_path).about(COMMIT)

    assert said.startswith("Nothing to report")
    assert {method for method, _ in server.asked} == {"GET"}
