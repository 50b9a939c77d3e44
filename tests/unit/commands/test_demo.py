"""What the demo prints beside its story, and the code that it leaves with.

In a sandbox that takes no time. That the command opens one which does, and for which folder of
descriptions, only the process shows: `tests/e2e/test_processes.py`.
"""

import json
from pathlib import Path

import click
import pytest

from provisioner.commands.demo import SPEED, demo, tell_in
from provisioner.errors import ExitCode
from provisioner.redaction import Redactor
from provisioner.sandbox.server import Sandbox
from tests.unit.commands.test_demo_story import Changed, changed


def tell(
    sandbox: Sandbox, folder: Path, format_: str = "text", *, judged: bool = False
) -> ExitCode:
    with click.Context(demo, obj=Redactor()):
        return tell_in(sandbox, folder, format_, judged=judged)


def with_contract(sandbox: Sandbox, *violations: str) -> Sandbox:
    """What was found by those who judge the exchanges."""
    report = {"validated": 7, "violations": list(violations)}
    return changed(sandbox, control=Changed(sandbox.control, contract=lambda: report))


def test_as_text_it_is_the_story(
    sandbox: Sandbox, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert tell(sandbox, tmp_path) is ExitCode.DONE
    told = capsys.readouterr()
    assert "Both apps are live" in told.out
    assert told.err == ""


def test_as_json_it_is_one_document_and_no_secret_stands_in_it(
    sandbox: Sandbox, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert tell(sandbox, tmp_path, "json") is ExitCode.DONE

    out = capsys.readouterr().out
    document = json.loads(out)
    assert out == json.dumps(document, indent=2) + "\n"
    assert set(document) == {"hubs", "pull_request", "requests"}
    assert [hub["state"] for hub in document["hubs"]] == ["completed"]
    assert (document["pull_request"]["number"], len(document["pull_request"]["comments"])) == (1, 1)
    requests = [item.api for item in sandbox.control.requests()]
    assert document["requests"] == {api: requests.count(api) for api in ("github", "vercel")}


def test_exchanges_that_were_judged_are_counted(
    sandbox: Sandbox, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert tell(with_contract(sandbox), tmp_path, judged=True) is ExitCode.DONE
    assert capsys.readouterr().err.splitlines() == [
        "7 exchanges held to the API descriptions, 0 violations"
    ]


def test_one_that_is_not_as_described_is_a_finding(
    sandbox: Sandbox, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    judged = with_contract(sandbox, "GET /user: odd")

    assert tell(judged, tmp_path, judged=True) is ExitCode.FINDINGS
    assert capsys.readouterr().err.splitlines() == [
        "contract: GET /user: odd",
        "7 exchanges held to the API descriptions, 1 violations",
    ]


def test_so_is_a_hub_that_is_not_live(sandbox: Sandbox, tmp_path: Path) -> None:
    control = Changed(sandbox.control, set_dns=lambda records: None)

    assert tell(changed(sandbox, control=control), tmp_path) is ExitCode.FINDINGS


def test_a_secret_of_the_sandbox_is_hidden_from_then_on(sandbox: Sandbox, tmp_path: Path) -> None:
    known = Redactor()
    with click.Context(demo, obj=known):
        tell_in(sandbox, tmp_path, "json", judged=False)

    token = sandbox.environment["GITHUB_TOKEN"]
    assert token not in known.redact(f"It is {token}.")


def test_it_takes_a_tenth_of_the_real_time() -> None:
    assert SPEED == 0.1
