"""`kill -9` of `provisioner apply` at a random moment, then the schedule: the clean world."""

import random
from collections.abc import Callable
from pathlib import Path

import pytest

from provisioner.clock import ManualClock, SystemClock
from provisioner.sandbox.world import Latency
from tests.crash.healing import heal
from tests.crash.outside import Watch, started
from tests.crash.playing import OpenSandbox, Stage, rehearsal
from tests.crash.settings import SETTINGS
from tests.crash.stories import NEW_HUB
from tests.crash.tally import Tally

KILLS = 4
FAST = 0.02
"""Of the real services' times."""


@pytest.mark.parametrize("number", range(KILLS * max(SETTINGS.rounds, 1)))
def test_after_a_kill_at_a_random_moment_the_schedule_ends_in_the_clean_world(
    number: int,
    open_sandbox: OpenSandbox,
    tmp_path: Path,
    record_property: Callable[[str, object], None],
) -> None:
    clean = rehearsal(NEW_HUB, open_sandbox)
    rng = random.Random(f"{SETTINGS.seed} {number}")
    watch = Watch(rng.randint(1, len(clean.requests[0])))
    tally = Tally("kills of the process")
    with open_sandbox(clock=SystemClock(), latency=Latency.real(FAST), observer=watch) as sandbox:
        network = Stage(sandbox, ManualClock(), tmp_path / "hubs")
        network.people(NEW_HUB.acts[0])
        with started(network) as process:
            watch.wait(process)
            process.kill()
            process.wait()
        network.clock = ManualClock(SystemClock().now())
        list(heal(network, NEW_HUB.hubs, clean.endings[0]))
        end = network.ending(NEW_HUB.hubs)
    tally.add("kill -9", "kills")
    tally.add("kill -9", "in the middle of the work", process.returncode < 0)
    tally.add("kill -9", "duplicates", len(end.duplicates(clean.endings[0])))
    tally.add("kill -9", "differing worlds", bool(end.differences(clean.endings[0])))
    tally.hand_in(record_property)
    assert end.differences(clean.endings[0]) == [], f"seed {SETTINGS.seed}, kill {number}"
