"""Leases between workers whose clocks differ: the second stands back, or follows who has died."""

import signal
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from provisioner.clock import ManualClock, SystemClock
from provisioner.engine.lease import DURATION, SKEW, Busy
from provisioner.models.run import RunState
from provisioner.sandbox.world import Latency
from tests.crash.mortal import Process
from tests.crash.outside import SECONDS, Watch, started
from tests.crash.playing import OpenSandbox, Stage
from tests.crash.stories import NEW_HUB
from tests.crash.two_workers import Pair, left, works
from tests.scenario.network import DOCS, Network

MINUTE = timedelta(minutes=1)
CLOCKS = [-SKEW, timedelta(), SKEW]


@pytest.fixture
def pair(open_sandbox: OpenSandbox, tmp_path: Path) -> Iterator[Pair]:
    """A hub with a site was merged; both workers can reach it."""
    with open_sandbox(clock=ManualClock()) as sandbox:
        network = Network(sandbox, ManualClock(), tmp_path / "hubs")
        network.write("nairobi", DOCS)
        network.merge("nairobi")
        yield Pair(network)


@pytest.mark.parametrize("clocks", CLOCKS, ids=str)
@pytest.mark.parametrize("hangs", [timedelta(), DURATION - SKEW - MINUTE], ids=str)
def test_while_one_works_the_other_stands_back_by_whichever_clock(
    pair: Pair, clocks: timedelta, hangs: timedelta
) -> None:
    pair.differ(clocks)

    first = pair.first_works("POST *projects*", hangs)

    assert pair.others is not None
    assert isinstance(pair.others.error, Busy)
    assert first.run is not None
    assert first.run.state is RunState.WAITING
    (project,) = pair.network.world()["vercel"]["projects"]
    assert len(project["deployments"]) == 1


@pytest.mark.parametrize("clocks", CLOCKS, ids=str)
def test_who_has_died_is_followed_when_its_lease_has_ended_by_the_others_clock(
    pair: Pair, clocks: timedelta
) -> None:
    lost = {"method": "PUT", "path": "*/contents/*", "kind": "reset", "nth": 2, "times": "forever"}
    pair.network.sandbox.control.add_faults(lost)
    died = pair.first_works()
    pair.network.sandbox.control.clear_faults()
    pair.differ(clocks)

    pair.passes(DURATION + SKEW)
    second = pair.second_works()

    assert died.run is None
    assert second.run is not None
    assert second.run.state is RunState.WAITING


def test_a_process_that_was_stopped_and_woken_overwrites_no_record_of_who_took_over(
    open_sandbox: OpenSandbox, tmp_path: Path
) -> None:
    """A real one, by the machine's clock: only the second's clock has gone on."""
    watch, clock = Watch(1, "POST", "/v13/deployments"), SystemClock()
    with open_sandbox(clock=clock, latency=Latency(build=1), observer=watch) as sandbox:
        network = Stage(sandbox, ManualClock(clock.now() + DURATION + MINUTE), tmp_path / "hubs")
        network.people(NEW_HUB.acts[0])
        with started(network) as process:
            watch.wait(process)
            process.send_signal(signal.SIGSTOP)
            second = works(network, Process("second"), network.clock)
            after = left(network)
            process.send_signal(signal.SIGCONT)
            output, _ = process.communicate(timeout=SECONDS)

        assert second.run is not None
        assert process.returncode == 1, output
        assert left(network).journal == after.journal
