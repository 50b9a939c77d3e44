"""The sandbox as a whole: its ports, its variables, its seed, its command."""

import json
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from provisioner.clock import ManualClock
from provisioner.sandbox.requests import Logged
from provisioner.sandbox.server import Sandbox
from provisioner.sandbox.world import Latency
from provisioner.secrets.sealing import public_of
from tests.conftest import MakeSandbox
from tests.unit.sandbox.client import NETWORK, SOURCE, encoded, github


def test_every_variable_that_a_process_needs_is_there(sandbox: Sandbox) -> None:
    environment = sandbox.environment

    assert {
        "GITHUB_API_URL",
        "GITHUB_REPOSITORY",
        "GITHUB_TOKEN",
        "PROVISIONER_GITHUB_TOKEN",
        "VERCEL_API_URL",
        "VERCEL_TOKEN",
        "TELEGRAM_API_URL",
        "PROVISIONER_SEALING_KEY",
        "PROVISIONER_DNS_SERVERS",
        "PROVISIONER_EDGE",
        "PROVISIONER_EDGE_CA",
    } <= set(environment)
    assert public_of(environment["PROVISIONER_SEALING_KEY"])
    assert Path(environment["PROVISIONER_EDGE_CA"]).is_file()
    assert environment["GITHUB_TOKEN"] != environment["PROVISIONER_GITHUB_TOKEN"]


def test_the_same_seed_gives_the_same_tokens_and_another_seed_others(
    make_sandbox: MakeSandbox,
) -> None:
    secrets = ("GITHUB_TOKEN", "VERCEL_TOKEN", "PROVISIONER_SEALING_KEY")
    one, again, other = (make_sandbox(seed=seed).environment for seed in (1, 1, 2))

    assert all(one[name] == again[name] for name in secrets)
    assert all(one[name] != other[name] for name in secrets)


def test_sandboxes_live_side_by_side(make_sandbox: MakeSandbox) -> None:
    one, other = make_sandbox(), make_sandbox(repository="other-network/hubs")
    one.control.push({"hubs/a.yaml": "a"})

    assert github(one).get(f"{NETWORK}/contents/hubs/a.yaml").status_code == 200
    assert github(other).get("/repos/other-network/hubs/contents/hubs/a.yaml").status_code == 404
    assert github(other).get(NETWORK).status_code == 404


def test_files_and_sources_can_be_given(make_sandbox: MakeSandbox) -> None:
    sandbox = make_sandbox(
        files={"hubs/_example.yaml": b"name: Example\n"},
        sources={"my-network/site": {"README.md": b"# site\n", "package.json": b"{}"}},
    )
    client = github(sandbox)

    assert client.get(f"{NETWORK}/contents/hubs/_example.yaml").status_code == 200
    assert client.get("/repos/my-network/site").json()["is_template"] is True
    assert client.get("/repos/example-network/docs-site").status_code == 404


def test_a_request_takes_its_time_by_the_worlds_clock(
    make_sandbox: MakeSandbox, clock: ManualClock
) -> None:
    sandbox = make_sandbox(latency=Latency(request=0.5))
    before = clock.now()

    github(sandbox).get(NETWORK)

    assert (clock.now() - before).total_seconds() == 0.5


def test_who_watches_hears_of_each_request_as_it_happens(make_sandbox: MakeSandbox) -> None:
    heard: list[Logged] = []
    sandbox = make_sandbox(observer=heard.append)

    github(sandbox).get(NETWORK)

    assert [(one.api, one.method, one.path, one.status) for one in heard] == [
        ("github", "GET", NETWORK, 200)
    ]


def test_a_connection_serves_many_requests(sandbox: Sandbox) -> None:
    host, port = sandbox.environment["GITHUB_API_URL"].removeprefix("http://").split(":")
    request = b"GET /user HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\n\r\n"
    with socket.create_connection((host, int(port)), timeout=5) as connection:
        answers = [_answer(connection, request) for _ in range(3)]

    assert all(one.startswith(b"HTTP/1.1 401") for one in answers)


def _answer(connection: socket.socket, request: bytes) -> bytes:
    connection.sendall(request)
    return connection.recv(65_536)


def test_a_body_may_come_in_chunks(sandbox: Sandbox) -> None:
    text = json.dumps({"message": "Add", "content": encoded("a")}).encode()

    def chunks() -> Iterator[bytes]:
        yield text[:5]
        yield text[5:]

    answer = github(sandbox, maintainer=True).put(f"{NETWORK}/contents/a.md", content=chunks())

    assert answer.status_code == 201


def test_when_it_ends_its_ports_are_closed(clock: ManualClock) -> None:
    with Sandbox(clock=clock) as sandbox:
        client = github(sandbox)
        client.get(NETWORK)

    with pytest.raises(httpx.TransportError):
        client.get(NETWORK)


def test_a_port_that_is_taken_is_told(sandbox: Sandbox) -> None:
    port = int(sandbox.environment["GITHUB_API_URL"].rsplit(":", 1)[1])

    with pytest.raises(OSError, match="Address already in use"):
        Sandbox(vercel_port=port)


def _command(*arguments: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "provisioner", "sandbox", *arguments],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "PROVISIONER_API_SPECS": ""},
    )


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM])
def test_the_command_says_where_it_serves_and_ends_well_when_stopped(
    how: signal.Signals, tmp_path: Path
) -> None:
    (tmp_path / "nairobi.yaml").write_text("name: Nairobi\n")
    process = _command("--hubs", str(tmp_path), "--latency", "real", "--speed", "1000")
    assert process.stdout is not None
    first = json.loads(process.stdout.readline())

    served = httpx.get(
        f"{first['github_api_url']}/repos/{first['repository']}/contents/hubs/nairobi.yaml",
        headers={"Authorization": f"Bearer {first['github_token']}"},
    )
    process.send_signal(how)
    _, log = process.communicate(timeout=10)

    assert set(first) == {
        "github_api_url",
        "vercel_api_url",
        "github_token",
        "vercel_token",
        "repository",
        "dns",
        "env",
    }
    assert served.status_code == 200
    assert process.returncode == 0
    assert "github GET /repos/example-network/hubs/contents/hubs/nairobi.yaml 200" in log
    assert first["github_token"] not in log


def test_a_port_that_is_taken_is_a_mistake_with_a_fix(sandbox: Sandbox) -> None:
    port = sandbox.environment["GITHUB_API_URL"].rsplit(":", 1)[1]

    process = _command("--github-port", port)
    _, log = process.communicate(timeout=10)

    assert process.returncode == 2
    assert "error: A port cannot be opened: Address already in use." in log
    assert "fix: " in log


@pytest.mark.parametrize(
    ("framing", "sent"),
    [
        ("Content-Length: 40", b'{"name": "cut'),
        ("Transfer-Encoding: chunked", b'28\r\n{"name": "cut'),
    ],
    ids=["sized", "in chunks"],
)
def test_a_request_that_was_cut_off_has_no_effect(
    sandbox: Sandbox, framing: str, sent: bytes
) -> None:
    url = httpx.URL(sandbox.environment["GITHUB_API_URL"])
    token = sandbox.environment["PROVISIONER_GITHUB_TOKEN"]
    head = f"POST {SOURCE}/forks HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {token}\r\n{framing}"

    with socket.create_connection((url.host, url.port or 80)) as cut:
        cut.sendall(f"{head}\r\n\r\n".encode() + sent)
        cut.shutdown(socket.SHUT_WR)
        answer = cut.recv(1)

    assert answer == b""
    assert sandbox.control.requests() == []
    assert github(sandbox).get(f"{SOURCE}/forks").json() == []
