"""The command line as processes: a sandbox served by one, the provisioner run by others."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx

from tests import canary

SECONDS = 60
COMMAND = (sys.executable, "-P", "-m", "provisioner")


def run(
    *arguments: str, cwd: Path, env: dict[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    """One command, to its end. Only what is given, and the path, is in its environment."""
    done = subprocess.run(
        [*COMMAND, *arguments],
        cwd=cwd,
        env={"PATH": os.environ["PATH"], **(env or {})},
        capture_output=True,
        text=True,
        timeout=SECONDS,
        check=False,
    )
    canary.search_run(done)
    summary = Path((env or {}).get("GITHUB_STEP_SUMMARY", ""))
    if summary.is_file():
        canary.must_not_show("the summary", summary.read_text(encoding="utf-8"))
    return done


@dataclass(frozen=True)
class ServedSandbox:
    """`provisioner sandbox` in a process of its own. `first_line` is what it prints first."""

    first_line: dict[str, Any]

    @property
    def env(self) -> dict[str, str]:
        env: dict[str, str] = self.first_line["env"]
        return env

    def get(self, name: str) -> Any:
        url = f"{self.first_line['github_api_url']}/_sandbox/{name}"
        return httpx.get(url).raise_for_status().json()

    def post(self, name: str, body: object) -> Any:
        url = f"{self.first_line['github_api_url']}/_sandbox/{name}"
        answer = httpx.post(url, json=body).raise_for_status()
        return answer.json() if answer.content else None


@contextmanager
def served_sandbox(*arguments: str) -> Iterator[ServedSandbox]:
    """Serve until the context ends; then stop it as a person does, and see that it stops well."""
    process = subprocess.Popen(
        [*COMMAND, "sandbox", *arguments], stdout=subprocess.PIPE, text=True, env=os.environ.copy()
    )
    try:
        assert process.stdout is not None
        served = ServedSandbox(json.loads(process.stdout.readline()))
        canary.plant_environment(served.env)
        yield served
        canary.must_not_show("the world", json.dumps(served.get("world")))
        canary.must_not_show("a request's address", json.dumps(served.get("requests")))
        assert served.get("contract")["violations"] == []
    finally:
        process.send_signal(signal.SIGINT)
        process.wait(SECONDS)
    assert process.returncode == 0
