"""What the sandbox is asked for and what it logs. That it serves until it is stopped, only a
process shows: `tests/unit/sandbox/test_server.py`.
"""

import socket
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from provisioner.commands.sandbox import (
    contents,
    latency_of,
    log_request,
    sandbox,
    say_contract,
)
from provisioner.errors import ExitCode
from provisioner.redaction import Redactor
from provisioner.sandbox.requests import Logged
from provisioner.sandbox.server import Sandbox
from provisioner.sandbox.world import Latency
from tests.unit.commands.command import Outcome, run
from tests.unit.commands.test_demo_story import Changed, changed
from tests.unit.desired.given import own_catalog

REQUEST = Logged("github", "GET", "/user", "", 200, datetime(2026, 3, 3, 14, 2, 9, tzinfo=UTC), 0.1)


@pytest.fixture
def taken() -> Iterator[str]:
    """A port that somebody has: what asks for it is understood, and serves nothing."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        yield str(listening.getsockname()[1])


def asked(*arguments: str) -> Outcome:
    return run("sandbox", *arguments)


class TestItsOptions:
    def test_without_any_it_takes_free_ports_and_no_time(self) -> None:
        assert sandbox.make_context("sandbox", []).params == {
            "github_port": 0,
            "vercel_port": 0,
            "latency": "none",
            "speed": 1.0,
            "hubs": None,
        }

    def test_its_help_says_so(self) -> None:
        told = " ".join(asked("--help").out.split())

        assert told.count("0, the default, takes a free one.") == 2
        assert "[default: none]" in told
        assert "[default: 1.0; x>0]" in told

    def test_a_port_that_somebody_has_cannot_be_opened(self, taken: str) -> None:
        told = asked("--vercel-port", taken)

        assert (told.code, told.out) == (ExitCode.USAGE, "")
        assert told.err.startswith("error: A port cannot be opened: ")
        assert "Choose other ports" in told.err

    @pytest.mark.parametrize(
        "understood",
        [
            ("--vercel-port", "0"),
            ("--vercel-port", "65535"),
            ("--latency", "real", "--speed", "0.5"),
            ("--latency", "none", "--hubs", "."),
        ],
    )
    def test_what_is_understood(self, taken: str, understood: tuple[str, ...]) -> None:
        assert "A port cannot be opened" in asked("--github-port", taken, *understood).err

    @pytest.mark.parametrize(
        "wrong",
        [
            ("--vercel-port", "-1"),
            ("--vercel-port", "65536"),
            ("--latency", "much"),
            ("--speed", "0"),
            ("--hubs", "/nowhere"),
            ("--hubs", __file__),
        ],
    )
    def test_what_is_not(self, taken: str, wrong: tuple[str, ...]) -> None:
        told = asked("--github-port", taken, *wrong)

        assert told.code == ExitCode.USAGE
        assert f"Invalid value for '{wrong[0]}'" in told.err


class TestItsTimes:
    def test_none_are_none_however_fast_they_would_be(self) -> None:
        assert latency_of("none", 2.0) == Latency.none()

    @pytest.mark.parametrize(("speed", "scale"), [(1.0, 1.0), (2.0, 0.5), (0.5, 2.0)])
    def test_twice_as_fast_takes_half_of_the_real_times(self, speed: float, scale: float) -> None:
        assert latency_of("real", speed) == Latency.real(scale)


class TestItsContents:
    def test_the_network_of_the_catalog_has_a_repository(self) -> None:
        assert contents(own_catalog(), None)["repository"] == "example-network/hubs"

    def test_every_app_has_its_source(self) -> None:
        sources = contents(own_catalog(), None)["sources"]

        assert set(sources) == {"example-network/docs-site", "example-network/telegram-bot"}
        assert all("package.json" in files for files in sources.values())

    def test_hub_files_of_a_folder_lie_in_it_and_folders_of_it_do_not(self, tmp_path: Path) -> None:
        (tmp_path / "nairobi.yaml").write_bytes(b"name: Nairobi\n")
        (tmp_path / "README.md").write_bytes(b"# Hubs\n")
        (tmp_path / "more").mkdir()

        assert contents(own_catalog(), tmp_path)["files"] == {
            "hubs/nairobi.yaml": b"name: Nairobi\n",
            "hubs/README.md": b"# Hubs\n",
        }

    def test_without_a_folder_there_are_none(self) -> None:
        assert contents(own_catalog(), None)["files"] == {}


class TestWhatItLogs:
    def test_each_request_has_a_line(self, capsys: pytest.CaptureFixture[str]) -> None:
        log_request(Redactor(), REQUEST)

        assert capsys.readouterr().err == "14:02:09 github GET /user 200\n"

    def test_a_fault_that_was_ordered_is_named(self, capsys: pytest.CaptureFixture[str]) -> None:
        log_request(Redactor(), replace(REQUEST, status=503, fault="lost answer"))

        assert capsys.readouterr().err == "14:02:09 github GET /user lost answer\n"

    def test_no_secret_stands_in_it(self, capsys: pytest.CaptureFixture[str]) -> None:
        log_request(Redactor(["hunter2hunter2"]), replace(REQUEST, path="/hunter2hunter2"))

        assert "hunter2" not in capsys.readouterr().err


class TestWhatWasJudged:
    def said(
        self, capsys: pytest.CaptureFixture[str], validated: int, *violations: str
    ) -> list[str]:
        report = {"validated": validated, "violations": list(violations)}
        control = Changed(None, contract=lambda: report)
        served: Sandbox = changed(control=control)
        say_contract(served, Redactor())
        return capsys.readouterr().err.splitlines()

    def test_exchanges_are_counted_and_what_is_wrong_is_named(
        self, capsys: pytest.CaptureFixture[str]
    ) -> None:
        assert self.said(capsys, 7, "GET /user: odd") == [
            "7 exchanges validated",
            "violation: GET /user: odd",
        ]

    def test_where_nothing_was_judged_nothing_is_said(
        self, capsys: pytest.CaptureFixture[str]
    ) -> None:
        assert self.said(capsys, 0) == []
