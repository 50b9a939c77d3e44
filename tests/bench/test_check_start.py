"""How fast `check` starts, beside a bare interpreter. Prints; nothing passes or fails by it."""

import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from provisioner.desired.catalog import load_catalog
from provisioner.desired.judge import judge
from provisioner.desired.read.load import load
from provisioner.desired.read.source import Source, read_source

EXAMPLE = Path(__file__).resolve().parents[2] / "hubs" / "_example.yaml"
ROUNDS = 7


def best_of(arguments: Sequence[str]) -> float:
    """Seconds of the fastest of some starts."""
    times = []
    for _ in range(ROUNDS):
        start = time.perf_counter()
        subprocess.run([sys.executable, *arguments], check=True, capture_output=True)
        times.append(time.perf_counter() - start)
    return min(times)


def test_start_of_check() -> None:
    bare = best_of(["-c", "pass"])
    check = best_of(["-m", "provisioner", "check", str(EXAMPLE)])
    print(
        f"\ncheck of one file: {check * 1000:.0f} ms, "
        f"{check / bare:.1f} times a bare interpreter's {bare * 1000:.0f} ms"
    )


def test_judging() -> None:
    catalog = load_catalog()
    example = read_source(EXAMPLE)
    judge([example], catalog)
    for number in (1, 100):
        sources = [Source(f"hubs/hub-{n}.yaml", example.data) for n in range(number)]
        start = time.perf_counter()
        for source in sources:
            load(source)
        loaded = time.perf_counter()
        judge(sources, catalog)
        end = time.perf_counter()
        print(
            f"\n{number} files: load {(loaded - start) * 1000:.1f} ms, "
            f"load and judge {(end - loaded) * 1000:.1f} ms"
        )
