"""The look for planted secrets finds each leak: here each sink leaks one on purpose."""

import base64
import json
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import quote

import httpx
import pytest

from provisioner.sandbox.server import Sandbox
from tests import canary

FORMS: tuple[Callable[[str], str], ...] = (
    str,
    quote,
    lambda secret: json.dumps(secret)[1:-1],
    lambda secret: base64.b64encode(f"x:{secret}".encode()).decode(),
    lambda secret: secret.encode().hex(),
)


@pytest.fixture
def leaky() -> Any:
    """A sandbox that no fixture judges: its leaks are this test's own."""
    with Sandbox() as sandbox:
        canary.plant_environment(sandbox.environment)
        yield sandbox


def post(sandbox: Sandbox, path: str, body: dict[str, str]) -> None:
    """As our program would with the redactor taken out."""
    network = sandbox.github.network
    httpx.post(
        f"{sandbox.environment['GITHUB_API_URL']}/repos/{network}/{path}",
        headers={"Authorization": f"Bearer {sandbox.environment['GITHUB_TOKEN']}"},
        json=body,
    ).raise_for_status()


def opened(sandbox: Sandbox) -> dict[str, Any]:
    return sandbox.control.open_pull_request("Hub", "amina-k", {"hubs/x.yaml": "name: X\n"})


@pytest.mark.parametrize("form", FORMS)
def test_a_secret_in_a_comment_is_found_in_every_form(
    leaky: Sandbox, form: Callable[[str], str]
) -> None:
    canary.search_sandbox(leaky)
    said = f"see {form(leaky.environment['VERCEL_TOKEN'])} there"
    post(leaky, f"issues/{opened(leaky)['number']}/comments", {"body": said})
    with pytest.raises(AssertionError, match="one of the comments shows"):
        canary.search_sandbox(leaky)


def test_a_secret_in_a_commit_status_is_found(leaky: Sandbox) -> None:
    status = {"state": "success", "description": leaky.environment["GITHUB_TOKEN"], "context": "x"}
    post(leaky, f"statuses/{opened(leaky)['head_sha']}", status)
    with pytest.raises(AssertionError, match="one of the statuses shows"):
        canary.search_sandbox(leaky)


@pytest.mark.parametrize("later", [{}, {"hubs/x.json": "{}"}], ids=["the newest", "an older"])
@pytest.mark.parametrize("where", ["content", "message"])
def test_a_secret_in_any_version_of_the_journal_is_found(
    leaky: Sandbox, later: dict[str, str | None], where: str
) -> None:
    repository = leaky.github.network_repository()
    begin = repository.git.head(repository.default_branch) or ""
    post(leaky, "git/refs", {"ref": f"refs/heads/{canary.STATE_BRANCH}", "sha": begin})
    key = leaky.environment["PROVISIONER_SEALING_KEY"]
    content, message = (key, "x") if where == "content" else ("{}", key)
    leaky.control.push({"hubs/x.json": content}, branch=canary.STATE_BRANCH, message=message)
    if later:
        leaky.control.push({**later, "y": "z"}, branch=canary.STATE_BRANCH, message="later")
    with pytest.raises(AssertionError, match="the journal shows"):
        canary.search_sandbox(leaky)


def test_a_secret_in_an_address_is_found(leaky: Sandbox) -> None:
    token = leaky.environment["VERCEL_TOKEN"]
    httpx.get(f"{leaky.environment['VERCEL_API_URL']}/v9/projects?token={token}")
    with pytest.raises(AssertionError, match="a request's address shows"):
        canary.search_sandbox(leaky)


@pytest.mark.parametrize(
    ("leak", "where"),
    [
        ((["apply"], "a planted-for-a-command b", ""), "stdout"),
        ((["apply"], "", "planted-for-a-command"), "stderr"),
        ((["apply", "--x=planted-for-a-command"], "", ""), "a process argument"),
    ],
)
def test_what_a_command_prints_and_is_given_is_searched(
    leak: tuple[list[str], str, str], where: str
) -> None:
    canary.plant("planted-for-a-command")
    arguments, stdout, stderr = leak
    canary.search_run(subprocess.CompletedProcess(["apply"], 0, "", ""))
    with pytest.raises(AssertionError, match=f"{where} shows plante…"):
        canary.search_run(subprocess.CompletedProcess(arguments, 0, stdout, stderr))


LEAKS = {
    "stdout": "print(SECRET)",
    "stderr": "import sys; print(SECRET, file=sys.stderr)",
    "log": "import logging; logging.getLogger('x').warning('%s', SECRET)",
    "descriptor": "import os; os.write(2, SECRET.encode())",
    "argument": "import subprocess, sys; subprocess.run([sys.executable, '-c', '0', SECRET])",
    "nothing": "pass",
}


def test_a_test_that_shows_a_secret_anywhere_fails(
    pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One run of pytest with the same plugin, whose tests leak."""
    tests = "".join(f"def test_{name}():\n    {code}\n" for name, code in LEAKS.items())
    head = "from tests import canary\nSECRET = '-'.join(['planted'] * 3)\ncanary.plant(SECRET)\n"
    pytester.makepyfile(head + tests)
    monkeypatch.setenv("PYTHONPATH", str(Path(__file__).resolve().parents[2]))
    done = pytester.runpytest_subprocess("-p", "tests.canary", "-rE")
    done.assert_outcomes(passed=len(LEAKS), errors=len(LEAKS) - 1)
    failed = {
        line.partition("::test_")[2].split()[0]
        for line in done.outlines
        if line.startswith("ERROR ")
    }
    assert failed == set(LEAKS) - {"nothing"}
