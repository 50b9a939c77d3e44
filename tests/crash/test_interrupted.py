"""Somebody stops the job: within five seconds the last state is written, and a re-run goes on."""

import os
import shlex
import signal
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from ruamel.yaml import YAML

from provisioner.clock import ManualClock, SystemClock
from provisioner.models.run import Run, RunState, StepState
from provisioner.sandbox.world import Latency
from provisioner.wiring import Wiring
from tests.crash.healing import heal
from tests.crash.outside import APPLY, ROOT, Watch, started
from tests.crash.playing import OpenSandbox, Stage, rehearsal
from tests.crash.stories import NEW_HUB
from tests.scenario.network import step_of

IN_TIME = 5.0
INTERRUPTED = 130
LONG_BUILD = Latency(build=600)
"""By a clock that stands still until the test moves it."""


@contextmanager
def a_hub_at_work(
    open_sandbox: OpenSandbox, tmp_path: Path, watch: Watch
) -> Iterator[tuple[Stage, ManualClock]]:
    """A new hub is merged, and builds will not end by themselves."""
    clock = ManualClock()
    with open_sandbox(clock=clock, latency=LONG_BUILD, observer=watch) as sandbox:
        network = Stage(sandbox, clock, tmp_path / "hubs")
        network.people(NEW_HUB.acts[0])
        yield network, clock


def recorded(network: Stage) -> Run:
    entry = Wiring(network.environ, network.clock).journal.read("nairobi")
    assert entry.journal is not None
    assert entry.journal.lease is None
    return entry.journal.run


def ends_in_time(process: "subprocess.Popen[str]") -> str:
    """What it wrote. Fails when it does not end soon enough, or not as interrupted."""
    output, _ = process.communicate(timeout=IN_TIME)
    assert process.returncode == INTERRUPTED, output
    return output


def goes_on_to_the_clean_world(
    network: Stage, clock: ManualClock, open_sandbox: OpenSandbox
) -> None:
    """By the schedule alone. The processes went by the machine's clock, and so does it."""
    clock.advance(LONG_BUILD.build + 1)
    clean = rehearsal(NEW_HUB, open_sandbox).endings[0]
    network.clock = ManualClock(SystemClock().now())
    list(heal(network, NEW_HUB.hubs, clean, most=1))
    assert network.ending(NEW_HUB.hubs).differences(clean) == []


def script_of_the_actions_step(folder: Path) -> Path:
    """The file that the Actions runner makes of the step that applies a hub."""
    workflow = YAML(typ="safe").load(ROOT / ".github/workflows/provision.yml")
    (line,) = [
        step["run"]
        for step in workflow["jobs"]["apply"]["steps"]
        if " apply " in step.get("run", "")
    ]
    script = folder / "step.sh"
    script.write_text(line, encoding="utf-8")
    return script


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
@pytest.mark.parametrize("how", ["exec in bash", "the step of the Actions workflow"])
def test_a_stopped_job_writes_its_last_state_and_a_later_run_goes_on(
    how: str, number: signal.Signals, open_sandbox: OpenSandbox, tmp_path: Path
) -> None:
    watch = Watch(2, "GET", "/v13/deployments/")
    command = {
        "exec in bash": ("bash", "-c", f"exec {shlex.join(APPLY)}"),
        "the step of the Actions workflow": (
            *("bash", "--noprofile", "--norc", "-eo", "pipefail"),
            str(script_of_the_actions_step(tmp_path)),
        ),
    }[how]
    with a_hub_at_work(open_sandbox, tmp_path, watch) as (network, clock):
        with started(network, *command, HUB="nairobi") as process:
            watch.wait(process)
            process.send_signal(number)
            ends_in_time(process)

        run = recorded(network)
        (comment,) = network.comments(1)
        assert run.state is RunState.CANCELLED
        assert step_of(run, "docs", "fork-repository").state is StepState.DONE
        assert step_of(run, "docs", "deploy").state is StepState.CANCELLED
        assert "stopped" in comment["body"].splitlines()[1]
        goes_on_to_the_clean_world(network, clock, open_sandbox)


def test_ctrl_c_in_a_terminal_reaches_the_provisioner_below_a_shell(
    open_sandbox: OpenSandbox, tmp_path: Path
) -> None:
    watch = Watch(2, "GET", "/v13/deployments/")
    command = ("bash", "-c", f"{shlex.join(APPLY)}; exit $?")
    with a_hub_at_work(open_sandbox, tmp_path, watch) as (network, clock):
        with started(network, *command, own_session=True) as process:
            watch.wait(process)
            os.killpg(process.pid, signal.SIGINT)
            ends_in_time(process)

        assert recorded(network).state is RunState.CANCELLED
        goes_on_to_the_clean_world(network, clock, open_sandbox)


def test_a_service_that_does_not_answer_does_not_hold_up_a_stop(
    open_sandbox: OpenSandbox, tmp_path: Path
) -> None:
    watch = Watch(2, "POST", "/v13/deployments")
    with a_hub_at_work(open_sandbox, tmp_path, watch) as (network, clock):
        network.sandbox.control.add_faults(
            {"path": "/v13/deployments/*", "kind": "timeout", "delay": 60, "times": "forever"}
        )
        with started(network) as process:
            watch.wait(process)
            process.send_signal(signal.SIGINT)
            ends_in_time(process)

        network.sandbox.control.clear_faults()
        assert recorded(network).state is RunState.CANCELLED
        goes_on_to_the_clean_world(network, clock, open_sandbox)
