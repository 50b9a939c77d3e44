"""Apps of a hub, and hubs of one `apply`, run side by side: printed, never judged.

With the sandbox's latencies at a tenth: one hub with two apps beside its
slower app alone (the aim is 1.2 at most), and four hubs beside one.
"""

from pathlib import Path

from provisioner.sandbox.server import Sandbox
from provisioner.sandbox.world import Latency
from tests.bench.network import BOT, DOCS, BenchNetwork

SCALE = 0.1


def test_two_apps_take_little_longer_than_the_slower_one(tmp_path: Path) -> None:
    with Sandbox(latency=Latency.real(SCALE)) as sandbox:
        network = BenchNetwork(sandbox, tmp_path / "hubs")
        network.write("warm", DOCS)
        network.apply("warm")
        network.write("docs-only", DOCS)
        network.write("bot-only", BOT)
        network.write("both", DOCS, BOT)
        slower = max(network.timed("docs-only"), network.timed("bot-only"))
        both = network.timed("both")
    print(f"\none hub with two apps: {both:.2f} s, its slower app alone: {slower:.2f} s, ", end="")
    print(f"ratio {both / slower:.2f}")


def test_four_hubs_take_little_longer_than_one(tmp_path: Path) -> None:
    hubs = ("hub-a", "hub-b", "hub-c", "hub-d")
    with Sandbox(latency=Latency.real(SCALE)) as sandbox:
        network = BenchNetwork(sandbox, tmp_path / "hubs")
        for hub in ("warm", "alone", *hubs):
            network.write(hub, DOCS)
        network.apply("warm")
        alone = network.timed("alone")
        together = network.timed(*hubs)
    print(f"\nfour hubs: {together:.2f} s, one: {alone:.2f} s, ratio {together / alone:.2f}")
