"""Plays the model for long, on every core: `make model SEED=7 STEPS=30 EXAMPLES=2000`.

Prints each invariant that broke with the shortest story that breaks it, and what was
played in numbers. The seed is printed; with it the same stories come again. Leaves
with 1 if anything broke, with `--until-broken` as soon as it did. `WITHOUT` are patterns
of complaints to let pass, `OMIT` names of rules, or of kinds of them, to leave out, each
separated by `;`.
"""

import argparse
import json
import logging
import multiprocessing
import os
import sys
import time
import traceback
from collections.abc import Sequence
from dataclasses import dataclass

from hypothesis.errors import Flaky

from tests.model.machine import broken_in
from tests.model.rules import RULES
from tests.model.shorten import Shortener
from tests.model.story import Broken, Step, played
from tests.model.tally import Tally

BATCH = 25
"""Stories of one seed; the first that breaks something ends its batch."""


@dataclass(frozen=True)
class Order:
    """What one process plays: every `share`th batch from `first` on."""

    seed: int
    first: int
    share: int
    steps: int
    examples: int
    without: tuple[str, ...] = ()
    omit: frozenset[str] = frozenset()
    until_broken: bool = False


def play(order: Order) -> Tally:
    """Every batch of one process. Tells of each new kind of break as soon as it is found.

    A mistake of the model itself ends the process's share, and is told as what it is.
    """
    tally = Tally()
    try:
        _play(order, tally)
    except Exception:
        tally.broken["the model itself"] += 1
        print(f"{json.dumps(tally.newest)}\n{traceback.format_exc()}", flush=True)
    return tally


def _play(order: Order, tally: Tally) -> None:
    logging.disable(logging.CRITICAL)
    rules = [one for one in RULES.values() if not {one.name, one.kind} & order.omit]
    for batch in range(order.first, -(-order.examples // BATCH), order.share):
        number = order.seed * 100_000 + batch
        try:
            found = broken_in(number, BATCH, order.steps, tally, rules, order.without)
        except Flaky:
            tally.broken["it goes another way each time"] += 1
            print(f"seed {number}: {json.dumps(tally.newest)} goes another way each time")
            continue
        if found:
            _tell(number, *found, order, tally)
            if order.until_broken:
                break
        print(f"  {tally.stories} stories, {tally.steps} steps", file=sys.stderr, flush=True)


def _tell(number: int, broken: Broken, steps: list[Step], order: Order, tally: Tally) -> None:
    known = tally.broken[broken.signature]
    tally.broken[broken.signature] += 1
    if known:
        return
    again = played(steps, order.without)
    if again is None or again.invariant != broken.invariant:
        print(f"seed {number}, not twice the same: {json.dumps(steps)}\n{broken}", flush=True)
        return
    shortener = Shortener(again, order.without)
    steps = shortener.shortened(steps)
    if shortener.broken.signature != broken.signature:
        tally.broken[broken.signature] -= 1
        tally.broken[shortener.broken.signature] += 1
    if tally.broken[shortener.broken.signature] > 1:
        return
    print(f"\nseed {number}\n{shortener.broken}\n  {json.dumps(steps)}", flush=True)


def main(arguments: Sequence[str] | None = None) -> int:
    order, processes = _read(arguments)
    began = time.monotonic()
    shares = [Order(**{**vars(order), "first": i, "share": processes}) for i in range(processes)]
    with multiprocessing.get_context("spawn").Pool(processes) as pool:
        tally = Tally()
        for played in pool.imap_unordered(play, shares):
            tally += played
            if tally.broken and order.until_broken:
                break
    print(f"\nseed {order.seed}, {time.monotonic() - began:.0f} s\n{tally.told()}")
    return 1 if tally.broken else 0


def _read(arguments: Sequence[str] | None) -> tuple[Order, int]:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--seed", type=int, default=int(time.time()) % 100_000)
    parser.add_argument("--steps", type=int, default=30)
    parser.add_argument("--examples", type=int, default=200)
    parser.add_argument("--processes", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--without", default="")
    parser.add_argument("--omit", default="")
    parser.add_argument("--until-broken", action="store_true")
    given = parser.parse_args(arguments)
    without = tuple(one for one in given.without.split(";") if one)
    omit = frozenset(one for one in given.omit.split(";") if one)
    order = Order(given.seed, 0, 1, given.steps, given.examples, without, omit, given.until_broken)
    return order, given.processes


if __name__ == "__main__":
    sys.exit(main())
