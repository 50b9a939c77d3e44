"""Four times as much of anything takes about four times as long: no file holds up the others."""

import time
from functools import cache

import pytest

from provisioner.desired.judge import judge
from provisioner.desired.read.source import source_of
from provisioner.models.hub import MAX_FILE_BYTES
from provisioner.redaction import Redactor
from provisioner.report.findings import as_annotations
from tests.fuzz.corpus import LARGE
from tests.unit.desired.given import GOOD, own_catalog

TIMES = 4
SQUARE = TIMES**2
TRIES = 3
NOISE = 0.06
"""Seconds: what takes less is fast, however it grows."""


def seconds(data: bytes) -> float:
    """Of this process's own work: what others do at the same time does not count."""
    sources = [source_of("hubs/wild.yaml", data), source_of("hubs/good.yaml", GOOD.encode())]
    start = time.process_time()
    as_annotations(judge(sources, own_catalog()), Redactor())
    return time.process_time() - start


@cache
def warm() -> None:
    seconds(GOOD.encode())


@pytest.mark.parametrize("kind", LARGE)
def test_a_larger_file_takes_longer_by_its_size_and_not_by_its_square(kind: str) -> None:
    warm()
    small = LARGE[kind](MAX_FILE_BYTES // TIMES).encode()
    large = LARGE[kind](MAX_FILE_BYTES).encode()[:MAX_FILE_BYTES]
    assert len(large) > MAX_FILE_BYTES * 0.7
    assert any(seconds(large) < SQUARE / 2 * seconds(small) + NOISE for _try in range(TRIES))


@pytest.mark.parametrize("kind", ["a long key above many", "a long app above many"])
def test_a_file_of_one_thing_in_excess_keeps_its_pointers_short(kind: str) -> None:
    (file,) = judge([source_of("hubs/wild.yaml", LARGE[kind](60_000).encode())], own_catalog())
    kept = sum(map(len, file.document.keys)) + sum(map(len, file.document.values))
    assert kept < 50 * MAX_FILE_BYTES
