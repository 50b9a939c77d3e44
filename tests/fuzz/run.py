"""Sends hostile files through the real `check`, each in a process of its own: `make fuzz`.

A process has little memory and little time. It must leave with 0 or 1, say what it found in JSON,
and have nothing against the good file that lies beside the hostile ones. The seed is printed;
with it the same files come again. Leaves with 1 if anything was not so.
"""

import argparse
import importlib
import json
import os
import random
import resource
import signal
import sys
import tempfile
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from provisioner.cli import main
from provisioner.sandbox.seed import EXAMPLE_CATALOG
from tests.fuzz.corpus import SMALL, hostile
from tests.fuzz.places import put

MEMORY = 1 << 30
SECONDS = 10
MOST_BESIDE = 3
GOOD = (
    "name: Zanzibar\nmaintainers: [z]\napps:\n  docs:\n    app: docs-site\n"
    "    domains: [docs.zanzibar.example.org]\n"
)


@dataclass(frozen=True)
class Left:
    """How one process ended. `wrong` is empty if it was well."""

    code: int
    memory: int
    wrong: str


def checked(directory: Path) -> Left:
    """`check` of all that lies there, in a fork."""
    out, log = directory.parent / "out", directory.parent / "log"
    child = os.fork()
    if child == 0:
        _be_checked(directory, out, log)
    _, status, used = os.wait4(child, 0)
    code = os.waitstatus_to_exitcode(status)
    return Left(code, used.ru_maxrss * 1024, _wrong(code, out, log))


def _be_checked(directory: Path, out: Path, log: Path) -> None:
    """In the child: bounded, and never back to the caller."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    signal.alarm(SECONDS * 10)
    try:
        with out.open("w") as sys.stdout, log.open("w") as sys.stderr:
            main(["check", "--hubs", str(directory), "--format", "json"])
    except SystemExit as left:
        os._exit(int(left.code or 0))
    finally:
        os._exit(99)


def _wrong(code: int, out: Path, log: Path) -> str:
    if code not in (0, 1):
        return log.read_text(errors="replace")[-2000:] or f"ended with {code}"
    files = {Path(file["path"]).name: file for file in json.loads(out.read_text())["files"]}
    against = files["good.yaml"]["findings"]
    return f"the good file beside them has findings: {against}" if against else ""


def play(seed: int, count: int) -> int:
    """Sends so many files; prints the counts. 1 if something was wrong."""
    rng = random.Random(seed)
    kinds, codes, memory = Counter[str](), Counter[int](), 0
    while kinds.total() < count:
        state = rng.getrandbits(64)
        drawn, left = _round(state)
        kinds.update(drawn)
        codes[left.code] += 1
        memory = max(memory, left.memory)
        if left.wrong:
            print(f"seed {seed}: files of round {state}, {drawn}: {left.wrong}")
            return 1
    print(f"seed {seed}: {kinds.total()} files in {codes.total()} processes")
    for kind, number in sorted(kinds.items()):
        print(f"  {number:6} {kind}")
    for code, number in sorted(codes.items()):
        print(f"  {number:6} left with {code}")
    print(f"  {memory >> 20:6} MiB at most")
    return 0


def _round(state: int) -> tuple[tuple[str, ...], Left]:
    """Some hostile files side by side, and the good one."""
    rng = random.Random(state)
    kinds = tuple(rng.choice(list(SMALL)) for _ in range(rng.randint(1, MOST_BESIDE)))
    with tempfile.TemporaryDirectory() as folder:
        directory = Path(folder) / "hubs"
        directory.mkdir()
        (directory / "good.yaml").write_text(GOOD)
        for number, kind in enumerate(kinds):
            put(rng, directory, number, hostile(rng, kind))
        return kinds, checked(directory)


def asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seed", type=int, required=True)
    parser.add_argument("--count", type=int, default=2000)
    parser.add_argument("--round", type=int, help="only the files of this round")
    return parser.parse_args()


if __name__ == "__main__":
    os.environ["PROVISIONER_CATALOG"] = str(EXAMPLE_CATALOG)
    importlib.import_module("provisioner.commands.check")  # once, before the first fork
    arguments = asked()
    if arguments.round is not None:
        print(_round(arguments.round))
        sys.exit()
    sys.exit(play(arguments.seed, arguments.count))
