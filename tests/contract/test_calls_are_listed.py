"""CONTRIBUTING lists every request that the product can send, and what covers its failures."""

import re

import pytest

from provisioner.clock import ManualClock
from provisioner.sandbox.github.api import ROUTES as GITHUB_ROUTES
from provisioner.sandbox.requests import Logged
from provisioner.sandbox.server import Sandbox
from provisioner.sandbox.vercel.api import ROUTES as VERCEL_ROUTES
from tests.contract.every_call import client_methods, send_everything
from tests.unit.pages import CONTRIBUTING, ROOT, code

BEGIN, END = "<!-- calls:begin -->", "<!-- calls:end -->"
TELEGRAM = [("GET", "/bot<token>/getWebhookInfo"), ("POST", "/bot<token>/setWebhook")]
OPERATIONS = {
    "github": [(route.method, route.path) for route in GITHUB_ROUTES],
    "vercel": [(route.method, route.path) for route in VERCEL_ROUTES],
    "telegram": TELEGRAM,
}
NAMES = {"github": "GitHub", "vercel": "Vercel", "telegram": "Telegram"}


def templates(api: str) -> list[tuple[str, str]]:
    """A stand-in's operations, the most exact paths first."""
    return sorted(OPERATIONS[api], key=lambda one: (one[1].count("<"), -len(one[1])))


def operation(logged: Logged) -> str:
    """Such as `GitHub POST /repos/{owner}/{repo}/forks`."""
    for method, path in templates(logged.api):
        pattern = re.sub(r"<path:\w+>", ".+", path)
        pattern = re.sub(r"<\w+>", "[^/]+", pattern)
        if method == logged.method and re.fullmatch(pattern, logged.path):
            plain = re.sub(r"<(?:path:)?(\w+)>", r"{\1}", path)
            return f"{NAMES[logged.api]} {method} {plain}"
    raise AssertionError(f"no stand-in knows {logged.api} {logged.method} {logged.path}")


def rows() -> list[tuple[str, ...]]:
    """Call, reason, description and tests of each line."""
    text = CONTRIBUTING.text
    table = text[text.index(BEGIN) : text.index(END)]
    lines = [line.strip("| ").split(" | ") for line in table.splitlines() if line.startswith("| ")]
    return [tuple(cells) for cells in lines[1:]]


@pytest.fixture(scope="module")
def listed() -> list[str]:
    return [f"{call.split(' `')[0]} {code(call)[0]}" for call, *_ in rows()]


def test_every_request_that_can_be_sent_is_listed_and_no_other(
    sandbox: Sandbox, clock: ManualClock, listed: list[str]
) -> None:
    called = send_everything(sandbox, clock)
    assert called == client_methods(), "every method of every client has an example"

    sent = {operation(logged) for logged in sandbox.control.requests()}

    assert sorted(listed) == sorted(sent)


def test_every_call_says_why_and_which_tests_cover_its_failures() -> None:
    for call, why, described, tests in rows():
        links = re.findall(r"\]\(([^)]+)\)", tests)
        assert why, call
        assert described, call
        assert links, call
        assert all((ROOT / link).is_file() for link in links), call
