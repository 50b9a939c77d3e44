"""Secrets planted in every world of every test, and the look for them wherever people read.

A pytest plugin. Whatever makes a world plants its secrets here; at the end of
each test, what it printed and logged, the worlds it used and the arguments of
the processes it started are searched for every planted secret in every form
that it travels in. No test may show one. What is not searched: the first line
of `provisioner sandbox`, which is there to hand the tokens out, and what a
request carries in its headers and body. The world shows values as hashes.
"""

import json
import subprocess
import sys
from collections.abc import Generator, Iterable, Iterator, Mapping
from typing import Any

import pytest

from provisioner.output import secret_names
from provisioner.sandbox.github.git import GitRepository
from provisioner.sandbox.github.history import history
from provisioner.sandbox.server import Sandbox
from provisioner.secrets.forms import forms_of

STATE_BRANCH = "provisioner-state"
_LEAST_PART = 16

_planted: dict[str, tuple[str, ...]] = {}
_caught: list[str] = []


def plant(*secrets: str) -> None:
    """From now on nobody may show these, nor the long half of a bot's token."""
    for secret in secrets:
        for part in (secret, *secret.split(":")):
            if part not in _planted and (part == secret or len(part) >= _LEAST_PART):
                _planted[part] = tuple(forms_of(part))


def plant_environment(environ: Mapping[str, str]) -> None:
    """The tokens and the key of a sandbox."""
    plant(*(environ[name] for name in secret_names(environ) if environ[name]))


def seen_in(text: str) -> list[str]:
    """The planted secrets that stand in a text, each by its first letters."""
    return [
        f"{secret[:6]}…"
        for secret, forms in _planted.items()
        if any(form in text for form in forms)
    ]


def must_not_show(where: str, text: str) -> None:
    """Fail the test where a text that people read shows a secret."""
    found = seen_in(text)
    if found:
        raise AssertionError(f"{where} shows {', '.join(found)}")


def search_sandbox(sandbox: Sandbox) -> None:
    """Everything in the world that anybody can look at, and every version of the journal."""
    for where, text in readable(sandbox):
        must_not_show(where, text)


def readable(sandbox: Sandbox) -> Iterator[tuple[str, str]]:
    world = sandbox.control.world()
    for name in ("comments", "statuses"):
        yield f"one of the {name}", json.dumps(world["github"].get(name, ()), ensure_ascii=False)
    yield "the world", json.dumps(world, ensure_ascii=False)
    yield (
        "a request's address",
        "\n".join(f"{one.path}?{one.query}" for one in sandbox.control.requests()),
    )
    yield from (("the journal", text) for text in _versions(sandbox))


def _versions(sandbox: Sandbox) -> Iterator[str]:
    """In whatever repository it lies: a story may rename the network's."""
    for repository in sandbox.github.repositories.all():
        git = repository.git
        head = git.head(STATE_BRANCH)
        seen: set[str] = set()
        for commit in history(git, head) if head else ():
            yield git.the_commit(commit).message.decode()
            yield from _files(git, commit, seen)


def _files(git: GitRepository, commit: str, seen: set[str]) -> Iterator[str]:
    for entry in git.entries(git.tree_of(commit), recursive=True):
        if entry.sha not in seen:
            seen.add(entry.sha)
            yield (git.blob(entry.sha) or b"").decode(errors="replace")


def search_arguments(arguments: Iterable[object]) -> None:
    """Other users of a machine can read the arguments of its processes."""
    for argument in arguments:
        must_not_show("a process argument", str(argument))


def _audit(event: str, details: tuple[Any, ...]) -> None:
    """Also a process that is started where nobody thinks of this module."""
    if event != "subprocess.Popen" or not _planted:
        return
    given = details[1] if isinstance(details[1], list | tuple) else [details[1]]
    texts = [part.decode() if isinstance(part, bytes) else str(part) for part in given]
    _caught.extend(f"a process argument shows {name}" for name in seen_in("\n".join(texts)))


def pytest_configure() -> None:
    sys.addaudithook(_audit)


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport() -> Generator[None, Any, None]:
    """What was captured is complete when the test is torn down."""
    result = yield
    report: pytest.TestReport = result.get_result()
    if report.when != "teardown":
        return
    told = [f"{title} shows {name}" for title, text in report.sections for name in seen_in(text)]
    told += _caught
    _caught.clear()
    if told and report.outcome == "passed":
        report.outcome = "failed"
        report.longrepr = "\n".join(["the canary is out:", *told])


def search_run(done: subprocess.CompletedProcess[str]) -> None:
    """What a command printed, and how it was called."""
    search_arguments(done.args)
    must_not_show("stdout", done.stdout)
    must_not_show("stderr", done.stderr)
