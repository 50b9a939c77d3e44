"""What a command owns of its process: signals, the log, its name, the masks of an Actions job."""

import io
import logging
import os
import signal
import socket
import subprocess
import sys
from contextlib import redirect_stderr, redirect_stdout

import pytest
from click.testing import CliRunner

from provisioner.clock import SystemClock
from provisioner.errors import Interrupted
from provisioner.process import (
    SIGNALS,
    ActionsAttempt,
    in_actions,
    logging_to_stderr,
    mask_in_actions,
    process_is_gone,
    process_name,
    safe_console,
    stop_on_signals,
)
from provisioner.redaction import Redactor

SECRET = "hunter2hunter2"
HERE = ActionsAttempt(run=7, attempt=3, job="apply")


class TestSignals:
    @pytest.mark.parametrize("number", SIGNALS)
    def test_a_signal_wakes_sleepers_and_the_former_handlers_come_back(self, number: int) -> None:
        clock, before = SystemClock(), [signal.getsignal(each) for each in SIGNALS]
        with stop_on_signals(clock):
            signal.raise_signal(number)
            with pytest.raises(Interrupted):
                clock.sleep(3600)

        assert [signal.getsignal(each) for each in SIGNALS] == before

    def test_the_handlers_come_back_also_after_an_error(self) -> None:
        before = signal.getsignal(signal.SIGTERM)
        with pytest.raises(ValueError, match="odd"), stop_on_signals(SystemClock()):
            raise ValueError("odd")

        assert signal.getsignal(signal.SIGTERM) == before

    def test_a_second_signal_ends_the_process_at_once(self) -> None:
        program = (
            "import signal\n"
            "from provisioner.clock import SystemClock\n"
            "from provisioner.process import stop_on_signals\n"
            "with stop_on_signals(SystemClock()):\n"
            "    signal.raise_signal(signal.SIGTERM)\n"
            "    print('still here', flush=True)\n"
            "    signal.raise_signal(signal.SIGTERM)\n"
            "    print('not any more', flush=True)\n"
        )
        ended = subprocess.run(
            [sys.executable, "-c", program], capture_output=True, text=True, check=False
        )

        assert (ended.returncode, ended.stdout) == (-signal.SIGTERM, "still here\n")


def test_only_within_our_own_log_goes_to_stderr_and_without_secrets() -> None:
    log, said = logging.getLogger("provisioner"), io.StringIO()
    with redirect_stderr(said):
        with logging_to_stderr(Redactor([SECRET])):
            logging.getLogger("provisioner.engine").warning("it is %s", SECRET)
        log.warning("afterwards")

    assert "it is ***" in said.getvalue()
    assert "afterwards" not in said.getvalue().replace("WARNING: it is ***\n", "")
    assert log.handlers == []


class TestAttempt:
    def test_actions_tells_which_attempt_of_which_run_this_is(self) -> None:
        told = {"GITHUB_RUN_ID": "7", "GITHUB_RUN_ATTEMPT": "3", "GITHUB_JOB": "apply"}
        assert ActionsAttempt.of(told) == HERE
        assert ActionsAttempt.of({"GITHUB_RUN_ID": "7"}) == ActionsAttempt(7, 1, "")

    @pytest.mark.parametrize(
        "told",
        [{}, {"GITHUB_RUN_ID": "x"}, {"GITHUB_RUN_ID": "7", "GITHUB_RUN_ATTEMPT": "x"}],
    )
    def test_elsewhere_there_is_none(self, told: dict[str, str]) -> None:
        assert ActionsAttempt.of(told) is None

    def test_a_worker_is_known_by_its_run_its_attempt_its_job_and_its_process(self) -> None:
        assert HERE.worker_name == f"actions:7:3:apply:{os.getpid()}"

    @pytest.mark.parametrize(
        ("holder", "ended"),
        [
            ("actions:7:2:apply:1", True),
            ("actions:7:3:apply:1", False),
            ("actions:7:4:apply:1", False),
            ("actions:8:1:apply:1", True),
            ("actions:9:1:apply:1", False),
            ("actions:7:2", True),
            ("actions:7", False),
            ("actions:7:x:apply:1", False),
            ("actions:x:2:apply:1", False),
            ("machine:7:2:apply:1", False),
            ("", False),
        ],
    )
    def test_an_earlier_attempt_and_a_run_that_is_over_have_ended(
        self, holder: str, ended: bool
    ) -> None:
        assert HERE.outlived(holder, lambda run: run == 8) is ended

    def test_of_its_own_run_nobody_is_asked(self) -> None:
        def nobody(run: int) -> bool:
            raise AssertionError("asked")

        assert HERE.outlived("actions:7:2:apply:1", nobody)
        assert not HERE.outlived("actions:7", nobody)


class TestProcess:
    def test_it_has_a_name_of_its_own(self) -> None:
        assert process_name() == f"{socket.gethostname()}:{os.getpid()}"
        assert process_is_gone(process_name()) is False

    def test_one_of_this_machine_that_has_ended_is_gone(self) -> None:
        ended = subprocess.Popen([sys.executable, "-c", ""])
        ended.wait()

        assert process_is_gone(f"{socket.gethostname()}:{ended.pid}")

    def test_of_other_machines_and_odd_names_nothing_is_known(self) -> None:
        ended = subprocess.Popen([sys.executable, "-c", ""])
        ended.wait()
        for holder in (f"elsewhere:{ended.pid}", f"{socket.gethostname()}:x", "", "odd"):
            assert process_is_gone(holder) is False

    def test_one_that_belongs_to_somebody_else_is_there(self) -> None:
        assert process_is_gone(f"{socket.gethostname()}:1") is False


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


class TestActions:
    @pytest.mark.parametrize(("told", "there"), [("true", True), ("false", False), ("", False)])
    def test_it_says_itself_that_a_job_runs_there(self, told: str, there: bool) -> None:
        with CliRunner().isolation(env={"GITHUB_ACTIONS": told}):
            assert in_actions() is there

    @pytest.mark.parametrize(("told", "masked"), [("true", True), ("false", False)])
    def test_there_alone_a_secret_is_masked(self, told: str, masked: bool) -> None:
        with CliRunner().isolation(env={"GITHUB_ACTIONS": told}) as (out, err, _):
            mask_in_actions(SECRET)
            result, log = out.getvalue(), err.getvalue().decode().splitlines()

        assert result == b""
        assert (f"::add-mask::{SECRET}" in log) is masked
        assert bool(log) is masked

    @pytest.mark.parametrize(("told", "moves"), [("true", False), ("false", True)])
    def test_there_nothing_moves_also_where_there_seems_to_be_a_terminal(
        self, told: str, moves: bool
    ) -> None:
        with CliRunner().isolation(env={"GITHUB_ACTIONS": told}), redirect_stdout(Terminal()):
            assert safe_console(Redactor()).is_terminal is moves

    @pytest.mark.parametrize("told", ["true", "false"])
    def test_what_is_drawn_is_redacted(self, told: str) -> None:
        with CliRunner().isolation(env={"GITHUB_ACTIONS": told}) as (out, err, _):
            console = safe_console(Redactor([SECRET]))
            console.print(f"it is {SECRET}")
            safe_console(Redactor([SECRET]), stderr=True).print(f"also {SECRET}")
            safe_console(Redactor([SECRET]), quiet=True).print("nothing")
            said = out.getvalue().decode(), err.getvalue().decode()

        assert said == ("it is ***\n", "also ***\n")
        assert console.is_terminal is False
