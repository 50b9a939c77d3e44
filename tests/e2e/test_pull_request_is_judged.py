"""A facilitator opens a pull request; check.yml and report.yml answer her."""

from pathlib import Path

import pytest

from tests.e2e.actions_run import Annotation
from tests.e2e.conftest import MakeNetwork
from tests.e2e.hub_files import docs_hub
from tests.e2e.network import ActionsNetwork, Reviewed

STATUS = "provisioner/check"
FILE = "hubs/nairobi.yaml"
BROKEN, WHOLE = docs_hub("nairobi-commons", app="docs-sit"), docs_hub("nairobi-commons")


def test_a_broken_hub_file_is_refused_on_its_line_and_fixed_in_the_same_comment(
    network: ActionsNetwork,
) -> None:
    refused = network.propose({FILE: BROKEN})

    assert not refused.check.succeeded
    (annotation,) = refused.check.job("check").annotations
    assert annotation == Annotation(
        "error",
        "The catalog has no app `docs-sit`.\nTo fix it: did you mean `docs-site`?",
        {"file": FILE, "line": "7", "col": "10", "title": "Unknown app"},
    )
    assert f"    {FILE}:7:10: error:" in refused.check.job("check").summary
    assert refused.report.succeeded
    assert network.statuses(refused.sha) == [(STATUS, "failure")]
    (comment,) = network.comments(refused.number)
    assert comment["author"] == "github-actions[bot]"
    assert "1 thing to fix" in comment["body"]

    fixed = network.amend(refused.number, {FILE: WHOLE})

    assert fixed.check.succeeded
    assert fixed.check.job("check").annotations == []
    assert network.statuses(fixed.sha) == [(STATUS, "success")]
    (edited,) = network.comments(refused.number)
    assert edited["id"] == comment["id"]
    assert "to fix" not in edited["body"]
    assert "| create | Copy the repository |" in edited["body"]


@pytest.fixture(scope="module")
def without_tokens(make_network: MakeNetwork) -> tuple[ActionsNetwork, Reviewed]:
    """A good file was proposed where reports have no tokens of their own."""
    network = make_network()
    network.give_reports_no_tokens()
    return network, network.propose({FILE: WHOLE})


def test_without_tokens_of_its_own_a_report_judges_the_file_and_looks_at_nothing_else(
    without_tokens: tuple[ActionsNetwork, Reviewed],
) -> None:
    network, judged = without_tokens

    assert network.statuses(judged.sha) == [(STATUS, "success")]
    (comment,) = network.comments(judged.number)
    assert "can be merged by a network maintainer" in comment["body"]
    assert "was not looked at" in comment["body"]
    assert {call.api for call in network.sandbox.control.requests()} == {"git", "github"}


def test_nothing_that_a_pull_request_brings_is_ever_run(
    network: ActionsNetwork, tmp_path: Path
) -> None:
    trace = tmp_path / "executed"
    code = f"open({str(trace)!r}, 'w').close()\nraise SystemExit(0)\n"
    action = (
        "name: Set up\ndescription: x\nruns:\n  using: composite\n  steps:\n"
        f"    - {{shell: bash, run: touch {trace}}}\n"
    )
    modules = ("provisioner/cli", "provisioner/commands/report", "hubs/click", "hubs/yaml", "click")

    judged = network.propose(
        {
            FILE: BROKEN,
            **{f"{module}.py": code for module in modules},
            "sitecustomize.py": code,
            "hubs/sitecustomize.py": code,
            "requirements.txt": "no-such-library==1.0\n",
            ".github/actions/setup/action.yml": action,
        }
    )

    assert not trace.exists()
    job = judged.check.job("check")
    assert job.steps["Check every hub file"] == "failure"
    assert any("no app `docs-sit`" in annotation.message for annotation in job.annotations)
    assert judged.report.succeeded
    assert network.statuses(judged.sha) == [(STATUS, "failure")]


def test_a_check_reads_the_repository_and_asks_nothing_of_any_service(
    without_tokens: tuple[ActionsNetwork, Reviewed],
) -> None:
    _, judged = without_tokens

    assert judged.check.succeeded
    assert {call.api for call in judged.check_calls} == {"git"}
    assert not any("receive-pack" in call.path + call.query for call in judged.check_calls)
