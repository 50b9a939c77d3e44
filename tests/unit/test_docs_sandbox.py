"""What docs/reference.md says of the sandbox works as it stands there."""

import os
import re
import shutil
import signal
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

import httpx
import pytest

from provisioner.sandbox.server import Sandbox
from tests.unit.pages import REFERENCE, code

HEADING = "Play in the sandbox"


def test_every_request_that_is_listed_is_known_to_the_sandbox(sandbox: Sandbox) -> None:
    told = [request for row in REFERENCE.tables(HEADING)[0] for request in code(row[0])]
    assert len(told) > 20
    base = f"{sandbox.environment['GITHUB_API_URL']}/_sandbox/"
    for request in told:
        method, path = request.split(" ")
        allowed = httpx.options(base + path).headers.get("allow", "")
        assert method in allowed.split(", "), request


def test_the_commands_can_be_pasted_and_end_with_a_live_hub(tmp_path: Path) -> None:
    if shutil.which("curl") is None or shutil.which("bash") is None:
        pytest.skip("the example needs bash and curl")
    ended = _pasted(REFERENCE.block(HEADING), tmp_path)

    assert ended.returncode == 0, ended.stderr
    assert "1 file checked: all is well" in ended.stdout
    assert "Nairobi Commons (nairobi): 4 things to create" in ended.stdout
    headlines = re.findall(r"^(\S+) Nairobi Commons is (\w+)", ended.stdout, re.MULTILINE)
    assert headlines == [("🟠", "waiting"), ("✅", "live"), ("✅", "live")]
    assert max(map(len, ended.stdout.splitlines())) < 200  # for people, not what programs get
    writes = re.findall(r"github PUT \S+ 20", (tmp_path / "requests.log").read_text())
    assert 0 < len(writes) <= 4


def _pasted(script: str, folder: Path) -> subprocess.CompletedProcess[str]:
    """Run by bash in an empty folder; nothing that it starts is left behind."""
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    process = subprocess.Popen(
        ["bash", "-e", "-c", script],
        cwd=folder,
        env={"PATH": path, "HOME": str(folder), "LANG": "C.UTF-8"},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    try:
        stdout, stderr = process.communicate(timeout=120)
    finally:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
    return subprocess.CompletedProcess(process.args, process.returncode, stdout, stderr)
