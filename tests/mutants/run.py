"""Mutates a sample of each room and tells what no test noticed: `make mutants ROOM=engine SEED=7`.

A mutant is killed when a test that runs its line fails. `equivalent.yaml` names
those that change nothing, each with the reason. Leaves with 1 when in a room fewer
than `WANTED` of the others were killed.
"""

import argparse
import multiprocessing
import os
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from ruamel.yaml import YAML

from tests.mutants.covering import covering
from tests.mutants.sample import Mutant, sample_of
from tests.mutants.trial import Outcome, bench

ROOT = Path(__file__).parents[2]
ROOMS = ("engine", "desired", "actions", "report", "hosting", "github", "doctor", "commands")
WANTED = 0.9


def main(arguments: Sequence[str] | None = None) -> int:
    given = _read(arguments)
    rooms = tuple(given.room.split(",")) if given.room else ROOMS
    known = equivalent()
    covering(ROOT)
    short = False
    print(f"seed {given.seed}")
    for room in rooms:
        began = time.monotonic()
        mutants = [
            one for one in sample_of(ROOT, room, given.sample, given.seed) if one.key not in known
        ]
        outcomes = _tried(mutants, given.processes)
        short |= _told(room, outcomes, time.monotonic() - began)
    return 1 if short else 0


def equivalent() -> dict[str, str]:
    """Mutants that change nothing, and why."""
    listed = YAML(typ="safe").load((Path(__file__).parent / "equivalent.yaml").read_text()) or {}
    return {str(key): str(reason) for key, reason in listed.items()}


def _tried(mutants: list[Mutant], processes: int) -> list[Outcome]:
    shares = [mutants[first::processes] for first in range(processes)]
    with multiprocessing.get_context("spawn").Pool(processes) as pool:
        return [outcome for share in pool.map(_try_each, shares) for outcome in share]


def _try_each(mutants: list[Mutant]) -> list[Outcome]:
    outcomes = []
    with bench(ROOT, covering(ROOT)) as place:
        for mutant in mutants:
            outcomes.append(place.tried(mutant))
            print(".", end="", file=sys.stderr, flush=True)
    return outcomes


def _told(room: str, outcomes: list[Outcome], seconds: float) -> bool:
    survived = sorted(
        (one for one in outcomes if not one.killed_by), key=lambda one: str(one.mutant)
    )
    killed = len(outcomes) - len(survived)
    share = killed / len(outcomes) if outcomes else 1.0
    print(f"\n{room}: {killed} of {len(outcomes)} killed ({share:.0%}), {seconds:.0f} s")
    for one in survived:
        print(f"  survived {one.tried} tests: {one.mutant}")
    sys.stdout.flush()
    return share < WANTED


def _read(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--room", default="", help="rooms, separated by commas; else all")
    parser.add_argument("--seed", default=str(int(time.time()) % 100_000))
    parser.add_argument("--sample", type=int, default=60)
    parser.add_argument("--processes", type=int, default=os.cpu_count() or 1)
    return parser.parse_args(arguments)


if __name__ == "__main__":
    sys.exit(main())
