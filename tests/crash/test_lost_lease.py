"""A worker hangs beyond its lease while another takes over; then it wakes, and is out."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from provisioner.clock import ManualClock
from provisioner.engine.lease import DURATION, SKEW
from tests.crash.playing import OpenSandbox
from tests.crash.two_workers import Pair, left
from tests.scenario.network import DOCS, Network

MINUTE = timedelta(minutes=1)
BEYOND = [
    pytest.param(DURATION + MINUTE, timedelta(), id="clocks agree"),
    pytest.param(DURATION - MINUTE, SKEW, id="its own clock is behind"),
    pytest.param(DURATION + SKEW + MINUTE, -SKEW, id="its own clock is ahead"),
]
CHANGES = ["*/forks*", "*/projects*", "*/env", "*/deployments*", "*/domains*", "*/setWebhook"]


def site(network: Network) -> None:
    network.write("nairobi", DOCS)


def bot(network: Network) -> None:
    network.write_with_bot()
    text = (network.directory / "nairobi.yaml").read_text(encoding="utf-8")
    network.write("nairobi", text.replace(DOCS.partition("apps:\n")[2], ""))


@pytest.fixture
def pair(open_sandbox: OpenSandbox, tmp_path: Path) -> Iterator[Pair]:
    """A hub was merged; both workers can reach it. What other threads of a worker do that has
    lost the hub stands in `tests/unit/engine/test_lost_hub.py`, where their order is given."""
    with open_sandbox(clock=ManualClock()) as sandbox:
        network = Network(sandbox, ManualClock(), tmp_path / "hubs")
        yield Pair(network)


@pytest.mark.parametrize(("hangs", "clocks"), BEYOND)
@pytest.mark.parametrize("change", CHANGES)
def test_who_has_lost_the_hub_changes_writes_and_records_nothing_more(
    pair: Pair, change: str, hangs: timedelta, clocks: timedelta
) -> None:
    (bot if change == "*/setWebhook" else site)(pair.network)
    pair.network.merge("nairobi")
    pair.differ(clocks)
    pair.first_works(f"POST {change}", hangs)

    assert pair.others is not None
    assert pair.others.run is not None, pair.others.error
    after = left(pair.network)
    assert {
        "sent": [f"{one.method} {one.path}" for one in pair.written_since()],
        "comments": after.comments == pair.before.comments,
        "journal": after.journal == pair.before.journal,
    } == {"sent": [], "comments": True, "journal": True}
